package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes our envelopes out of a client's own bytes: the conversation was served by a model of
 * another dialect before, and the provider that gets them now could only refuse them. A block goes
 * as a whole, and with the last block its message; in Gemini's dialect, where a signature hangs on
 * what it signs, the signature alone goes.
 */
final class ForeignReasoning {
  private static final byte[] NO_SIGNATURE =
      ('"' + GeminiContentWriter.NO_SIGNATURE + '"').getBytes(US_ASCII);

  private final JsonReader in;
  private final boolean members;
  private final Set<String> slots;
  private final List<Cut> cuts = new ArrayList<>();

  private ForeignReasoning(JsonReader in, Dialect dialect) {
    this.in = in;
    this.members = dialect == Dialect.GEMINI_GENERATE;
    this.slots = slots(dialect);
  }

  /** Where, within a block, a dialect keeps reasoning state. */
  private static Set<String> slots(Dialect dialect) {
    return switch (dialect) {
      case OPENAI_CHAT -> Set.of();
      case OPENAI_RESPONSES -> Set.of("encrypted_content");
      case ANTHROPIC_MESSAGES -> Set.of("signature", "data");
      case GEMINI_GENERATE -> Set.of("thoughtSignature", "thought_signature");
      case BEDROCK_CONVERSE ->
          Set.of("reasoningContent.reasoningText.signature", "reasoningContent.redactedContent");
    };
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Cut(int from, int to, byte[] instead) {}

  /** An element or a member, and whether it goes. */
  private record Span(int from, int to, boolean goes) {}

  /** Makes the cuts; false where there is nothing to cut. */
  static boolean cut(RawBody raw, ChatRequest request, Splices splices) {
    if (!Unsealed.hasEnvelopes(request)) {
      return false;
    }
    boolean cut = false;
    for (String conversation : List.of("messages", "input", "contents")) {
      Optional<RawBody.Field> field = raw.field(conversation);
      if (field.isEmpty()) {
        continue;
      }
      int from = field.get().valueStart();
      try (JsonReader in = JsonReader.of(raw.bytes(), from, field.get().valueEnd())) {
        var walk = new ForeignReasoning(in, raw.dialect());
        in.value();
        walk.value("");
        walk.cuts.forEach(c -> splices.replace(c.from, c.to, c.instead));
        cut |= !walk.cuts.isEmpty();
      }
    }
    return cut;
  }

  /**
   * Goes through the value stood on; true where what holds it goes.
   *
   * @param path of names from the element of the innermost array
   */
  private boolean value(String path) {
    if (in.isObject()) {
      return object(path);
    }
    if (in.isArray()) {
      return array();
    }
    return in.isText() && slots.contains(path) && Seals.isSealed(in.textOrEmpty());
  }

  private boolean object(String path) {
    var fields = new ArrayList<Span>();
    Optional<Cut> placeholder = Optional.empty();
    boolean calls = false;
    boolean goes = false;
    while (in.nextName()) {
      int from = in.offset();
      String name = in.name();
      in.value();
      int value = in.offset();
      boolean sealed = value(path.isEmpty() ? name : path + "." + name);
      fields.add(new Span(from, in.endOffset(), sealed));
      calls |= name.equals("functionCall") || name.equals("function_call");
      goes |= sealed;
      if (sealed) {
        placeholder = Optional.of(new Cut(value, in.endOffset(), NO_SIGNATURE));
      }
    }
    if (!members || !goes) {
      return goes;
    }
    if (calls) {
      // A call must be signed, or say that it is not.
      cuts.add(placeholder.orElseThrow());
      return false;
    }
    return cutAmong(fields);
  }

  private boolean array() {
    var elements = new ArrayList<Span>();
    while (in.nextElement()) {
      int from = in.offset();
      int before = cuts.size();
      boolean goes = value("");
      if (goes) {
        cuts.subList(before, cuts.size()).clear();
      }
      elements.add(new Span(from, in.endOffset(), goes));
    }
    return cutAmong(elements);
  }

  /**
   * Cuts the spans that go, each with the comma before it, those before the first that stays with
   * the comma after them; true where none stays.
   */
  private boolean cutAmong(List<Span> spans) {
    boolean leading = true;
    if (!spans.isEmpty() && spans.stream().allMatch(Span::goes)) {
      return true;
    }
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      if (span.goes && leading) {
        cuts.add(new Cut(span.from, spans.get(i + 1).from, Bytes.NONE));
      } else if (span.goes) {
        cuts.add(new Cut(spans.get(i - 1).to, span.to, Bytes.NONE));
      }
      leading &= span.goes;
    }
    return false;
  }
}
