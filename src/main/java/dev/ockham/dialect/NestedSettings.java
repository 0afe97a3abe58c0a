package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Edits of the cap and of sampling in dialects that keep them in an object of their own, and name
 * the model in the address.
 */
final class NestedSettings {
  private final RawBody raw;
  private final Splices splices;
  private final Names names;

  private NestedSettings(RawBody raw, Splices splices, Names names) {
    this.raw = raw;
    this.splices = splices;
    this.names = names;
  }

  private record Names(String object, String cap, Set<String> sampling) {}

  /** Of a body; empty where its dialect has these settings at its top level. */
  static Optional<NestedSettings> of(RawBody raw, Splices splices) {
    return switch (raw.dialect()) {
      case GEMINI_GENERATE -> {
        var sampling = Set.of("temperature", "topP", "topK");
        var names = new Names("generationConfig", "maxOutputTokens", sampling);
        yield Optional.of(new NestedSettings(raw, splices, names));
      }
      case BEDROCK_CONVERSE -> {
        var names = new Names("inferenceConfig", "maxTokens", Set.of("temperature", "topP"));
        yield Optional.of(new NestedSettings(raw, splices, names));
      }
      case OPENAI_CHAT, OPENAI_RESPONSES, ANTHROPIC_MESSAGES -> Optional.empty();
    };
  }

  /** Sets the cap, in place of the one that is there. */
  boolean cap(long tokens) {
    byte[] number = Long.toString(tokens).getBytes(UTF_8);
    Optional<RawBody.Field> object = raw.field(names.object);
    String cap = "\"" + names.cap + "\":" + tokens;
    if (object.isEmpty()) {
      int first = raw.fields().getFirst().nameStart();
      splices.insert(first, ("\"" + names.object + "\":{" + cap + "},").getBytes(UTF_8));
      return true;
    }
    int from = object.get().valueStart();
    if (!isObject(from)) {
      splices.replace(from, object.get().valueEnd(), ("{" + cap + "}").getBytes(UTF_8));
      return true;
    }
    List<RawBody.Field> settings = settings();
    for (RawBody.Field field : settings) {
      if (field.name().equals(names.cap)) {
        splices.replace(field.valueStart(), field.valueEnd(), number);
        return true;
      }
    }
    splices.insert(from + 1, (cap + (settings.isEmpty() ? "" : ",")).getBytes(UTF_8));
    return true;
  }

  /** Takes sampling out. */
  boolean dropSampling() {
    List<RawBody.Field> settings = settings();
    var dropped = new HashSet<Integer>();
    for (int i = 0; i < settings.size(); i++) {
      if (names.sampling.contains(settings.get(i).name())) {
        dropped.add(i);
      }
    }
    if (dropped.isEmpty()) {
      return false;
    }
    if (dropped.size() == settings.size()) {
      splices.replace(settings.getFirst().nameStart(), settings.getLast().valueEnd(), Bytes.NONE);
      return true;
    }
    // a field goes with the comma after it, or, behind the last that stays, with the one before it
    int lastKept = settings.size() - 1;
    while (dropped.contains(lastKept)) {
      lastKept--;
    }
    for (int i : dropped) {
      if (i < lastKept) {
        int next = settings.get(i + 1).nameStart();
        splices.replace(settings.get(i).nameStart(), next, Bytes.NONE);
      } else {
        int before = settings.get(i - 1).valueEnd();
        splices.replace(before, settings.get(i).valueEnd(), Bytes.NONE);
      }
    }
    return true;
  }

  private boolean isObject(int at) {
    return raw.bytes()[at] == '{';
  }

  /** The fields of the object; none where there is no object. */
  private List<RawBody.Field> settings() {
    var fields = new ArrayList<RawBody.Field>();
    Optional<RawBody.Field> object = raw.field(names.object);
    if (object.isEmpty() || !isObject(object.get().valueStart())) {
      return fields;
    }
    int from = object.get().valueStart();
    try (JsonReader in = JsonReader.of(raw.bytes(), from, object.get().valueEnd())) {
      in.beginObject();
      while (in.nextName()) {
        int nameStart = in.offset();
        String name = GeminiFields.camelCase(in.name());
        in.value();
        int valueStart = in.offset();
        in.skip();
        fields.add(new RawBody.Field(name, nameStart, valueStart, in.endOffset()));
      }
    }
    return fields;
  }
}
