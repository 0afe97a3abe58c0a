package dev.ockham.cli;

import dev.ockham.config.Environment;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows requests live. */
@Command(
    name = "tail",
    description = {
      "Follows requests live: asked → served, cost, what it would have cost, and why.",
      "Example: ./ockham tail"
    })
final class TailCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final String DATA = "data: ";

  private final Environment environment;
  private final Terminal terminal;

  @Mixin private GatewayAccess access = new GatewayAccess();

  @Option(names = "--json", description = "Print each request as one line of JSON.")
  private boolean json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description = "End after N requests (default: never).")
  private long limit;

  TailCommand(Environment environment, Terminal terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<String> key = access.key(environment);
    if (key.isEmpty()) {
      return failed("no key: give one with --key or as OCKHAM_KEY; an admin key sees all requests");
    }
    String url = access.url(environment);
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      HttpResponse<Stream<String>> response =
          client.send(
              GatewayAccess.request(url, "/api/v1/requests/stream", key.get()).build(),
              HttpResponse.BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        if (response.statusCode() != 200) {
          return failed(
              url
                  + " answered "
                  + response.statusCode()
                  + (response.statusCode() == 401 ? ": give one of Ockham's own keys" : ""));
        }
        terminal.err().println("following " + url + " (end with Ctrl-C)");
        Stream<String> events = lines.filter(line -> line.startsWith(DATA));
        (limit > 0 ? events.limit(limit) : events)
            .forEach(line -> show(line.substring(DATA.length())));
        if (limit > 0) {
          client.shutdownNow();
          return OckhamCommand.OK;
        }
      }
      return failed("the gateway ended the stream; is it being stopped? Run this again then.");
    } catch (ConnectException _) {
      return failed("nobody answers at " + url + ". Start it (./ockham serve), or give --url.");
    } catch (IllegalArgumentException _) {
      return failed(url + " is no address (expected: one such as http://127.0.0.1:8484)");
    } catch (IOException _) {
      return failed("the connection to " + url + " broke. Run this again.");
    } catch (InterruptedException _) {
      return OckhamCommand.OK;
    }
  }

  private void show(String event) {
    if (json) {
      terminal.out().println(event);
      return;
    }
    try {
      terminal.out().println(line(JSON.readTree(event)));
    } catch (JacksonException _) {
      terminal.err().println("an event that is no JSON was left out");
    }
  }

  static String line(JsonNode request) {
    String served = request.path("served").asString(request.path("error").asString("nobody"));
    var text = new StringBuilder();
    text.append(
        Instant.parse(request.path("at").asString()).atZone(ZoneId.of("UTC")).format(CLOCK));
    text.append("  ").append(request.path("asked").asString("?")).append(" → ").append(served);
    text.append("   ").append(dollars(request.path("cost_usd")));
    String alternative = request.path("alternative").asString("");
    if (!alternative.isEmpty() && !alternative.equals(served)) {
      text.append(" (").append(alternative).append(" would have cost about ");
      text.append(dollars(request.path("alternative_cost_usd_estimate"))).append(")");
    }
    String status = request.path("status").asString("");
    if (!status.isEmpty() && !status.equals("answered") && !status.equals("ok")) {
      text.append("   ").append(status);
    }
    return text.append("   ").append(request.path("why").asString("")).toString();
  }

  private static String dollars(JsonNode amount) {
    return amount.isString() ? "$" + amount.asString() : "cost unknown";
  }

  private int failed(String problem) {
    terminal.err().println("ockham: " + problem);
    return OckhamCommand.FAILED;
  }
}
