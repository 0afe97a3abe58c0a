package dev.ockham.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** One small question through the gateway. */
final class TestCall {
  private static final String QUESTION =
      """
      {"model":"auto","messages":[{"role":"user","content":"Answer with the word OK."}]}\
      """;

  /** What came of it. */
  sealed interface Outcome {
    record Answered(String said) implements Outcome {}

    record Failed(String problem) implements Outcome {}
  }

  private TestCall() {}

  static Outcome send(String url, String key) {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      HttpRequest request =
          GatewayAccess.request(url, "/v1/chat/completions", key)
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
              .build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? answered(response) : refused(response);
    } catch (ConnectException _) {
      return new Outcome.Failed(
          "nobody answers at " + url + ". Start the gateway (./ockham serve), or give --url.");
    } catch (IllegalArgumentException _) {
      return new Outcome.Failed(
          url + " is no address (expected: one such as http://127.0.0.1:8484)");
    } catch (IOException e) {
      return new Outcome.Failed(
          "no whole answer from "
              + url
              + " ("
              + e.getClass().getSimpleName()
              + "). Its log says more.");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed("interrupted");
    }
  }

  private static Outcome answered(HttpResponse<String> response) {
    String model = response.headers().firstValue("x-ockham-model").orElse("unknown");
    String cost =
        response.headers().firstValue("x-ockham-cost-usd").map(usd -> ", $" + usd).orElse("");
    String id = response.headers().firstValue("x-ockham-request-id").orElse("");
    return new Outcome.Answered(
        "auto → " + model + cost + (id.isEmpty() ? "" : "   request " + id));
  }

  private static Outcome refused(HttpResponse<String> response) {
    String message = "";
    try {
      message =
          JsonMapper.shared().readTree(response.body()).path("error").path("message").asString("");
    } catch (JacksonException _) {
      // Not our error body: the status says enough.
    }
    String hint =
        response.statusCode() == 401
            ? " Give one of Ockham's own keys: --key or OCKHAM_KEY."
            : " `./ockham check` tries the providers.";
    return new Outcome.Failed(response.statusCode() + " " + message + hint);
  }
}
