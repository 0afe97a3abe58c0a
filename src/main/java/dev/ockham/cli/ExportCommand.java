package dev.ockham.cli;

import dev.ockham.config.Environment;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what was charged to a file. */
@Command(
    name = "export",
    description = "Write what was charged, hour by hour, as CSV or FOCUS 1.3.",
    footer = {
      "",
      "Asks a running gateway with an admin key. The sum of the file is what the ledger posted.",
      "",
      "Example: ./ockham export --from 2026-11-01 --to 2026-12-01 --format focus --out november.csv"
    })
final class ExportCommand implements Callable<Integer> {
  /** How a file is written. */
  enum Format {
    CSV,
    FOCUS
  }

  private final Environment environment;
  private final Terminal terminal;

  @Mixin private GatewayAccess access = new GatewayAccess();

  @Option(names = "--from", required = true, paramLabel = "DAY", description = "First day, UTC.")
  private LocalDate from = LocalDate.EPOCH;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DAY",
      description = "The day after the last, UTC.")
  private LocalDate to = LocalDate.EPOCH;

  @Option(names = "--format", defaultValue = "CSV", description = "csv or focus (default csv).")
  private Format format = Format.CSV;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "File to write.")
  private Path out = Path.of("");

  ExportCommand(Environment environment, Terminal terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<String> key = access.key(environment);
    if (key.isEmpty()) {
      return failed("no key: give an admin key with --key or as OCKHAM_KEY");
    }
    String url = access.url(environment);
    String path =
        "/api/v1/charges?format=%s&from=%s&to=%s"
            .formatted(format.name().toLowerCase(Locale.ROOT), from, to);
    Path file = environment.folder().resolve(out);
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      HttpResponse<Path> response =
          client.send(
              GatewayAccess.request(url, path, key.get()).build(),
              info ->
                  info.statusCode() == 200
                      ? HttpResponse.BodySubscribers.ofFile(file)
                      : HttpResponse.BodySubscribers.replacing(file));
      if (response.statusCode() != 200) {
        return failed(
            url
                + " answered "
                + response.statusCode()
                + (response.statusCode() == 400
                    ? ": ask for fewer days"
                    : ": an admin key is needed (./ockham key create --admin)"));
      }
      terminal.err().println("Written: " + file);
      return OckhamCommand.OK;
    } catch (ConnectException nobody) {
      return failed("nobody answers at " + url + ". Start it (./ockham serve), or give --url.");
    } catch (IllegalArgumentException noAddress) {
      return failed(url + " is no address (expected: one such as http://127.0.0.1:8484)");
    } catch (IOException broken) {
      return failed("the file could not be written or the connection broke. Run this again.");
    } catch (InterruptedException asked) {
      return failed("interrupted: the file is not whole");
    }
  }

  private int failed(String problem) {
    terminal.err().println("ockham: " + problem);
    return OckhamCommand.FAILED;
  }
}
