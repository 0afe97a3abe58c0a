package dev.ockham.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.catalog.Credential;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests as AWS asks for it: Signature Version 4, by header. */
final class AwsSignature {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();
  private static final String UNRESERVED = "-._~";

  private final Credential.AwsKeys keys;
  private final String service;

  AwsSignature(Credential.AwsKeys keys, String service) {
    this.keys = keys;
    this.service = service;
  }

  /**
   * What is signed of a request.
   *
   * @param path as it is sent, percent-encoded already
   * @param headers by lower-case name; has at least {@code host}
   * @param bodyHash the body's SHA-256 in hex
   */
  record Signable(
      String method, String path, String query, Map<String, String> headers, String bodyHash) {}

  /** The headers to add: the time, the session token if there is one, and the signature. */
  Map<String, String> sign(Signable request, Instant now) {
    String time = TIME.format(now);
    String scope = time.substring(0, 8) + "/" + keys.region() + "/" + service + "/aws4_request";
    var added = new TreeMap<String, String>();
    added.put("x-amz-date", time);
    keys.sessionToken().ifPresent(token -> added.put("x-amz-security-token", token.reveal()));
    SortedMap<String, String> signed = new TreeMap<>(request.headers);
    signed.putAll(added);
    String names = String.join(";", signed.keySet());
    String canonical = sha256(canonical(request, signed, names).getBytes(UTF_8));
    String toSign = String.join("\n", ALGORITHM, time, scope, canonical);
    added.put(
        "authorization",
        ALGORITHM
            + " Credential="
            + keys.accessKeyId().reveal()
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + HEX.formatHex(hmac(key(time.substring(0, 8)), toSign)));
    return added;
  }

  static String sha256(byte[] bytes) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static String canonical(
      Signable request, SortedMap<String, String> signed, String names) {
    var text = new StringBuilder();
    text.append(request.method).append('\n');
    text.append(encodedAgain(request.path)).append('\n');
    text.append(request.query).append('\n');
    signed.forEach(
        (name, value) -> text.append(name).append(':').append(value.strip()).append('\n'));
    return text.append('\n').append(names).append('\n').append(request.bodyHash).toString();
  }

  /**
   * Every service but S3 signs the path encoded once more than it is sent: {@code %3A} is signed as
   * {@code %253A}.
   */
  private static String encodedAgain(String path) {
    var text = new StringBuilder(path.length() + 16);
    for (byte each : path.getBytes(UTF_8)) {
      int c = each & 0xff;
      boolean plain =
          c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0 || c == '/');
      if (plain) {
        text.append((char) c);
      } else {
        text.append('%').append(HEX.withUpperCase().toHexDigits(each));
      }
    }
    return text.toString();
  }

  private byte[] key(String day) {
    byte[] secret = ("AWS4" + keys.secretKey().reveal()).getBytes(UTF_8);
    return hmac(hmac(hmac(hmac(secret, day), keys.region()), service), "aws4_request");
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256", e);
    }
  }
}
