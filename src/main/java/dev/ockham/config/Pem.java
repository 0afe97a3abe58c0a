package dev.ockham.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.catalog.Identity;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Certificates and keys as text. */
final class Pem {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final byte[] PROBE = "does the key fit".getBytes(UTF_8);

  private Pem() {}

  /** The certificates in a text; none where it is not PEM. */
  static List<Certificate> certificates(String text) {
    try {
      var in = new ByteArrayInputStream(text.getBytes(UTF_8));
      return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
    } catch (CertificateException _) {
      return List.of();
    }
  }

  /** A key of this algorithm; empty where the text is none. */
  static Optional<PrivateKey> key(String text, String algorithm) {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      return Optional.empty();
    }
    try {
      String body = text.substring(begin + BEGIN.length(), end).replaceAll("\\s", "");
      var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** What is expected where a pair cannot be used: files may be read while they are replaced. */
  static Optional<String> wrong(Identity identity) {
    List<Certificate> chain = certificates(identity.certificate());
    if (chain.isEmpty()) {
      return Optional.of("a certificate in PEM beside it");
    }
    PublicKey own = chain.getFirst().getPublicKey();
    Optional<PrivateKey> key = key(identity.key().reveal(), own.getAlgorithm());
    if (key.isEmpty()) {
      return Optional.of(
          "a private key as openssl pkcs8 -topk8 -nocrypt writes it, of the certificate's kind ("
              + own.getAlgorithm()
              + ")");
    }
    return fits(own, key.get()) ? Optional.empty() : Optional.of("the key of the certificate");
  }

  private static boolean fits(PublicKey own, PrivateKey key) {
    String algorithm =
        switch (own.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> own.getAlgorithm();
        };
    try {
      var signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(PROBE);
      var checking = Signature.getInstance(algorithm);
      checking.initVerify(own);
      checking.update(PROBE);
      return checking.verify(signing.sign());
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
