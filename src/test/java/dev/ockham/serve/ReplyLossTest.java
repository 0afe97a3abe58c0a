package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a provider said and a client of another dialect cannot be told. */
final class ReplyLossTest {
  private static final String LOSS = "reasoning state";
  private static final String THOUGHT =
      "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"c2ln\"}";

  @TempDir Path folder;

  @Test
  void it_is_in_the_warnings_of_a_whole_answer_and_in_the_record_of_every_answer() {
    try (var upstream =
            ScriptedUpstream.start(request ->
                request.asksForStream()
                    ? Reply.stream(thinkingEvents())
                    : Reply.json(200, thinkingBody()));
        var gateway =
            RunningGateway.start(folder, RunningGateway.anthropicModel("claude", upstream))) {

      String path = "/v1/chat/completions";
      var whole = HttpCalls.post(gateway, path, HttpCalls.openAiAsk("claude"));
      var stream = HttpCalls.post(gateway, path, HttpCalls.openAiStream("claude"));

      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(HttpCalls.header(whole, "x-ockham-warnings")).contains(LOSS);
      assertThat(stream.body()).contains("[DONE]");
      for (var response : List.of(whole, stream)) {
        var record =
            HttpCalls.getJson(gateway, "/api/v1/requests/" + HttpCalls.requestId(response));
        assertThat(record.get("losses").toString()).contains(LOSS);
      }
    }
  }

  private static String thinkingBody() {
    return AnthropicReplies.textBody("Hello", 11, 7)
        .replace("\"content\":[", "\"content\":[" + THOUGHT + ",");
  }

  private static List<String> thinkingEvents() {
    var events = new ArrayList<String>();
    for (String event : AnthropicReplies.textEvents("Hello", 11, 7)) {
      events.add(event.replace("\"index\":0", "\"index\":1"));
    }
    events.addAll(
        1,
        List.of(
            event(
                "content_block_start",
                "\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
            event(
                "content_block_delta",
                "\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}"),
            event(
                "content_block_delta",
                "\"delta\":{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}"),
            "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"));
    return events;
  }

  private static String event(String type, String fields) {
    return "event: %s\ndata: {\"type\":\"%s\",\"index\":0,%s}\n\n".formatted(type, type, fields);
  }
}
