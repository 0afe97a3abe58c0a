package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
import dev.ockham.policy.Caller;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items of kept responses that are only named, names that need care, and a store that is busy. */
final class KeptItemsTest {
  private static final String PATH = "/v1/responses";
  private static final String TOLD =
      """
      {"id":"ID","object":"response","created_at":1,"status":"completed","model":"m","output":[\
      {"id":"msg_1","type":"message","role":"assistant","status":"completed","content":[\
      {"type":"output_text","text":"Paris, I think","annotations":[]}]}],\
      "usage":{"input_tokens":11,"output_tokens":7,"total_tokens":18}}\
      """;
  private static final int QUEUE = 10_000;

  @TempDir Path folder;

  @Test
  void an_item_that_is_only_named_is_sent_itself() {
    try (var upstream = told("resp_1");
        var gateway = keeping(upstream)) {
      ask(gateway, "\"input\":\"Capital of France?\"");

      String named =
          "[{\"role\":\"user\",\"content\":\"Capital of France?\"},"
              + "{\"type\":\"item_reference\",\"id\":\"msg_1\"},{\"role\":\"user\",\"content\":\"Sure?\"}]";
      var second = ask(gateway, "\"store\":false,\"input\":" + named);

      assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
      var input = HttpCalls.JSON.readTree(upstream.lastReceived().text()).get("input");
      assertThat(input.findValuesAsString("role")).containsExactly("user", "assistant", "user");
      assertThat(input.at("/1/content/0/text").asString()).isEqualTo("Paris, I think");
    }
  }

  @Test
  void an_item_is_there_for_the_key_that_kept_it_until_its_response_is_forgotten() {
    String body = "{\"model\":\"gpt\",\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}]}";
    try (var upstream = told("resp_1");
        var gateway = keeping(upstream)) {
      ask(gateway, "\"input\":\"a\"");
      String stranger = RunningGateway.key(gateway.store(), "other", Caller.Role.CLIENT);

      assertNoSuchItem(HttpCalls.post(gateway, PATH, stranger, body));
      assertThat(HttpCalls.post(gateway, PATH, body).statusCode()).isEqualTo(200);
      assertThat(delete(gateway, "resp_1").statusCode()).isEqualTo(200);
      assertNoSuchItem(HttpCalls.post(gateway, PATH, body));
    }
  }

  private static void assertNoSuchItem(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(HttpCalls.json(response).at("/error/code").asString()).isEqualTo("item_not_found");
    assertThat(response.body()).contains("msg_1");
  }

  @Test
  void where_nothing_is_kept_a_named_item_is_refused_wherever_it_is_posted() {
    try (var upstream = told("resp_1");
        var gateway = RunningGateway.start(folder, model(upstream))) {
      for (String path : new String[] {PATH, PATH + "/input_tokens"}) {
        var refused =
            HttpCalls.post(
                gateway,
                path,
                "{\"model\":\"gpt\",\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}]}");
        assertThat(refused.statusCode()).as(path).isEqualTo(400);
        assertThat(refused.body()).contains("item_reference", "keep-responses");
      }
      assertThat(upstream.received()).isEmpty();
    }
  }

  @Test
  void a_name_that_an_address_encodes_and_json_escapes_is_found_and_told() {
    try (var upstream = told("a \\\"b\\\" c+d");
        var gateway = keeping(upstream)) {
      ask(gateway, "\"input\":\"a\"");
      String encoded = "a%20%22b%22%20c+d";

      assertThat(get(gateway, encoded).statusCode()).isEqualTo(200);
      assertThat(get(gateway, encoded + "/input_items").statusCode()).isEqualTo(200);
      var gone = delete(gateway, encoded);
      assertThat(HttpCalls.json(gone).get("id").asString()).isEqualTo("a \"b\" c+d");
      assertThat(get(gateway, encoded).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void a_store_that_is_busy_is_told_as_such_and_the_wait_for_it_ends() throws Exception {
    try (var upstream = told("resp_1");
        var gateway = keeping(upstream)) {
      ask(gateway, "\"input\":\"a\"");
      assertThat(get(gateway, "resp_1").statusCode()).isEqualTo(200);
      try (Connection other =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ockham.db"));
          Statement lock = other.createStatement()) {
        lock.execute("BEGIN IMMEDIATE");
        CompletableFuture<HttpResponse<String>> waiting =
            CompletableFuture.supplyAsync(() -> delete(gateway, "resp_1"));
        assertThat(get(gateway, "resp_1").statusCode()).as("reading goes on").isEqualTo(200);
        for (int i = 0; i <= QUEUE; i++) {
          gateway.store().responses().forget("default", "nobody", "none");
        }

        assertBusy(delete(gateway, "resp_2"));
        assertBusy(waiting.join());
        lock.execute("ROLLBACK");
      }
    }
  }

  private static void assertBusy(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
    assertThat(HttpCalls.header(response, "retry-after")).isEqualTo("1");
    assertThat(HttpCalls.json(response).at("/error/code").asString()).isEqualTo("overloaded");
  }

  private static ScriptedUpstream told(String id) {
    return ScriptedUpstream.start(request -> Reply.json(200, TOLD.replace("ID", id)));
  }

  private RunningGateway keeping(ScriptedUpstream upstream) {
    return RunningGateway.start(
        folder,
        settings -> settings.withResponsesKept(Optional.of(Duration.ofDays(30))),
        model(upstream));
  }

  private static Model model(ScriptedUpstream upstream) {
    return RunningGateway.model(
        "gpt",
        new Endpoint(
            "openai", Dialect.OPENAI_RESPONSES, upstream.url() + "/v1", Duration.ofSeconds(30)));
  }

  private static HttpResponse<String> ask(RunningGateway gateway, String fields) {
    return HttpCalls.post(gateway, PATH, "{\"model\":\"gpt\"," + fields + "}");
  }

  private static HttpResponse<String> get(RunningGateway gateway, String id) {
    return HttpCalls.get(gateway, PATH + "/" + id, gateway.clientKey());
  }

  private static HttpResponse<String> delete(RunningGateway gateway, String id) {
    return HttpCalls.send(
        HttpCalls.request(gateway, PATH + "/" + id)
            .header("authorization", "Bearer " + gateway.clientKey())
            .method("DELETE", BodyPublishers.noBody())
            .build());
  }
}
