package dev.ockham.provider;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.Endpoint;
import dev.ockham.chat.Dialect;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Addresses of providers. All of them come from the configuration. */
final class Addresses {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private Addresses() {}

  /** What a request asks an endpoint for. */
  static RequestOptions of(Outgoing request, Access access) {
    Endpoint endpoint = request.endpoint();
    return of(
            endpoint.baseUrl(),
            access.apiVersion().map(version -> versioned(request, version)).orElse(request.path()))
        .setMethod(request.method());
  }

  static RequestOptions of(String baseUrl, String path) {
    URI base = URI.create(baseUrl);
    boolean tls = tls(baseUrl);
    int port = base.getPort() >= 0 ? base.getPort() : tls ? 443 : 80;
    return new RequestOptions()
        .setHost(base.getHost())
        .setPort(port)
        .setSsl(tls)
        .setURI(base.getRawPath() + path)
        .setFollowRedirects(false);
  }

  static boolean tls(String baseUrl) {
    return baseUrl.startsWith("https:");
  }

  static boolean onThisMachine(String baseUrl) {
    return THIS_MACHINE.contains(String.valueOf(URI.create(baseUrl).getHost()));
  }

  /** A name as one segment of a path. */
  static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  /** Azure's older addresses name the deployment, where there is one, and a version. */
  private static String versioned(Outgoing request, String version) {
    boolean deployed =
        request.endpoint().dialect() == Dialect.OPENAI_CHAT && !request.model().isEmpty();
    return (deployed ? "/deployments/" + encoded(request.model()) : "")
        + request.path()
        + (request.path().contains("?") ? "&" : "?")
        + "api-version="
        + version;
  }
}
