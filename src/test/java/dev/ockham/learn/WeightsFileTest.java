package dev.ockham.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WeightsFileTest {
  private static byte[] written() {
    return new WeightsFile.Builder()
        .note("recipe", "a=b, c")
        .lines("models", List.of("small", "large"))
        .floats("heads", new float[] {1.5f, -2f})
        .longs("stems", new long[] {3, 5})
        .build();
  }

  private static String problemOf(byte[] bytes) {
    return switch (WeightsFile.parse(bytes)) {
      case Loaded.Ready<WeightsFile> ready -> throw new AssertionError("read: " + ready);
      case Loaded.Unusable<WeightsFile>(String problem) -> problem;
    };
  }

  @Test
  void what_was_written_is_read() {
    WeightsFile file = WeightsFile.parse(written()).orThrow();
    assertThat(file.lines("models")).containsExactly("small", "large");
    assertThat(file.floats("heads")).containsExactly(1.5f, -2f);
    assertThat(file.longs("stems")).containsExactly(3, 5);
    assertThat(file.metadata()).containsEntry("recipe", "a=b, c");
  }

  @Test
  void the_same_content_is_the_same_bytes() {
    assertThat(written()).isEqualTo(written());
  }

  @Test
  void another_magic_is_not_a_weights_file() {
    byte[] bytes = written();
    bytes[0] = 'X';
    assertThat(problemOf(bytes)).contains("Not a weights file", "ockham lab train");
    assertThat(problemOf(new byte[0])).contains("Not a weights file");
  }

  @Test
  void a_later_version_names_itself_and_what_is_read() {
    byte[] bytes = written();
    bytes[8] = 9;
    assertThat(problemOf(bytes)).contains("format version 9", "reads 1 to 1");
  }

  @Test
  void any_changed_byte_is_damage() {
    for (int at = 12; at < written().length; at++) {
      byte[] bytes = written();
      bytes[at] ^= 0x10;
      assertThat(problemOf(bytes)).as("byte %d", at).contains("damaged");
    }
  }

  @Test
  void a_file_cut_short_is_never_read() {
    byte[] bytes = written();
    for (int length = 0; length < bytes.length; length++) {
      assertThat(problemOf(java.util.Arrays.copyOf(bytes, length))).isNotBlank();
    }
  }

  @Test
  void weights_of_another_kind_say_which_section_they_lack() {
    var loaded = WeightsFile.parse(written()).then(Encoder::load);
    assertThat(loaded)
        .isInstanceOfSatisfying(
            Loaded.Unusable.class,
            u -> assertThat(u.problem()).contains("no section 'vocabulary'"));
  }
}
