package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PassThroughTest {
  private static final Target SERVED = Target.of(GeneratedBody.SERVED, OptionalLong.empty());

  @ParameterizedTest
  @EnumSource(
      value = Dialect.class,
      names = {"OPENAI_CHAT", "ANTHROPIC_MESSAGES"})
  void in_a_thousand_bodies_only_the_declared_bytes_change(Dialect dialect) {
    var random = new Random(2026);
    for (int i = 0; i < 1000; i++) {
      var body = new GeneratedBody(random, dialect == Dialect.OPENAI_CHAT);

      var prepared = prepared(dialect, body.sent(), SERVED, List.of());

      String got = new String(prepared.body(), UTF_8);
      assertThat(got).as(() -> firstDifference(got, body.expected())).isEqualTo(body.expected());
      assertThat(prepared.losses()).isEmpty();
      assertThat(prepared.edits()).startsWith("model").hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void a_body_that_needs_no_edit_is_the_same_array() {
    byte[] body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}".getBytes(UTF_8);
    var decoded = Bodies.decoded(Dialect.OPENAI_CHAT, body);
    var target = Target.of("m", OptionalLong.empty());

    var prepared =
        (RequestBody.Outcome.Prepared)
            RequestBody.prepare(
                decoded, Wire.of(Dialect.OPENAI_CHAT), target, List.of(), Bodies.CARRIAGE);

    assertThat(prepared.body()).isSameAs(body);
    assertThat(prepared.edits()).isEmpty();
  }

  @Test
  void the_model_field_is_found_under_an_escaped_name() {
    assertThat(
            edited(
                Dialect.OPENAI_CHAT,
                "{\"messages\":[{\"role\":\"user\",\"content\":\"\"}], \"mod\\u0065l\" : \"\\u0061\" }"))
        .isEqualTo(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"\"}], \"mod\\u0065l\" : \"m\" }");
  }

  @Test
  void a_cap_is_lowered_set_or_left_alone() {
    String start = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";
    var cap = new Edit.CapOutput(100);

    assertThat(edited(Dialect.OPENAI_CHAT, start + ",\"max_tokens\": 500 }", cap))
        .isEqualTo(start + ",\"max_tokens\": 100 }");
    assertThat(
            edited(
                Dialect.OPENAI_CHAT,
                start + ",\"max_completion_tokens\":101,\"max_tokens\":7}",
                cap))
        .isEqualTo(start + ",\"max_completion_tokens\":100,\"max_tokens\":7}");
    assertThat(edited(Dialect.ANTHROPIC_MESSAGES, start + ",\"max_tokens\":99}", cap))
        .isEqualTo(start + ",\"max_tokens\":99}");
    assertThat(edited(Dialect.OPENAI_CHAT, start + "}", cap))
        .isEqualTo("{\"max_tokens\":100," + start.substring(1) + "}");
    assertThat(edited(Dialect.OPENAI_CHAT, start + ",\"max_tokens\":null}", cap))
        .isEqualTo(start + ",\"max_tokens\":100}");
    String foreign = start + ",\"max_tokens\":99,\"max_output_tokens\":\"x\"}";
    assertThat(edited(Dialect.OPENAI_CHAT, foreign, cap)).isEqualTo(foreign);
  }

  @Test
  void sampling_is_dropped_wherever_it_stands() {
    String rest = "\"model\":\"m\", \"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";
    var drop = new Edit.DropSampling();

    assertThat(
            edited(Dialect.OPENAI_CHAT, "{ \"temperature\":0 , \"top_p\" : 1, " + rest + "}", drop))
        .isEqualTo("{ " + rest + "}");
    assertThat(
            edited(Dialect.OPENAI_CHAT, "{" + rest + " , \"temperature\":0, \"top_p\":1 }", drop))
        .isEqualTo("{" + rest + " }");
    assertThat(
            edited(
                Dialect.OPENAI_CHAT,
                "{\"top_p\":1,\"x\":2,\"temperature\":0," + rest + ",\"top_k\":1}",
                drop,
                new Edit.CapOutput(5)))
        .isEqualTo("{\"x\":2,\"max_tokens\":5," + rest + "}");
  }

  @Test
  void edits_without_effect_are_not_told() {
    var prepared =
        prepared(
            Dialect.OPENAI_CHAT,
            "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
            Target.of("other", OptionalLong.empty()),
            List.of(new Edit.CapOutput(100), new Edit.DropSampling()));

    assertThat(prepared.edits()).containsExactly("model");
  }

  private static String firstDifference(String got, String expected) {
    int at = 0;
    while (at < Math.min(got.length(), expected.length())
        && got.charAt(at) == expected.charAt(at)) {
      at++;
    }
    return "got ..."
        + got.substring(Math.max(0, at - 30), Math.min(at + 40, got.length()))
        + "... for ..."
        + expected.substring(Math.max(0, at - 30), Math.min(at + 40, expected.length()));
  }

  private static String edited(Dialect dialect, String body, Edit... edits) {
    var target = Target.of("m", OptionalLong.empty());
    return new String(prepared(dialect, body, target, List.of(edits)).body(), UTF_8);
  }

  private static RequestBody.Outcome.Prepared prepared(
      Dialect dialect, String body, Target target, List<Edit> edits) {
    var decoded = Bodies.decoded(dialect, body.getBytes(UTF_8));
    return (RequestBody.Outcome.Prepared)
        RequestBody.prepare(decoded, Wire.of(dialect), target, edits, Bodies.CARRIAGE);
  }
}
