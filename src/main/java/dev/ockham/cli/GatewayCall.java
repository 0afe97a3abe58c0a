package dev.ockham.cli;

import dev.ockham.config.Environment;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One call of a running gateway's API by an admin, whose answer is shown. */
final class GatewayCall {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Environment environment;
  private final Terminal terminal;
  private final GatewayAccess access;

  GatewayCall(Environment environment, Terminal terminal, GatewayAccess access) {
    this.environment = environment;
    this.terminal = terminal;
    this.access = access;
  }

  /** A name as it stands in a path. */
  static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Calls and shows the answer; a refusal is told as the gateway worded it.
   *
   * @param body empty sends none
   */
  int send(String method, String path, String body, Consumer<JsonNode> show) {
    Optional<String> key = access.key(environment);
    if (key.isEmpty()) {
      return failed("no key: give an admin key with --key or as OCKHAM_KEY");
    }
    String url = access.url(environment);
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      HttpResponse<byte[]> response =
          client.send(
              GatewayAccess.request(url, path, key.get())
                  .method(
                      method,
                      body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofByteArray());
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() != 200) {
        return failed(answer.path("detail").asString(url + " answered " + response.statusCode()));
      }
      show.accept(answer);
      return OckhamCommand.OK;
    } catch (ConnectException _) {
      return failed("nobody answers at " + url + ". Start it (./ockham serve), or give --url.");
    } catch (IllegalArgumentException _) {
      return failed(url + " is no address (expected: one such as http://127.0.0.1:8484)");
    } catch (IOException | JacksonException _) {
      return failed("the connection to " + url + " broke, or it is no gateway. Run this again.");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return failed("interrupted");
    }
  }

  private int failed(String problem) {
    terminal.err().println("ockham: " + problem);
    return OckhamCommand.FAILED;
  }
}
