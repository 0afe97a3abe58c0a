package dev.ockham.store;

import dev.ockham.policy.Caller;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The keys that callers show. Thin for now. */
@SuppressWarnings("DoNotCallSuggester")
public final class Keys {
  Keys() {}

  /** Whose key this is; empty for no key of ours and for a revoked one. Never blocks. */
  public Optional<Caller> authenticate(String presented) {
    throw new UnsupportedOperationException();
  }

  /** Makes a key; its text is shown this once. */
  public CompletionStage<IssuedKey> create(NewKey wanted) {
    throw new UnsupportedOperationException(wanted.toString());
  }

  /** All keys, revoked ones too, oldest first. */
  public List<StoredKey> list() {
    throw new UnsupportedOperationException();
  }

  /** False if there is no such key, or it is revoked already. */
  public CompletionStage<Boolean> revoke(String keyId) {
    throw new UnsupportedOperationException(keyId);
  }
}
