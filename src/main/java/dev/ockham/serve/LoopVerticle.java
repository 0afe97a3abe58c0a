package dev.ockham.serve;

import dev.ockham.catalog.Identity;
import dev.ockham.catalog.Keyring;
import dev.ockham.chat.Dialect;
import dev.ockham.dialect.Wire;
import dev.ockham.provider.Attempts;
import dev.ockham.provider.ProviderBatches;
import dev.ockham.serve.Routes.Endpoints;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop: its share of the clients' connections, and its own to the providers. */
final class LoopVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(LoopVerticle.class);
  private static final int MAX_HEADERS = 32 * 1024;
  private static final int MAX_REQUEST_LINE = 8 * 1024;
  private static final int MAX_STREAMS = 256;
  private static final int BACKLOG = 4096;

  /**
   * Streams that one connection may reset in half a minute before it is taken for an attack; a
   * proxy that gathers many people's streams in one connection hangs up for all of them.
   */
  private static final int MAX_HANG_UPS = 8 * MAX_STREAMS;

  private static final long LOOK_MILLIS = 250;
  private static final long IDENTITY_MILLIS = 1000;

  private final Shared shared;

  LoopVerticle(Shared shared) {
    this.shared = shared;
  }

  @Override
  public Future<?> start() {
    Gateway gateway = shared.gateway();
    ServerSettings settings = shared.settings();
    var attempts =
        new Attempts(
            vertx, gateway.keyring(), settings.patience(), gateway.clock(), gateway.nanos());
    var bodies = new BodyReader(settings.maxBodyBytes(), settings.request(), gateway.nanos());
    vertx.setPeriodic(LOOK_MILLIS, id -> bodies.look());
    var loop =
        new Loop(
            context,
            gateway,
            shared.routes(),
            attempts,
            settings.retries(),
            bodies,
            new KeyReader(gateway.store().keys()),
            shared.memory(),
            shared.pool(),
            shared.metrics(),
            shared.followers(),
            shared.idempotency(),
            shared.shelter(),
            shared.balancer());
    shared.loops().add(loop);
    var routes = new Routes(loop, endpoints(loop));
    return vertx
        .createHttpServer(options(gateway.keyring().get()))
        .connectionHandler(connection -> connection.exceptionHandler(broken -> {}))
        .requestHandler(routes::handle)
        .listen(address(settings))
        .onSuccess(shared.listening()::add)
        .onSuccess(this::watchIdentity);
  }

  /** A changed certificate is shown to new connections; those that are open keep theirs. */
  private void watchIdentity(HttpServer server) {
    Supplier<Keyring> keyring = shared.gateway().keyring();
    var shown = new AtomicReference<>(keyring.get().server());
    vertx.setPeriodic(
        IDENTITY_MILLIS,
        id -> {
          Optional<Identity> now = keyring.get().server();
          if (now.isPresent() && !now.equals(shown.getAndSet(now))) {
            server
                .updateSSLOptions(
                    new ServerSSLOptions().setUseAlpn(true).setKeyCertOptions(pem(now.get())))
                .onFailure(unusable -> LOG.error("the changed certificate cannot be used"));
          }
        });
  }

  private Endpoints endpoints(Loop loop) {
    var calls = new Calls(loop);
    var chat = new EnumMap<Dialect, ChatEndpoint>(Dialect.class);
    var counts = new EnumMap<Dialect, CountEndpoint>(Dialect.class);
    var items = new HashMap<String, BatchItems>();
    for (Dialect dialect : Dialect.values()) {
      Operation operation = operation(loop, dialect, calls);
      var endpoint = new ChatEndpoint(loop, operation);
      chat.put(dialect, endpoint);
      counts.put(dialect, new CountEndpoint(loop, dialect, calls));
      BatchesEndpoint.pathOf(dialect)
          .ifPresent(path -> items.put(path, new BatchItems(loop, operation, endpoint, calls)));
    }
    var embedding = new EmbeddingsOperation(calls);
    var embeddings = new ChatEndpoint(loop, embedding);
    items.put(BatchesEndpoint.EMBEDDINGS, new BatchItems(loop, embedding, embeddings, calls));
    workOnBatches(loop, items);
    return new Endpoints(
        chat,
        counts,
        embeddings,
        new BatchesEndpoint(loop, shared.settings().batches()),
        new MessageBatchesEndpoint(loop, shared.settings().batches()),
        new FilesEndpoint(loop, shared.settings().batches()),
        new ResponsesEndpoint(loop),
        new ModelsEndpoint(loop),
        new ApiEndpoint(loop),
        new ChargesEndpoint(loop),
        new RoutesEndpoint(loop),
        new BudgetsEndpoint(loop),
        new ExplainEndpoint(loop),
        new ReportEndpoint(loop),
        new TailEndpoint(loop),
        new ReloadEndpoint(loop, shared.reloads()),
        new PageEndpoint(),
        new ProbeEndpoint(loop, shared.readiness()));
  }

  private Operation operation(Loop loop, Dialect dialect, Calls calls) {
    var chat = new ChatOperation(Wire.of(dialect), loop.gateway(), calls);
    return dialect == Dialect.OPENAI_RESPONSES
        ? new ResponsesOperation(loop, chat, shared.settings())
        : chat;
  }

  /** The loop that comes first has all of them. */
  private void workOnBatches(Loop loop, Map<String, BatchItems> items) {
    shared
        .settings()
        .batches()
        .ifPresent(settings -> {
          var worker = new BatchWorker(loop, items, new ProviderBatches(loop.attempts()), settings);
          Optional<BatchWorker> before = shared.batches().get();
          if (before.isEmpty() && shared.batches().compareAndSet(before, Optional.of(worker))) {
            worker.start();
          }
        });
  }

  /** All loops share one port, also where the system chooses it. */
  private static SocketAddress address(ServerSettings settings) {
    return settings.port() == 0
        ? SocketAddress.sharedRandomPort(1, settings.host())
        : SocketAddress.inetSocketAddress(settings.port(), settings.host());
  }

  /**
   * A connection is idle while its client waits for a whole answer, so it may be idle for longer
   * than the longest call takes.
   */
  private static HttpServerOptions options(Keyring keyring) {
    var options = plain();
    keyring
        .server()
        .ifPresent(
            identity -> options.setSsl(true).setUseAlpn(true).setKeyCertOptions(pem(identity)));
    return options;
  }

  private static PemKeyCertOptions pem(Identity identity) {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(identity.certificate()))
        .addKeyValue(Buffer.buffer(identity.key().reveal()));
  }

  private static HttpServerOptions plain() {
    return new HttpServerOptions()
        .setTcpNoDelay(true)
        .setAcceptBacklog(BACKLOG)
        .setIdleTimeout(15)
        .setIdleTimeoutUnit(TimeUnit.MINUTES)
        .setHandle100ContinueAutomatically(true)
        .setMaxInitialLineLength(MAX_REQUEST_LINE)
        .setMaxHeaderSize(MAX_HEADERS)
        .setHttp2ClearTextEnabled(true)
        .setHttp2RstFloodMaxRstFramePerWindow(MAX_HANG_UPS)
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(MAX_STREAMS)
                .setMaxHeaderListSize(MAX_HEADERS));
  }
}
