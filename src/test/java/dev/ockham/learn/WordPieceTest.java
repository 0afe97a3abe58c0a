package dev.ockham.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordPieceTest {
  private static final List<String> VOCABULARY =
      List.of(
          "[PAD]", "[UNK]", "un", "##aff", "##able", "cafe", "the", ",", "runs", "##s", "run", "中",
          "文");
  private final WordPiece tokenizer = new WordPiece(VOCABULARY);

  private List<String> split(String text) {
    int[] out = new int[text.length()];
    int count = tokenizer.split(text, 0, text.length(), out);
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pieces.add(VOCABULARY.get(out[i]));
    }
    return pieces;
  }

  @Test
  void a_word_is_cut_into_its_longest_known_beginnings() {
    assertThat(split("unaffable")).containsExactly("un", "##aff", "##able");
    assertThat(split("runs runss")).containsExactly("runs", "runs", "##s");
  }

  @Test
  void case_and_accents_make_no_difference() {
    assertThat(split("The CAFÉ, the cafe")).containsExactly("the", "cafe", ",", "the", "cafe");
    assertThat(split("cafe\u0301")).containsExactly("cafe");
  }

  @Test
  void a_word_with_an_unknown_piece_is_unknown_as_a_whole() {
    assertThat(split("unxyz the")).containsExactly("[UNK]", "the");
  }

  @Test
  void punctuation_and_ideographs_stand_alone() {
    assertThat(split("run,run")).containsExactly("run", ",", "run");
    assertThat(split("中文")).containsExactly("中", "文");
  }

  @Test
  void an_endless_word_is_one_unknown_piece() {
    assertThat(split("un".repeat(80))).containsExactly("[UNK]");
  }

  @Test
  void a_full_array_ends_the_reading() {
    assertThat(tokenizer.split("the the the", 0, 11, new int[2])).isEqualTo(2);
  }

  @Test
  void control_characters_are_not_seen() {
    assertThat(split("r\u0000u\u200bn")).containsExactly("run");
  }
}
