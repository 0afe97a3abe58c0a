package dev.ockham.lab;

import dev.ockham.learn.AskKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Labelled asks in lines of {@code easy|hard kind [language] [agent]: text}. In the text {@code \n}
 * is a line break and <code>{paste:name}</code> a text that stands in a file beside.
 */
final class AskCorpus {
  private static final Pattern LINE =
      Pattern.compile("(easy|hard) (\\w+)(?: ([a-z]{2}))?( agent)?: (.*)");
  private static final Pattern PASTE = Pattern.compile("\\{paste:(\\w+)}");

  private AskCorpus() {}

  /**
   * One ask with what we say of it.
   *
   * @param hard whether it should go to a strong model
   * @param agent whether it stands in the middle of a harness's messages
   */
  record Labelled(boolean hard, AskKind kind, String language, boolean agent, String text) {}

  /** One half of the everyday asks in the jar: {@code open} or {@code sealed}. */
  static List<Labelled> half(String name) {
    Map<String, String> pastes = sections(resource(name + "-pastes.txt"));
    List<Labelled> asks = new ArrayList<>();
    for (Labelled ask : read(resource(name + ".txt"))) {
      Matcher paste = PASTE.matcher(ask.text());
      String text =
          paste.replaceAll(
              found -> Matcher.quoteReplacement(pastes.getOrDefault(found.group(1), "").strip()));
      asks.add(new Labelled(ask.hard(), ask.kind(), ask.language(), ask.agent(), text));
    }
    return asks;
  }

  /** Reads lines of labelled asks; comments begin with #. */
  static List<Labelled> read(List<String> lines) {
    List<Labelled> asks = new ArrayList<>();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      Matcher found = LINE.matcher(line);
      if (!found.matches()) {
        throw new IllegalArgumentException(
            "\"" + line + "\" (expected: easy|hard kind [language] [agent]: text)");
      }
      String language = found.group(3) == null ? "en" : found.group(3);
      asks.add(
          new Labelled(
              found.group(1).equals("hard"),
              AskKind.valueOf(found.group(2).toUpperCase(Locale.ROOT)),
              language,
              found.group(4) != null,
              found.group(5).replace("\\n", "\n").replace("\\t", "\t")));
    }
    return asks;
  }

  /** Reads a file of sections that begin with {@code == name}. */
  static Map<String, String> sections(List<String> lines) {
    Map<String, StringBuilder> sections = new LinkedHashMap<>();
    StringBuilder section = new StringBuilder();
    for (String line : lines) {
      if (line.startsWith("== ")) {
        section = new StringBuilder();
        sections.put(line.substring(3).strip(), section);
      } else {
        section.append(line).append('\n');
      }
    }
    Map<String, String> texts = new LinkedHashMap<>();
    sections.forEach((name, text) -> texts.put(name, text.toString()));
    return texts;
  }

  static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  private static List<String> resource(String name) {
    try (InputStream in = AskCorpus.class.getResourceAsStream("asks/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its resource asks/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The program's resource asks/" + name + " cannot be read", e);
    }
  }
}
