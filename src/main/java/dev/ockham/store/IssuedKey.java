package dev.ockham.store;

/**
 * A key that was just made.
 *
 * @param text the secret; shown once, kept nowhere
 */
public record IssuedKey(StoredKey key, String text) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "IssuedKey[" + key.id() + "]";
  }
}
