package dev.ockham.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.config.Environment;
import dev.ockham.config.KeyringWatch;
import dev.ockham.route.Fleet;
import dev.ockham.store.Store;
import dev.ockham.store.StoreSettings;
import dev.ockham.testing.RunningGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F33: what is fetched is put in force whole; what is wrong is not, and the last good stays. */
class CatalogWatchTest {
  private static final String GOOD =
      """
      {"format":"ockham-catalog","version":2,"date":"2026-11-25","providers":{"openai":{
       "dialect":"openai-chat","base-url":"https://api.openai.com/v1","models":{
       "gpt-4.1-mini":{"context":1000,"can":[],"prices":[
         {"source":"page","checked":"2026-11-25","input":500000,"output":1600000}]},
       "gpt-new":{"context":1000,"can":[],"retires":"2026-01-01","prices":[
         {"source":"page","checked":"2026-11-25","input":7,"output":9}]}}}}}\
      """;

  @TempDir private Path folder = Path.of("");
  private final Map<String, String> served = new ConcurrentHashMap<>();
  private final AtomicReference<Fleet> fleet = new AtomicReference<>();
  private HttpServer server = listening();
  private @org.jspecify.annotations.Nullable Store store;
  private @org.jspecify.annotations.Nullable KeyringWatch keyring;
  private @org.jspecify.annotations.Nullable CatalogWatch watch;

  private static HttpServer listening() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() throws IOException {
    server.createContext(
        "/",
        exchange -> {
          String found = served.get(exchange.getRequestURI().getPath());
          byte[] body = (found == null ? "" : found).getBytes(UTF_8);
          exchange.sendResponseHeaders(found == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    Path file = folder.resolve("ockham.yaml");
    Files.writeString(
        file,
        """
        version: 1
        data: {folder: data}
        catalog:
          url: http://127.0.0.1:%d/catalog.json
          every: 1ms
          offer: [openai]
        providers: {openai: {}}
        models: {gpt-4.1-mini: {provider: openai}}
        """
            .formatted(server.getAddress().getPort()));
    var terminal =
        new Terminal(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            new BufferedReader(new StringReader("")),
            false);
    var environment = new Environment(Map.of(), folder, folder);
    Settings settings =
        ((Settings.Reading.Right)
                Settings.read(Optional.of(file), environment, terminal, Clock.systemUTC()))
            .settings();
    fleet.set(settings.fleet());
    keyring = KeyringWatch.start(settings.keys(), settings.config().keyring(), Duration.ofHours(1));
    store =
        RunningGateway.open(
            StoreSettings.of(folder.resolve("data"), Clock.systemUTC(), new SecureRandom()));
    var reload =
        new ConfigReload(
            settings,
            () -> Settings.read(Optional.of(file), environment, terminal, Clock.systemUTC()),
            java.util.Objects.requireNonNull(keyring),
            fleet);
    watch = CatalogWatch.of(reload, java.util.Objects.requireNonNull(store), Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    java.util.Objects.requireNonNull(watch).close();
    java.util.Objects.requireNonNull(keyring).close();
    java.util.Objects.requireNonNull(store).close();
    server.stop(0);
  }

  @Test
  void a_new_model_can_be_asked_for_and_a_changed_price_holds_without_a_restart() {
    assertThat(fleet.get().catalog().find("openai/gpt-new")).isEmpty();
    assertThat(input("gpt-4.1-mini")).isEqualTo(400_000);
    String before = fleet.get().catalog().version();
    serve(GOOD, sha256(GOOD));
    look();
    assertThat(input("openai/gpt-new")).isEqualTo(7);
    assertThat(input("gpt-4.1-mini")).isEqualTo(500_000);
    assertThat(fleet.get().catalog().version()).isNotEqualTo(before);
    assertThat(folder.resolve("data/catalog.json")).exists();
  }

  @Test
  void another_file_than_its_checksum_says_is_not_taken() {
    Fleet before = fleet.get();
    serve(GOOD.replace("500000", "500001"), sha256(GOOD));
    look();
    assertThat(fleet.get()).isSameAs(before);
  }

  @Test
  void what_is_no_catalog_or_is_not_there_changes_nothing() {
    Fleet before = fleet.get();
    look();
    serve("{\"half\":", sha256("{\"half\":"));
    look();
    serve(GOOD, "no digest");
    look();
    assertThat(fleet.get()).isSameAs(before);
  }

  @Test
  void a_price_that_cannot_be_believed_is_left_out_and_the_rest_is_taken() {
    String slipped = GOOD.replace("500000", "0");
    serve(slipped, sha256(slipped));
    look();
    assertThat(input("gpt-4.1-mini")).isEqualTo(400_000);
    assertThat(input("openai/gpt-new")).isEqualTo(7);
  }

  private void look() {
    java.util.Objects.requireNonNull(watch).look();
  }

  private void serve(String catalog, String digest) {
    served.put("/catalog.json", catalog);
    served.put("/catalog.json.sha256", digest + "  catalog.json\n");
  }

  private long input(String model) {
    Model found = fleet.get().catalog().find(model).orElseThrow();
    return ((Price.Listed) found.price()).picosFor(TokenClass.INPUT);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
