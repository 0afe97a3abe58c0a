package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.GEMINI_GENERATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Gemini client's bytes on their way to a Gemini model. */
class GeminiPassingTest {
  private static final String CONTENTS = "\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]";

  @Test
  void a_body_passes_byte_for_byte_under_another_models_name() {
    String body = "{ \"x_new\":[1.0], " + CONTENTS + ",\"model\":\"models/asked\" }";

    assertThat(passed(body, List.of())).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{C} | {'generationConfig':{'maxOutputTokens':9},C}",
        "{C,'generationConfig':{}} | {C,'generationConfig':{'maxOutputTokens':9}}",
        "{C,'generationConfig':null} | {C,'generationConfig':{'maxOutputTokens':9}}",
        "{C,'generation_config':{ 'topK':1}} | {C,'generation_config':{'maxOutputTokens':9, 'topK':1}}",
        "{C,'generation_config':{'max_output_tokens': 10 }} | {C,'generation_config':{'max_output_tokens': 9 }}",
        "{C,'generationConfig':{'maxOutputTokens':8}} | {C,'generationConfig':{'maxOutputTokens':8}}"
      })
  void a_cap_is_lowered_or_set_where_gemini_has_it(String before, String after) {
    assertThat(passed(full(before), List.of(new Edit.CapOutput(9)))).isEqualTo(full(after));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{C} | {C}",
        "{C,'generationConfig':{'temperature':1}} | {C,'generationConfig':{}}",
        "{C,'generationConfig':{'temperature':1,'seed':2,'top_p':0.1}} | {C,'generationConfig':{'seed':2}}",
        "{C,'generationConfig':{'a':1,'topK':2,'topP':3}} | {C,'generationConfig':{'a':1}}",
        "{C,'generationConfig':{'topK':2,'topP':3,'a':1}} | {C,'generationConfig':{'a':1}}"
      })
  void sampling_is_taken_out_where_gemini_has_it(String before, String after) {
    assertThat(passed(full(before), List.of(new Edit.DropSampling()))).isEqualTo(full(after));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'generateContentRequest':{ 'model':'models/asked',C}} | {'generateContentRequest':{ 'model':'models/served',C}}",
        "{'generate_content_request':{C,'model': 'models/a/b' }} | {'generate_content_request':{C,'model': 'models/served' }}",
        "{'generateContentRequest':{'model':'models/served',C}} | {'generateContentRequest':{'model':'models/served',C}}",
        "{'generateContentRequest':{C}} | {'generateContentRequest':{C}}",
      })
  void a_request_that_is_to_be_counted_names_the_model_that_counts(String before, String after) {
    DecodeOutcome counted =
        Wire.of(GEMINI_GENERATE)
            .decodeCount(new PathSays("asked", false, false), full(before).getBytes(UTF_8));

    byte[] passed =
        RequestBody.passing(
            (DecodeOutcome.Decoded) counted, Target.of("served", OptionalLong.empty()));

    assertThat(new String(passed, UTF_8)).isEqualTo(full(after));
  }

  private static String full(String template) {
    return template
        .replace('\'', '"')
        .replace("C", CONTENTS)
        .replace("generation" + CONTENTS + "onfig", "generationConfig")
        .replace("generate" + CONTENTS + "ontentRequest", "generateContentRequest");
  }

  private static String passed(String body, List<Edit> edits) {
    RequestBody.Outcome outcome =
        RequestBody.prepare(
            GeminiPayloads.decoded(body),
            Wire.of(GEMINI_GENERATE),
            Target.of("served", OptionalLong.empty()),
            edits,
            Bodies.CARRIAGE);
    return new String(((RequestBody.Outcome.Prepared) outcome).body(), UTF_8);
  }
}
