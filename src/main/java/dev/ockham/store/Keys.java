package dev.ockham.store;

import dev.ockham.ledger.Micros;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that callers show: {@code ock_}, an id, {@code _}, and a secret of 130 random bits. Kept
 * are the id and an HMAC-SHA-256 of both under a pepper that is not in the database. All keys are
 * in memory as one immutable map.
 */
public final class Keys {
  private static final String PREFIX = "ock_";
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int ID = 10;
  private static final int SECRET = 26;
  private static final int SECRET_AT = PREFIX.length() + ID + 1;

  private final Writer writer;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Mac mac;
  private volatile Map<String, Known> keys;

  /** A key and what its text hashes to. */
  static final class Known {
    private final StoredKey key;
    private final byte[] hash;

    Known(StoredKey key, byte[] hash) {
      this.key = key;
      this.hash = hash;
    }
  }

  Keys(Writer writer, StoreSettings settings, byte[] pepper, Map<String, Known> keys) {
    this.writer = writer;
    this.clock = settings.clock();
    this.random = settings.random();
    this.keys = Map.copyOf(keys);
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(pepper, "HmacSHA256"));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this JDK has no HmacSHA256", missing);
    }
  }

  /** Whose key this is; empty for no key of ours and for a revoked one. Never blocks. */
  public Optional<Caller> authenticate(String presented) {
    if (presented.length() != SECRET_AT + SECRET || !presented.startsWith(PREFIX)) {
      return Optional.empty();
    }
    Known known = keys.get(presented.substring(PREFIX.length(), PREFIX.length() + ID));
    if (known == null
        || known.key.revoked().isPresent()
        || !MessageDigest.isEqual(known.hash, hash(presented))) {
      return Optional.empty();
    }
    return Optional.of(known.key.caller());
  }

  /** Makes a key; its text is shown this once. */
  public CompletionStage<IssuedKey> create(NewKey wanted) {
    return writer.submit(connection -> {
      String id = letters(ID);
      String text = PREFIX + id + "_" + letters(SECRET);
      var key =
          new StoredKey(
              id,
              wanted.name(),
              caller(id, wanted),
              Micros.toInstant(Micros.of(clock.instant())),
              Optional.empty());
      byte[] hash = hash(text);
      insert(connection, key, wanted, hash);
      replace(new Known(key, hash));
      return new IssuedKey(key, text);
    });
  }

  /** Who shows the key of this id; empty for none of ours and for a revoked one. */
  public Optional<Caller> caller(String keyId) {
    return Optional.ofNullable(keys.get(keyId))
        .filter(known -> known.key.revoked().isEmpty())
        .map(known -> known.key.caller());
  }

  /** All keys, revoked ones too, oldest first. */
  public List<StoredKey> list() {
    return keys.values().stream()
        .map(known -> known.key)
        .sorted(Comparator.comparing(StoredKey::created).thenComparing(StoredKey::id))
        .toList();
  }

  /** False if there is no such key, or it is revoked already. */
  public CompletionStage<Boolean> revoke(String keyId) {
    return writer.submit(connection -> {
      Known known = keys.get(keyId);
      if (known == null || known.key.revoked().isPresent()) {
        return false;
      }
      long micros = Micros.of(clock.instant());
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE api_key SET revoked = ? WHERE id = ?")) {
        update.setLong(1, micros);
        update.setString(2, keyId);
        update.executeUpdate();
      }
      replace(new Known(known.key.revokedAt(Micros.toInstant(micros)), known.hash));
      return true;
    });
  }

  static Map<String, Known> load(Connection connection) throws SQLException {
    Map<String, Known> loaded = new HashMap<>();
    String sql =
        "SELECT id, organisation, name, principal, role, allowed, hash, created, revoked, scopes"
            + " FROM api_key";
    try (PreparedStatement ask = connection.prepareStatement(sql);
        ResultSet rows = ask.executeQuery()) {
      while (rows.next()) {
        String id = rows.getString(1);
        String allowed = rows.getString(6);
        var wanted =
            new NewKey(
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                Caller.Role.valueOf(rows.getString(5).toUpperCase(Locale.ROOT)),
                scopes(rows.getString(10)),
                allowed.isEmpty() ? Set.of() : Set.of(allowed.split("\n", -1)));
        var key =
            new StoredKey(
                id,
                wanted.name(),
                caller(id, wanted),
                Micros.toInstant(rows.getLong(8)),
                SqlCheckpoint.instant(rows, 9));
        loaded.put(id, new Known(key, rows.getBytes(7)));
      }
    }
    return loaded;
  }

  private static void insert(Connection connection, StoredKey key, NewKey wanted, byte[] hash)
      throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement(
            "INSERT INTO api_key"
                + " (id, organisation, name, principal, role, allowed, hash, created, scopes)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      row.setString(1, key.id());
      row.setString(2, wanted.organisation());
      row.setString(3, wanted.name());
      row.setString(4, wanted.principal());
      row.setString(5, wanted.role().name().toLowerCase(Locale.ROOT));
      row.setString(6, String.join("\n", wanted.allowed()));
      row.setBytes(7, hash);
      row.setLong(8, Micros.of(key.created()));
      row.setString(9, lines(wanted.within()));
      row.executeUpdate();
    }
  }

  private static String lines(List<Scope> scopes) {
    return scopes.stream().map(Scope::toString).collect(Collectors.joining("\n"));
  }

  private static List<Scope> scopes(String lines) {
    return lines.lines().map(Scope::parse).toList();
  }

  private static Caller caller(String id, NewKey wanted) {
    List<Scope> scopes = new ArrayList<>();
    scopes.add(new Scope(Scope.Kind.ORG, wanted.organisation()));
    scopes.add(new Scope(Scope.Kind.KEY, id));
    scopes.addAll(wanted.within());
    scopes.sort(Comparator.comparing(Scope::kind));
    return new Caller(
        wanted.organisation(), id, wanted.principal(), wanted.role(), scopes, wanted.allowed());
  }

  /** On the writing thread. */
  private void replace(Known changed) {
    Map<String, Known> next = new HashMap<>(keys);
    next.put(changed.key.id(), changed);
    keys = Map.copyOf(next);
  }

  private String letters(int count) {
    var text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private byte[] hash(String text) {
    try {
      // A copy, because one Mac serves one thread at a time.
      return ((Mac) mac.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException missing) {
      throw new IllegalStateException("this JDK's HmacSHA256 cannot be copied", missing);
    }
  }
}
