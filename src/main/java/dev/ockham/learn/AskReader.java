package dev.ockham.learn;

import java.util.ArrayList;
import java.util.List;

/** Reads off an ask what tells its kind. Immutable; any thread may use it. */
public final class AskReader {
  /** A text with more letters of other scripts than this share is not understood. */
  private static final double FOREIGN = 0.3;

  private static final double SPOKEN = 0.12;
  private static final double PIECES_PER_WORD = 1.6;
  private static final int FEW_WORDS = 4;

  private final Encoder encoder;
  private final CharFolding folding = new CharFolding();
  private final CueTable cues;
  private final CueGroups groups;

  /**
   * @param cueLines {@code group: entry entry …}, see {@link CueTable}
   */
  public AskReader(Encoder encoder, List<String> cueLines) {
    this.encoder = encoder;
    cues = new CueTable(cueLines, folding);
    groups = new CueGroups(cues);
  }

  /** How many dense inputs a reading has. */
  public int denseInputs() {
    return AskSigns.size(encoder.dimensions(), groups.size);
  }

  /** What an ask is written in, as far as this can tell. */
  enum Language {
    ENGLISH,
    OTHER,
    UNKNOWN
  }

  /** What stands in an ask. */
  record Page(AskSigns signs, Language language, List<String> leading) {
    Page {
      leading = List.copyOf(leading);
    }
  }

  /** What a model of ask kinds reads of a text, for training one. */
  public AskSigns signs(String text) {
    return read(text, encoder.encode(text)).signs();
  }

  /** The text without a noisy beginning; itself where it has none, or nothing but that. */
  static String withoutNoise(String text) {
    int end = NoisePrefix.end(text);
    String rest = end == 0 ? text : text.substring(end).strip();
    return rest.isEmpty() ? text : rest;
  }

  /** What the encoder makes of a text. */
  Features encode(String text) {
    return encoder.encode(text);
  }

  Page read(String text, Features whole) {
    AskScan scan = new AskScan(text, cues, folding);
    AskZones zones = new AskZones(scan, groups, text);
    Features ofAsk = zones.isAll() ? whole : encoder.encode(zones.askText());
    AskSigns signs = new AskSigns(scan, zones, groups, ofAsk, text);
    return new Page(signs, language(scan, zones, ofAsk), leading(scan, zones));
  }

  private Language language(AskScan scan, AskZones zones, Features ofAsk) {
    if (scan.words == 0 || scan.foreignLetters > FOREIGN * scan.letters) {
      return Language.UNKNOWN;
    }
    int[] spoken = new int[groups.size];
    int english = 0;
    for (int w = 0; w < scan.words; w++) {
      long found = zones.ask[w] ? scan.cues[w] & groups.languages : 0;
      english += (found & groups.english) != 0 ? 1 : 0;
      for (long rest = found & ~groups.english; rest != 0; rest &= rest - 1) {
        spoken[Long.numberOfTrailingZeros(rest)]++;
      }
    }
    int other = 0;
    for (int count : spoken) {
      other = Math.max(other, count);
    }
    boolean whole = ofAsk.pieces() <= PIECES_PER_WORD * Math.max(zones.askWords, FEW_WORDS);
    if (Math.max(english, other) < SPOKEN * zones.askWords && !whole) {
      return Language.UNKNOWN;
    }
    return other > english ? Language.OTHER : Language.ENGLISH;
  }

  private List<String> leading(AskScan scan, AskZones zones) {
    long lead = 0;
    for (int w = zones.leadFrom; w < zones.leadTo; w++) {
      lead |= zones.ask[w] ? scan.cues[w] & groups.tasks : 0;
    }
    List<String> names = new ArrayList<>(4);
    for (long rest = lead; rest != 0; rest &= rest - 1) {
      names.add(cues.groups().get(Long.numberOfTrailingZeros(rest)));
    }
    return names;
  }
}
