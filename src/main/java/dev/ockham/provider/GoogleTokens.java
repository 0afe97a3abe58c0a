package dev.ockham.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.catalog.Credential.GoogleAccount;
import dev.ockham.provider.Authorization.NoToken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The access token of one Google service account, for one event loop. It is fetched when it is
 * first needed, and anew in the background a while before it ends, so that only the first call
 * waits; how long, the caller says.
 */
final class GoogleTokens {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final Duration LIFE = Duration.ofHours(1);

  /** A token with less than this left is replaced. */
  private static final Duration EARLY = Duration.ofMinutes(5);

  /** Not asked again sooner after a failure. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final int MAX_ANSWER = 64 * 1024;
  private static final long EXCHANGE_MILLIS = 10_000;
  private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

  private record Token(CharSequence header, Instant ends) {}

  private final Vertx vertx;
  private final GoogleAccount account;
  private final HttpClient client;
  private final InstantSource clock;
  private @Nullable Future<Token> fetching;
  private @Nullable Token token;
  private Instant failedAt = Instant.MIN;
  private NoToken failure = new NoToken("no access token was asked for yet");

  GoogleTokens(Vertx vertx, GoogleAccount account, HttpClient client, InstantSource clock) {
    this.vertx = vertx;
    this.account = account;
    this.client = client;
    this.clock = clock;
  }

  /** The value of the header {@code authorization}. */
  Future<CharSequence> current() {
    Instant now = clock.instant();
    Token known = token;
    if (known == null || !known.ends.isAfter(now)) {
      return fetched(now).map(Token::header);
    }
    if (known.ends.minus(EARLY).isBefore(now)) {
      var _ = fetched(now);
    }
    return Future.succeededFuture(known.header);
  }

  /** One exchange at a time, whoever asks. */
  private Future<Token> fetched(Instant now) {
    Future<Token> underWay = fetching;
    if (underWay != null) {
      return underWay;
    }
    if (failedAt.isAfter(now.minus(PAUSE))) {
      return Future.failedFuture(failure);
    }
    Future<Token> exchange =
        vertx
            .executeBlocking(() -> assertion(now), false)
            .compose(assertion -> post(Objects.requireNonNull(assertion)))
            .recover(cause -> Future.failedFuture(said(cause)));
    fetching = exchange;
    return exchange.andThen(result -> {
      fetching = null;
      if (result.succeeded()) {
        token = result.result();
      } else {
        failedAt = clock.instant();
        failure = said(result.cause());
      }
    });
  }

  private static NoToken said(Throwable cause) {
    return cause instanceof NoToken known
        ? known
        : new NoToken("the token endpoint: " + ProviderFailure.whyNotConnected(cause));
  }

  private Future<Token> post(String assertion) {
    var body = "grant_type=" + GRANT.replace(":", "%3A") + "&assertion=" + assertion;
    RequestOptions address =
        Addresses.of(account.tokenUrl(), "")
            .setMethod(HttpMethod.POST)
            .setConnectTimeout(EXCHANGE_MILLIS)
            .setTimeout(EXCHANGE_MILLIS);
    return client
        .request(address)
        .compose(request -> {
          request.headers().set(HttpHeaders.CONTENT_TYPE, "application/x-www-form-urlencoded");
          return request.send(Buffer.buffer(body)).compose(this::read);
        });
  }

  private Future<Token> read(HttpClientResponse response) {
    var whole = Buffer.buffer();
    response.handler(piece -> {
      if (whole.length() + piece.length() > MAX_ANSWER) {
        var _ = response.request().reset();
      } else {
        whole.appendBuffer(piece);
      }
    });
    return response.end().map(nothing -> parse(response.statusCode(), whole));
  }

  private Token parse(int status, Buffer body) {
    if (status != 200) {
      throw new NoToken("the token endpoint answered " + status + ": check the service account");
    }
    try {
      JsonNode answer = JSON.readTree(body.getBytes());
      String text = answer.path("access_token").asString("");
      long seconds = answer.path("expires_in").asLong(0);
      if (text.isEmpty() || seconds <= 0) {
        throw new NoToken("the token endpoint answered without a token");
      }
      return new Token(
          HttpHeaders.createOptimized("Bearer " + text), clock.instant().plusSeconds(seconds));
    } catch (JacksonException notJson) {
      throw new NoToken("the token endpoint answered no JSON");
    }
  }

  /** A JSON web token, signed with the account's key, which says who asks for what. */
  private String assertion(Instant now) {
    ObjectNode head = JSON.createObjectNode();
    head.put("alg", "RS256").put("typ", "JWT").put("kid", account.keyId());
    ObjectNode claims = JSON.createObjectNode();
    claims.put("iss", account.email()).put("scope", SCOPE).put("aud", account.tokenUrl());
    claims.put("iat", now.getEpochSecond()).put("exp", now.plus(LIFE).getEpochSecond());
    String text = part(head) + "." + part(claims);
    return text + "." + URL_SAFE.encodeToString(signed(text));
  }

  private static String part(ObjectNode node) {
    return URL_SAFE.encodeToString(JSON.writeValueAsBytes(node));
  }

  private byte[] signed(String text) {
    try {
      String key = account.privateKey().reveal().replaceAll("-----[A-Z ]+-----|\\s", "");
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))));
      signature.update(text.getBytes(UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException | IllegalArgumentException unusable) {
      throw new NoToken("the service account's private key cannot sign");
    }
  }
}
