package dev.ockham.policy;

import java.util.List;
import java.util.Set;

/**
 * Who makes a request, as its key tells.
 *
 * @param organisation on every row that is kept
 * @param keyId the public part of the key; the secret part is not here
 * @param principal a pseudonymous reference to the person or service behind the key
 * @param scopes every scope of the key's record, widest first, such as {@code org:default,
 *     team:claims, key:4f2a}; a request adds what lies across, such as its model
 * @param allowed names of models and routes the key may use; empty means all
 */
public record Caller(
    String organisation,
    String keyId,
    String principal,
    Role role,
    List<Scope> scopes,
    Set<String> allowed) {

  /** What a key is for. */
  public enum Role {
    /** May call models. */
    CLIENT,
    /** May also read and change everything under {@code /api/v1}. */
    ADMIN
  }

  public Caller {
    scopes = List.copyOf(scopes);
    allowed = Set.copyOf(allowed);
  }

  public boolean mayUse(String name) {
    return allowed.isEmpty() || allowed.contains(name);
  }
}
