package dev.ockham.store;

import static dev.ockham.store.Stores.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysTest {
  @TempDir private Path parent;

  @Test
  void a_key_authenticates_its_caller_also_after_a_restart() {
    var wanted =
        new NewKey(
            "default",
            "laptop",
            "p-17",
            Caller.Role.CLIENT,
            List.of(
                Scope.parse("user:ann"), Scope.parse("tag:env=prod"), Scope.parse("team:claims")),
            Set.of("auto", "gpt-mid"));
    IssuedKey key;
    Caller caller;
    try (Store store = Stores.open(parent.resolve("data"))) {
      key = get(store.keys().create(wanted));
      caller = store.keys().authenticate(key.text()).orElseThrow();
      assertThat(caller.scopes())
          .containsExactly(
              Scope.parse("org:default"),
              Scope.parse("team:claims"),
              Scope.parse("user:ann"),
              Scope.parse("key:" + key.key().id()),
              Scope.parse("tag:env=prod"));
      assertThat(caller.mayUse("auto")).isTrue();
      assertThat(caller.mayUse("gpt-large")).isFalse();
    }
    try (Store store = Stores.open(parent.resolve("data"))) {
      assertThat(store.keys().authenticate(key.text())).contains(caller);
    }
  }

  @Test
  void a_wrong_character_anywhere_is_no_key() {
    try (Store store = Stores.open(parent.resolve("data"))) {
      String text = get(store.keys().create(NewKey.of("a", Caller.Role.ADMIN))).text();
      for (int i = 0; i < text.length(); i++) {
        char other = text.charAt(i) == 'a' ? 'b' : 'a';
        String wrong = text.substring(0, i) + other + text.substring(i + 1);
        assertThat(store.keys().authenticate(wrong)).as(wrong).isEmpty();
      }
      assertThat(store.keys().authenticate("")).isEmpty();
      assertThat(store.keys().authenticate(text + "a")).isEmpty();
    }
  }

  @Test
  void a_revoked_key_is_none_but_stays_listed() {
    try (Store store = Stores.open(parent.resolve("data"))) {
      IssuedKey key = get(store.keys().create(NewKey.of("a", Caller.Role.CLIENT)));
      assertThat(get(store.keys().revoke(key.key().id()))).isTrue();
      assertThat(get(store.keys().revoke(key.key().id()))).isFalse();
      assertThat(store.keys().authenticate(key.text())).isEmpty();
      assertThat(store.keys().list().getFirst().revoked()).isPresent();
    }
    try (Store store = Stores.open(parent.resolve("data"))) {
      assertThat(store.keys().list().getFirst().revoked()).isPresent();
    }
  }

  @Test
  void the_secret_is_in_no_file_and_in_no_text() throws IOException {
    try (Store store = Stores.open(parent.resolve("data"))) {
      IssuedKey key = get(store.keys().create(NewKey.of("a", Caller.Role.CLIENT)));
      String secret = key.text().substring(key.text().lastIndexOf('_') + 1);
      assertThat(key.toString()).doesNotContain(secret);
      try (Stream<Path> files = Files.walk(parent)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
          assertThat(content.contains(secret)).as("%s", file).isFalse();
        }
      }
    }
  }
}
