package dev.ockham.provider;

import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Secret;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * The connections of one event loop to all providers. Addresses come from endpoints alone, and a
 * credential goes only to the endpoint it belongs to. Redirects are not followed.
 */
final class Upstreams {
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence X_API_KEY = HttpHeaders.createOptimized("x-api-key");
  private static final CharSequence X_GOOG_API_KEY = HttpHeaders.createOptimized("x-goog-api-key");
  private static final CharSequence ANTHROPIC_VERSION =
      HttpHeaders.createOptimized("anthropic-version");
  private static final CharSequence ANTHROPIC_BETA = HttpHeaders.createOptimized("anthropic-beta");
  private static final String DEFAULT_ANTHROPIC_VERSION = "2023-06-01";

  /** Below the five seconds after which common model servers close an idle connection. */
  private static final int KEEP_ALIVE_SECONDS = 4;

  private static final int MAX_CONNECTIONS = 8192;
  private static final int MAX_WAITING = 1024;

  /**
   * @param paths what was asked there, by path; as many as it has models, twice at most
   */
  private record Upstream(
      Endpoint endpoint, Map<String, RequestOptions> paths, CharSequence credential) {
    RequestOptions at(String path) {
      return paths.computeIfAbsent(path, added -> address(endpoint, added));
    }
  }

  private final HttpClient client;
  private final Map<String, Secret> credentials;
  private final Map<Endpoint, Upstream> known = new HashMap<>();

  /** Made on the event loop that will use it. */
  Upstreams(Vertx vertx, Map<String, Secret> credentials, Patience patience) {
    var options =
        new HttpClientOptions()
            .setTcpNoDelay(true)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setConnectTimeout((int) patience.connect().toMillis())
            .setDecompressionSupported(false)
            .setMaxHeaderSize(32 * 1024)
            .setMaxRedirects(0);
    var pool = new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING);
    // a connection that breaks is told to its attempt, and is no news besides
    this.client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(pool)
            .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
            .build();
    this.credentials = credentials;
  }

  Future<HttpClientRequest> open(Call call) {
    return client.request(upstream(call.model().endpoint()).at(call.path()));
  }

  /** Everything a provider is told besides the body. */
  void addHeaders(HttpClientRequest request, Call call) {
    Endpoint endpoint = call.model().endpoint();
    MultiMap headers = request.headers();
    headers.set(HttpHeaders.CONTENT_TYPE, JSON);
    CharSequence credential = upstream(endpoint).credential;
    switch (endpoint.dialect()) {
      case OPENAI_CHAT, OPENAI_RESPONSES, BEDROCK_CONVERSE -> {
        if (!credential.isEmpty()) {
          headers.set(HttpHeaders.AUTHORIZATION, credential);
        }
      }
      case GEMINI_GENERATE -> {
        if (!credential.isEmpty()) {
          headers.set(X_GOOG_API_KEY, credential);
        }
      }
      case ANTHROPIC_MESSAGES -> {
        if (!credential.isEmpty()) {
          headers.set(X_API_KEY, credential);
        }
        Call.PassedHeaders passed = call.headers();
        headers.set(ANTHROPIC_VERSION, passed.anthropicVersion().orElse(DEFAULT_ANTHROPIC_VERSION));
        passed.anthropicBeta().ifPresent(beta -> headers.set(ANTHROPIC_BETA, beta));
      }
    }
  }

  void close() {
    var _ = client.close();
  }

  private Upstream upstream(Endpoint endpoint) {
    return known.computeIfAbsent(endpoint, this::prepare);
  }

  private Upstream prepare(Endpoint endpoint) {
    Secret secret = credentials.get(endpoint.name());
    String prefix =
        switch (endpoint.dialect()) {
          case OPENAI_CHAT, OPENAI_RESPONSES, BEDROCK_CONVERSE -> "Bearer ";
          case ANTHROPIC_MESSAGES, GEMINI_GENERATE -> "";
        };
    return new Upstream(
        endpoint,
        new HashMap<>(),
        secret == null ? "" : HttpHeaders.createOptimized(prefix + secret.reveal()));
  }

  private static RequestOptions address(Endpoint endpoint, String path) {
    URI base = URI.create(endpoint.baseUrl());
    boolean tls = "https".equals(base.getScheme());
    int port = base.getPort() >= 0 ? base.getPort() : tls ? 443 : 80;
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost(base.getHost())
        .setPort(port)
        .setSsl(tls)
        .setURI(base.getRawPath() + path)
        .setFollowRedirects(false);
  }
}
