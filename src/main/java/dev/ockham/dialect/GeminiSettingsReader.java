package dev.ockham.dialect;

import dev.ockham.chat.Effort;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.OutputFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads the {@code generationConfig} of a Gemini request. */
final class GeminiSettingsReader {
  private final JsonReader in;
  private final RequestDraft draft;
  private String mediaType = "text/plain";
  private Optional<JsonText> schema = Optional.empty();
  private boolean scored;
  private int alternatives;

  GeminiSettingsReader(JsonReader in, RequestDraft draft) {
    this.in = in;
    this.draft = draft;
  }

  /** Reads the object stood on. */
  void read() {
    var fields = new GeminiFields(in, "an object");
    while (fields.next()) {
      field(fields.name());
    }
    format();
    if (scored) {
      draft.logprobs = OptionalInt.of(alternatives);
    }
  }

  private void field(String name) {
    switch (name) {
      case "temperature" -> draft.temperature = OptionalDouble.of(in.number());
      case "topP" -> draft.topP = OptionalDouble.of(in.number());
      case "topK" -> draft.topK = OptionalLong.of(whole(0));
      case "maxOutputTokens" -> draft.maxOutput = OptionalLong.of(whole(1));
      case "stopSequences" -> stops();
      case "candidateCount" -> choices();
      case "seed" -> draft.seed = OptionalLong.of(whole(Long.MIN_VALUE));
      case "presencePenalty" -> draft.presencePenalty = OptionalDouble.of(in.number());
      case "frequencyPenalty" -> draft.frequencyPenalty = OptionalDouble.of(in.number());
      case "responseMimeType" -> mediaType = in.text("a media type");
      case "responseSchema" -> schema = Optional.of(GeminiSchema.read(in));
      case "responseJsonSchema" -> {
        in.object("a JSON schema object");
        schema = Optional.of(in.json());
      }
      case "responseLogprobs" -> scored = in.flag();
      case "logprobs" -> alternatives = (int) Math.min(whole(0), Integer.MAX_VALUE);
      case "thinkingConfig" -> thinking();
      case "responseModalities" -> modalities();
      default -> draft.pass(in, "generationConfig." + name);
    }
  }

  /** A whole number, which some clients write as {@code 40.0}. */
  private long whole(long least) {
    if (in.isWhole()) {
      return in.whole(least);
    }
    double number = in.number();
    if (number != Math.rint(number) || number < least || Math.abs(number) > 1L << 53) {
      throw in.wrong("a whole number" + (least == Long.MIN_VALUE ? "" : ", at least " + least));
    }
    return (long) number;
  }

  private void stops() {
    in.array("an array of strings");
    while (in.nextElement()) {
      draft.stop.add(in.text("a string"));
    }
  }

  private void choices() {
    draft.choices = whole(1);
    if (draft.choices > 1) {
      draft.unmapped.add("generationConfig.candidateCount");
    }
  }

  private void format() {
    switch (mediaType) {
      case "text/plain" -> {}
      case "application/json" ->
          draft.format =
              schema
                  .<OutputFormat>map(json -> new OutputFormat.Schema("answer", json, false))
                  .orElseGet(OutputFormat.JsonObject::new);
      default -> draft.unmapped.add("generationConfig.responseMimeType of type " + mediaType);
    }
  }

  private void modalities() {
    in.array("an array of words");
    while (in.nextElement()) {
      if (!in.text("TEXT, IMAGE or AUDIO").equalsIgnoreCase("TEXT")) {
        draft.unmapped.add("generationConfig.responseModalities");
      }
    }
  }

  private void thinking() {
    var fields = new GeminiFields(in, "an object");
    while (fields.next()) {
      switch (fields.name()) {
        case "thinkingLevel" -> draft.effort = effort(in.text("MINIMAL, LOW, MEDIUM or HIGH"));
        case "thinkingBudget" -> budget(whole(-1));
        case "includeThoughts" -> draft.thinkingShown = Optional.of(in.flag());
        default -> draft.pass(in, "generationConfig.thinkingConfig." + fields.name());
      }
    }
  }

  /** -1 lets the model choose, as no budget does. */
  private void budget(long tokens) {
    if (tokens >= 0) {
      draft.thinkingBudget = OptionalLong.of(tokens);
    }
  }

  private Optional<Effort> effort(String level) {
    return switch (level.toUpperCase(Locale.ROOT)) {
      case "MINIMAL" -> Optional.of(Effort.MINIMAL);
      case "LOW" -> Optional.of(Effort.LOW);
      case "MEDIUM" -> Optional.of(Effort.MEDIUM);
      case "HIGH" -> Optional.of(Effort.HIGH);
      case "THINKING_LEVEL_UNSPECIFIED" -> Optional.empty();
      default -> throw in.unknown(level, "a level: MINIMAL, LOW, MEDIUM or HIGH");
    };
  }
}
