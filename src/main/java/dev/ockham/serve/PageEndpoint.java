package dev.ockham.serve;

import dev.ockham.console.Screen;
import dev.ockham.provider.Bytes;
import dev.ockham.serve.Exchange.Arrival;
import io.vertx.core.http.HttpHeaders;

/** The files a browser asks for. They hold no data: what they show, they ask our API for. */
final class PageEndpoint {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final byte[] openApi = Screen.OPENAPI.read();
  private final byte[] html = Screen.HTML.read();
  private final byte[] script = Screen.SCRIPT.read();
  private final byte[] style = Screen.STYLE.read();

  void openApi(Arrival arrival) {
    tell(arrival, "application/json", openApi);
  }

  void console(Arrival arrival) {
    tell(arrival, "text/html; charset=utf-8", html);
  }

  void script(Arrival arrival) {
    tell(arrival, "text/javascript; charset=utf-8", script);
  }

  void style(Arrival arrival) {
    tell(arrival, "text/css; charset=utf-8", style);
  }

  private static void tell(Arrival arrival, String type, byte[] bytes) {
    var response = arrival.http().response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, type);
    response.putHeader(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE);
    response.putHeader("content-security-policy", POLICY);
    response.putHeader("x-content-type-options", "nosniff");
    response.putHeader("referrer-policy", "no-referrer");
    var _ = response.end(Bytes.wrap(bytes));
  }
}
