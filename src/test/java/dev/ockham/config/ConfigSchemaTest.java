package dev.ockham.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What editors and people read is what the reader reads. */
class ConfigSchemaTest {
  @Test
  void the_schema_in_docs_is_the_one_in_force() throws IOException {
    assertThat(Files.readString(Path.of("docs/ockham.schema.json")))
        .as("make it anew: ./ockham check --schema > docs/ockham.schema.json")
        .isEqualTo(ConfigSchema.json());
  }

  @Test
  void the_reference_in_docs_has_every_key() throws IOException {
    assertThat(Files.readString(Path.of("docs/configuration.md")))
        .as("put this table into docs/configuration.md:\n" + ConfigSchema.reference())
        .contains(ConfigSchema.reference());
  }
}
