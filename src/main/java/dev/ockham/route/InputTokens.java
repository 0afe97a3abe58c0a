package dev.ockham.route;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Part;
import dev.ockham.chat.Tool;
import java.util.List;

/**
 * Estimates how many tokens a request's input is, without any provider's tokenizer: by characters
 * and their script. Of a long text only evenly spread characters are looked at, so that a megabyte
 * costs no more than a page.
 */
public final class InputTokens {
  private static final int SAMPLES = 4_096;
  private static final int FIRST_WIDE = 0x2E80;
  private static final long IMAGE = 1_600;
  private static final long IMAGE_AT_MOST = 4_800;
  private static final long UNKNOWN_PART_AT_MOST = 100_000;

  private final long frame;
  private long ascii;
  private long other;
  private long wide;
  private long images;
  private long unknown;

  private InputTokens(long frame) {
    this.frame = frame;
  }

  /** Reads a request once, for both estimates. */
  public static InputTokens of(ChatRequest request) {
    long frame = 32 + 8L * request.messages().size() + 16L * request.tools().offered().size();
    var counted = new InputTokens(frame);
    for (Message message : request.messages()) {
      counted.addParts(message.parts());
    }
    for (Tool tool : request.tools().offered()) {
      counted.addText(tool.name());
      counted.addText(tool.description());
      counted.addText(tool.schema().value());
    }
    if (request.format() instanceof OutputFormat.Schema format) {
      counted.addText(format.schema().value());
    }
    return counted;
  }

  /**
   * A middling estimate, for windows and expected costs: a quarter token per ASCII character,
   * rounded up in all, half a token for other alphabets, one for ideographs and symbols, 1,600 per
   * image.
   */
  public long estimate() {
    return Math.ceilDiv(ascii + 2 * other + 4 * wide, 4) + images * IMAGE + unknown;
  }

  /**
   * An estimate that is seldom too low, for holds: a third of a token per ASCII character, one to
   * one and a half for others, 4,800 per image, and the frame around messages and tools.
   */
  public long conservative() {
    return Math.ceilDiv(2 * ascii + 6 * other + 9 * wide, 6)
        + images * IMAGE_AT_MOST
        + unknown
        + frame;
  }

  private void addParts(List<Part> parts) {
    for (Part part : parts) {
      switch (part) {
        case Part.Text text -> addText(text.text());
        case Part.Reasoning reasoning -> addText(reasoning.text());
        case Part.ToolCall call -> {
          addText(call.name());
          addText(call.arguments().value());
        }
        case Part.ToolResult result -> addParts(result.content());
        case Part.Image _ -> images++;
        case Part.Document document -> addFile(document.source());
        case Part.Audio audio -> addFile(audio.source());
        case Part.CacheMark _ -> {}
        // May be text or an encoded file, whose characters say little about its tokens.
        case Part.Unknown strange ->
            unknown += Math.min(strange.json().value().length() / 4 + 1, UNKNOWN_PART_AT_MOST);
      }
    }
  }

  /** An encoded file's characters say little about its tokens. */
  private void addFile(Part.Source source) {
    long characters = source instanceof Part.Source.Inline inline ? inline.base64().length() : 0;
    unknown += Math.min(characters / 4 + IMAGE, UNKNOWN_PART_AT_MOST);
  }

  private void addText(String text) {
    int length = text.length();
    int stride = Math.ceilDiv(length, SAMPLES);
    if (isAscii(text, stride)) {
      ascii += length;
      return;
    }
    long seenOther = 0;
    long seenWide = 0;
    long seen = 0;
    for (int i = 0; i < length; i += stride) {
      char c = text.charAt(i);
      seen++;
      if (c >= FIRST_WIDE) {
        seenWide++;
      } else if (c >= 128) {
        seenOther++;
      }
    }
    long moreWide = Math.ceilDiv(seenWide * length, seen);
    long moreOther = Math.min(length - moreWide, Math.ceilDiv(seenOther * length, seen));
    wide += moreWide;
    other += moreOther;
    ascii += length - moreWide - moreOther;
  }

  /**
   * Most texts are. A string is read character by character, an array many at a time, which takes a
   * tenth of the time.
   */
  private static boolean isAscii(String text, int stride) {
    if (stride > 1) {
      return isAsciiEvery(text, stride);
    }
    int length = text.length();
    var characters = new char[length];
    text.getChars(0, length, characters, 0);
    int all = 0;
    for (char c : characters) {
      all |= c;
    }
    return all < 128;
  }

  private static boolean isAsciiEvery(String text, int stride) {
    int all = 0;
    for (int i = 0; i < text.length(); i += stride) {
      all |= text.charAt(i);
    }
    return all < 128;
  }
}
