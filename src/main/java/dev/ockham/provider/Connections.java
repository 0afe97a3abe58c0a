package dev.ockham.provider;

import dev.ockham.catalog.Identity;
import dev.ockham.catalog.Network;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pools of one event loop: one for each way through the network, by TLS and in the clear.
 * Providers with TLS are offered HTTP/2; those in the clear speak HTTP/1.1.
 */
final class Connections {
  /** Below the five seconds after which common model servers close an idle connection. */
  private static final int KEEP_ALIVE_SECONDS = 4;

  private static final int HTTP2_KEEP_ALIVE_SECONDS = 60;
  private static final int MAX_CONNECTIONS = 8192;
  private static final int MAX_HTTP2_CONNECTIONS = 16;
  private static final int MAX_WAITING = 1024;
  private static final int STREAMS = 100;

  /** What may come for a client that does not read; the provider waits then. */
  private static final int STREAM_WINDOW = 128 * 1024;

  /** All streams of a connection may be waited for, and the connection goes on. */
  private static final int CONNECTION_WINDOW = (STREAMS + 1) * STREAM_WINDOW;

  /** Calls under way on a way that is no longer used may end. */
  private static final Duration FAREWELL = Duration.ofMinutes(10);

  private record Way(Network network, boolean tls) {}

  private final Vertx vertx;
  private final Patience patience;
  private final Map<Way, HttpClient> clients = new HashMap<>();

  /** Made on the event loop that will use it. */
  Connections(Vertx vertx, Patience patience) {
    this.vertx = vertx;
    this.patience = patience;
  }

  /** The client for an address; no proxy is asked for one of this machine. */
  HttpClient to(String url, Network network) {
    Network way =
        Addresses.onThisMachine(url)
            ? new Network(Optional.empty(), network.authorities(), network.identity())
            : network;
    return clients.computeIfAbsent(new Way(way, Addresses.tls(url)), this::made);
  }

  /** Ways that are not in use any more are closed when their calls have ended. */
  void keepOnly(Set<HttpClient> used) {
    clients
        .values()
        .removeIf(client -> {
          if (used.contains(client)) {
            return false;
          }
          var _ = client.shutdown(FAREWELL);
          return true;
        });
  }

  void close() {
    clients
        .values()
        .forEach(client -> {
          var _ = client.close();
        });
  }

  private HttpClient made(Way way) {
    var pool =
        new PoolOptions()
            .setHttp1MaxSize(MAX_CONNECTIONS)
            .setHttp2MaxSize(MAX_HTTP2_CONNECTIONS)
            .setMaxWaitQueueSize(MAX_WAITING);
    // a connection that breaks is told to its attempt, and is no news besides
    return vertx
        .httpClientBuilder()
        .with(options(way))
        .with(pool)
        .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
        .build();
  }

  private HttpClientOptions options(Way way) {
    var options =
        new HttpClientOptions()
            .setTcpNoDelay(true)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setConnectTimeout((int) patience.connect().toMillis())
            .setDecompressionSupported(false)
            .setMaxHeaderSize(32 * 1024)
            .setMaxRedirects(0);
    way.network.proxy().ifPresent(proxy -> options.setProxyOptions(asked(proxy)));
    if (way.tls) {
      options
          .setUseAlpn(true)
          .setProtocolVersion(HttpVersion.HTTP_2)
          .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
          .setHttp2KeepAliveTimeout(HTTP2_KEEP_ALIVE_SECONDS)
          .setHttp2MultiplexingLimit(STREAMS)
          .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
          .setInitialSettings(
              new Http2Settings()
                  .setPushEnabled(false)
                  .setInitialWindowSize(STREAM_WINDOW)
                  .setMaxHeaderListSize(32 * 1024));
      way.network.authorities().ifPresent(pem -> options.setTrustOptions(new Authorities(pem)));
      way.network.identity().ifPresent(shown -> options.setKeyCertOptions(pem(shown)));
    }
    return options;
  }

  private static PemKeyCertOptions pem(Identity identity) {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(identity.certificate()))
        .addKeyValue(Buffer.buffer(identity.key().reveal()));
  }

  private static ProxyOptions asked(Network.Proxy proxy) {
    var options =
        new ProxyOptions().setType(ProxyType.HTTP).setHost(proxy.host()).setPort(proxy.port());
    proxy.user().ifPresent(user -> options.setUsername(user.reveal()));
    proxy.password().ifPresent(password -> options.setPassword(password.reveal()));
    return options;
  }
}
