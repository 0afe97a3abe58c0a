package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Makes the declared edits in a client's own bytes, each by byte range. */
final class PassingEdits {
  private static final Set<String> SAMPLING = Set.of("temperature", "top_p", "top_k");
  private static final byte[] TRUE = bytes("true");

  private final RawBody raw;
  private final ChatRequest request;
  private final Target target;
  private final Splices splices = new Splices();
  private final List<String> made = new ArrayList<>();

  private PassingEdits(DecodeOutcome.Decoded decoded, Target target) {
    this.raw = decoded.raw();
    this.request = decoded.request();
    this.target = target;
  }

  static RequestBody.Outcome.Prepared make(
      DecodeOutcome.Decoded decoded, Target target, List<Edit> wished) {
    var passing = new PassingEdits(decoded, target);
    passing.make(new Edit.ModelName(target.model()));
    passing.make(new Edit.IncludeUsage());
    passing.make(new Edit.DropForeignReasoning());
    wished.forEach(passing::make);
    byte[] body = passing.splices.applyTo(decoded.raw().bytes());
    return new RequestBody.Outcome.Prepared(body, passing.made, List.of());
  }

  private void make(Edit edit) {
    if (made.contains(edit.name())) {
      return;
    }
    boolean done =
        switch (edit) {
          case Edit.ModelName(String model) -> modelName(model);
          case Edit.IncludeUsage() -> includeUsage();
          case Edit.CapOutput(long tokens) -> capOutput(tokens);
          case Edit.DropForeignReasoning() -> ForeignReasoning.cut(raw, request, splices);
          case Edit.DropSampling() -> dropSampling();
        };
    if (done) {
      made.add(edit.name());
    }
  }

  private boolean modelName(String model) {
    // the address names the model in some dialects
    boolean inBody = NestedSettings.of(raw, splices).isEmpty();
    if (!inBody) {
      return CountedRequest.rename(raw, model, splices);
    }
    if (request.model().equals(model)) {
      return false;
    }
    RawBody.Field field = raw.field("model").orElseThrow();
    splices.replace(field.valueStart(), field.valueEnd(), quoted(model));
    return true;
  }

  private boolean includeUsage() {
    boolean asks = raw.dialect() == Dialect.OPENAI_CHAT && target.server().waitsForIncludeUsage();
    if (!asks || !request.stream() || request.streamUsage()) {
      return false;
    }
    Optional<RawBody.Field> options = raw.field("stream_options");
    if (options.isEmpty()) {
      RawBody.Field stream = raw.field("stream").orElseThrow();
      splices.insert(stream.valueEnd(), bytes(",\"stream_options\":{\"include_usage\":true}"));
      return true;
    }
    int from = options.get().valueStart();
    int to = options.get().valueEnd();
    if (raw.bytes()[from] != '{') {
      splices.replace(from, to, bytes("{\"include_usage\":true}"));
    } else {
      includeUsageIn(from, to);
    }
    return true;
  }

  private void includeUsageIn(int from, int to) {
    boolean empty = true;
    try (JsonReader in = JsonReader.of(raw.bytes(), from, to)) {
      in.beginObject();
      while (in.nextField()) {
        empty = false;
        boolean named = in.name().equals("include_usage");
        int start = in.offset();
        in.skip();
        if (named) {
          splices.replace(start, in.endOffset(), TRUE);
          return;
        }
      }
    }
    splices.insert(from + 1, bytes("\"include_usage\":true" + (empty ? "" : ",")));
  }

  private boolean capOutput(long tokens) {
    Optional<NestedSettings> nested = NestedSettings.of(raw, splices);
    if (nested.isPresent()) {
      return request.maxOutput().orElse(Long.MAX_VALUE) > tokens && nested.get().cap(tokens);
    }
    OptionalLong asked = request.maxOutput();
    byte[] number = bytes(Long.toString(tokens));
    boolean changed = false;
    for (String name : caps()) {
      Optional<RawBody.Field> field = raw.field(name);
      if (field.isPresent() && asked.isPresent() && exceeds(field.get(), tokens)) {
        splices.replace(field.get().valueStart(), field.get().valueEnd(), number);
        changed = true;
      }
    }
    if (asked.isEmpty()) {
      // A field that is there without a value is null; any other place would name it twice.
      String name = capField();
      Optional<RawBody.Field> unset = raw.field(name);
      if (unset.isPresent()) {
        splices.replace(unset.get().valueStart(), unset.get().valueEnd(), number);
      } else {
        RawBody.Field model = raw.field("model").orElseThrow();
        splices.insert(model.nameStart(), bytes("\"" + name + "\":" + tokens + ","));
      }
      changed = true;
    }
    return changed;
  }

  /** The names that caps have in the client's dialect; others may mean anything. */
  private List<String> caps() {
    return switch (raw.dialect()) {
      case OPENAI_CHAT -> List.of("max_completion_tokens", "max_tokens");
      case OPENAI_RESPONSES -> List.of("max_output_tokens");
      case ANTHROPIC_MESSAGES -> List.of("max_tokens");
      case GEMINI_GENERATE, BEDROCK_CONVERSE -> List.of();
    };
  }

  private String capField() {
    return switch (raw.dialect()) {
      case OPENAI_CHAT -> target.server().capField();
      case OPENAI_RESPONSES -> "max_output_tokens";
      case ANTHROPIC_MESSAGES, GEMINI_GENERATE, BEDROCK_CONVERSE -> "max_tokens";
    };
  }

  private boolean exceeds(RawBody.Field field, long tokens) {
    int length = field.valueEnd() - field.valueStart();
    String written = new String(raw.bytes(), field.valueStart(), length, StandardCharsets.US_ASCII);
    return !written.equals("null") && Long.parseLong(written) > tokens;
  }

  private boolean dropSampling() {
    Optional<NestedSettings> nested = NestedSettings.of(raw, splices);
    if (nested.isPresent()) {
      return nested.get().dropSampling();
    }
    List<RawBody.Field> fields = raw.fields();
    var dropped = new HashSet<Integer>();
    for (int i = 0; i < fields.size(); i++) {
      if (SAMPLING.contains(fields.get(i).name())) {
        dropped.add(i);
      }
    }
    // A field goes with the comma before it; the fields before the first one that stays, with the
    // comma after them. The model always stays, so there is one.
    boolean leading = true;
    for (int i = 0; i < fields.size(); i++) {
      boolean drop = dropped.contains(i);
      if (drop && leading) {
        splices.replace(fields.get(i).nameStart(), fields.get(i + 1).nameStart(), Bytes.NONE);
      } else if (drop) {
        splices.replace(fields.get(i - 1).valueEnd(), fields.get(i).valueEnd(), Bytes.NONE);
      }
      leading &= drop;
    }
    return !dropped.isEmpty();
  }

  static byte[] quoted(String text) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.text(text);
    }
    return out.take();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
