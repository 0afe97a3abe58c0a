package dev.ockham.store;

import static dev.ockham.store.Stores.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ockham.ledger.RequestId;
import dev.ockham.policy.Caller;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is a data folder that opens like any other. */
final class BackupTest {
  @TempDir private Path parent;

  @Test
  void a_backup_opens_as_a_data_folder_with_everything_up_to_then() {
    Path copy = parent.resolve("backup");
    IssuedKey key;
    RequestId id;
    try (Store store = Stores.open(parent.resolve("data"))) {
      key = get(store.keys().create(NewKey.of("laptop", Caller.Role.CLIENT)));
      id = Stores.serve(store);
      store.accounts().dispatched(Stores.hold(store, store.ids().nextRequest()));
      get(store.backup(copy));
      Stores.serve(store);
    }
    try (Store restored = Stores.open(copy)) {
      assertThat(get(restored.requests().byId("default", id))).isPresent();
      assertThat(restored.keys().authenticate(key.text())).isPresent();
      Totals totals = get(restored.requests().totals("default"));
      assertThat(totals.requests()).isEqualTo(1);
      assertThat(totals.attempts()).isEqualTo(2);
      assertThat(totals.estimated()).isEqualTo(1);
      Stores.serve(restored);
    }
  }

  @Test
  void a_backup_does_not_overwrite_another() {
    Path copy = parent.resolve("backup");
    try (Store store = Stores.open(parent.resolve("data"))) {
      get(store.backup(copy));
      assertThatThrownBy(() -> get(store.backup(copy))).hasMessageContaining("backup");
    }
  }
}
