package dev.ockham.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Identity;
import dev.ockham.catalog.Network;
import dev.ockham.catalog.Secret;
import dev.ockham.chat.Dialect;
import dev.ockham.testing.Certificates;
import dev.ockham.testing.ConnectProxy;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.ScriptedUpstream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to a provider through a company's network: its authorities, certificates and proxy. */
class NetworkTest {
  private static final String HOST = "models.company.test";

  @TempDir static Path keys;
  private static Certificates server;
  private static Certificates client;

  @TempDir Path folder;

  @BeforeAll
  static void make() {
    server = Certificates.make(keys, "ip:127.0.0.1,dns:" + HOST);
    client = Certificates.make(keys, "dns:gateway.company.test");
  }

  @Test
  void a_companys_own_authority_is_trusted_for_the_provider_it_is_given_for() {
    try (var upstream = upstream(false);
        var calling = calling(upstream.url(), network(Optional.empty()))) {
      assertThat(calling.ask("m").statusCode()).isEqualTo(200);
      assertThat(calling.stream("m").body()).endsWith("data: [DONE]\n\n");
    }
  }

  @Test
  void without_it_the_provider_is_not_believed() {
    try (var upstream = upstream(false);
        var calling = calling(upstream.url(), Network.DIRECT)) {
      var answer = calling.ask("m");
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("TLS failed");
      assertThat(upstream.received()).isEmpty();
    }
  }

  @Test
  void a_certificate_for_another_name_is_not_believed() {
    try (var upstream = upstream(false);
        var calling =
            calling(upstream.url().replace("127.0.0.1", "localhost"), network(Optional.empty()))) {
      assertThat(calling.ask("m").statusCode()).isEqualTo(502);
      assertThat(upstream.received()).isEmpty();
    }
  }

  @Test
  void a_provider_that_asks_for_our_certificate_is_shown_it() {
    try (var upstream = upstream(true);
        var calling = calling(upstream.url(), network(Optional.of(client.identity())))) {
      assertThat(calling.ask("m").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void who_shows_none_is_not_served() {
    try (var upstream = upstream(true);
        var calling = calling(upstream.url(), network(Optional.empty()))) {
      assertThat(calling.ask("m").statusCode()).isEqualTo(502);
    }
  }

  @Test
  void a_proxy_passes_calls_on_to_names_that_only_it_knows() throws IOException {
    String wanted = "Basic " + Base64.getEncoder().encodeToString("ada:pass-1".getBytes(UTF_8));
    try (var upstream = upstream(false);
        var proxy = ConnectProxy.start(port(upstream), wanted);
        var calling = calling("https://" + HOST, proxied(proxy, "pass-1"))) {
      assertThat(calling.ask("m").statusCode()).isEqualTo(200);
      assertThat(proxy.asked())
          .isNotEmpty()
          .allMatch(("CONNECT " + HOST + ":443 HTTP/1.1")::equals);
      assertThat(upstream.lastReceived().header("host")).hasValue(HOST);
      assertThat(upstream.lastReceived().header("proxy-authorization")).isEmpty();
    }
  }

  @Test
  void in_the_clear_a_proxy_is_told_the_whole_address() throws IOException {
    String wanted = "Basic " + Base64.getEncoder().encodeToString("ada:pass-1".getBytes(UTF_8));
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
        var proxy = ConnectProxy.start(port(upstream), wanted);
        var calling = calling("http://" + HOST, proxied(proxy, "pass-1"))) {
      assertThat(calling.ask("m").statusCode()).isEqualTo(200);
      assertThat(upstream.lastReceived().path())
          .endsWith(HOST + "/v1/chat/completions")
          .startsWith("http://");
    }
  }

  @Test
  void a_proxy_that_refuses_us_is_named_as_the_reason() throws IOException {
    try (var upstream = upstream(false);
        var proxy = ConnectProxy.start(port(upstream), "Basic something-else");
        var calling = calling("https://" + HOST, proxied(proxy, "pass-1"))) {
      var answer = calling.ask("m");
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("the proxy").doesNotContain("pass-1");
      assertThat(upstream.received()).isEmpty();
    }
  }

  @Test
  void no_proxy_is_asked_for_this_machine() throws IOException {
    try (var upstream = upstream(false);
        var proxy = ConnectProxy.start(port(upstream), "");
        var calling = calling(upstream.url(), proxied(proxy, "pass-1"))) {
      assertThat(calling.ask("m").statusCode()).isEqualTo(200);
      assertThat(proxy.asked()).isEmpty();
    }
  }

  @Test
  void in_the_clear_a_provider_is_not_bothered_with_upgrades() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
        var calling = calling(upstream.url(), Network.DIRECT)) {
      assertThat(calling.ask("m").statusCode()).isEqualTo(200);
      assertThat(upstream.lastReceived().head()).contains("HTTP/1.1");
      assertThat(upstream.lastReceived().header("upgrade")).isEmpty();
    }
  }

  private Calling calling(String url, Network network) {
    var access = new Access(new Credential.None(), network, Map.of(), Optional.empty());
    return Calling.start(
        folder,
        () -> Calling.keyring("m", access),
        Calling.model("m", Dialect.OPENAI_CHAT, url + "/v1"));
  }

  private static ScriptedUpstream upstream(boolean asksForCertificate) {
    return ScriptedUpstream.startTls(
        server.trusting(client), asksForCertificate, OpenAiReplies.text("Hello", 11, 7));
  }

  private static int port(ScriptedUpstream upstream) {
    return URI.create(upstream.url()).getPort();
  }

  private static Network network(Optional<Identity> identity) {
    return new Network(Optional.empty(), Optional.of(server.certificatePem()), identity);
  }

  private static Network proxied(ConnectProxy proxy, String password) {
    var asked =
        new Network.Proxy(
            "127.0.0.1",
            proxy.port(),
            Optional.of(new Secret("ada")),
            Optional.of(new Secret(password)));
    return new Network(Optional.of(asked), Optional.of(server.certificatePem()), Optional.empty());
  }
}
