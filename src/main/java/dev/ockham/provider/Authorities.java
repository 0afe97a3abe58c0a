package dev.ockham.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.function.Function;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trust in the system's certificate authorities and a company's own. The framework asks for it on a
 * thread of its own, since the system's are read from a file.
 */
final class Authorities implements TrustOptions {
  private final String pem;

  Authorities(String pem) {
    this.pem = pem;
  }

  @Override
  public TrustOptions copy() {
    return this;
  }

  @Override
  public TrustManagerFactory getTrustManagerFactory(Vertx vertx)
      throws GeneralSecurityException, IOException {
    KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
    all.load(null, null);
    int count = 0;
    for (TrustManager manager : factory(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager system) {
        for (X509Certificate each : system.getAcceptedIssuers()) {
          all.setCertificateEntry("system-" + count++, each);
        }
      }
    }
    var in = new ByteArrayInputStream(pem.getBytes(US_ASCII));
    for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
      all.setCertificateEntry("own-" + count++, each);
    }
    return factory(all);
  }

  @Override
  @SuppressWarnings("NullAway") // null is the framework's word for "as for every other server"
  public Function<String, TrustManager[]> trustManagerMapper(Vertx vertx) {
    return server -> null;
  }

  private static TrustManagerFactory factory(@Nullable KeyStore store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
