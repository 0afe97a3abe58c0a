package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.ReasoningState;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what a model's maker wants back, so that a client of another dialect can carry it: the
 * client puts the envelope where its own dialect has a signature. An envelope opens only for the
 * model, provider and organisation it was sealed for, and only unchanged.
 *
 * <p>The form is base64 of three bytes that read {@code ock1}, an HMAC-SHA-256 cut to 16 bytes, and
 * the value; base64, because some clients decode what stands there.
 */
public final class Seals {
  private static final String PREFIX = "ock1";
  private static final byte[] MAGIC = Base64.getDecoder().decode(PREFIX);
  private static final int MAC_LENGTH = 16;
  private static final int VALUE_AT = 3 + MAC_LENGTH;

  private final SecretKeySpec key;

  private Seals(SecretKeySpec key) {
    this.key = key;
  }

  /**
   * @param key at least 32 bytes that nobody else knows; nodes that serve one client share it
   */
  public static Seals of(byte[] key) {
    if (key.length < 32) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes (expected: >= 32)");
    }
    return new Seals(new SecretKeySpec(key, "HmacSHA256"));
  }

  /** Whether a text says that it is an envelope. */
  public static boolean isSealed(String text) {
    return text.startsWith(PREFIX);
  }

  /** The seal of one model at one provider, for one organisation. */
  public Seal of(String organisation, String endpoint, String model) {
    return new Seal(organisation + '\0' + endpoint + '\0' + model + '\0');
  }

  /** Seals and opens for one origin. */
  public final class Seal {
    private final String origin;

    private Seal(String origin) {
      this.origin = origin;
    }

    String seal(ReasoningState state) {
      byte[] value = state.value().getBytes(StandardCharsets.UTF_8);
      byte[] envelope = Arrays.copyOf(MAGIC, VALUE_AT + value.length);
      System.arraycopy(mac(state.origin(), value), 0, envelope, MAGIC.length, MAC_LENGTH);
      System.arraycopy(value, 0, envelope, VALUE_AT, value.length);
      return Base64.getEncoder().encodeToString(envelope);
    }

    /** What was sealed for this origin by a provider of its dialect; empty for anything else. */
    Optional<ReasoningState> open(String sealed, Dialect dialect) {
      byte[] envelope;
      try {
        envelope = Base64.getDecoder().decode(sealed);
      } catch (IllegalArgumentException notBase64) {
        return Optional.empty();
      }
      if (!isSealed(sealed) || envelope.length < VALUE_AT) {
        return Optional.empty();
      }
      byte[] value = Arrays.copyOfRange(envelope, VALUE_AT, envelope.length);
      byte[] said = Arrays.copyOfRange(envelope, MAGIC.length, VALUE_AT);
      if (!MessageDigest.isEqual(said, mac(dialect, value))) {
        return Optional.empty();
      }
      return Optional.of(new ReasoningState(dialect, new String(value, StandardCharsets.UTF_8)));
    }

    private byte[] mac(Dialect dialect, byte[] value) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        mac.update((origin + dialect.wireName() + '\0').getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(mac.doFinal(value), MAC_LENGTH);
      } catch (GeneralSecurityException missing) {
        throw new IllegalStateException("this JDK has no HmacSHA256", missing);
      }
    }
  }
}
