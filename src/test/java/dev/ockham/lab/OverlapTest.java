package dev.ockham.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text that something is tested on was fitted or trained on, by question stem. */
final class OverlapTest {
  private static long[] fitted(String resource) {
    long[] stems = ShippedWeights.file(resource).longs("stems");
    assertThat(stems)
        .as("digests of the stems that %s was made from", resource)
        .isNotEmpty()
        .isSorted();
    return stems;
  }

  private static Set<QuestionStem> heldOut() throws IOException {
    Set<QuestionStem> stems = new HashSet<>();
    Recorded.heldOut().forEach(row -> stems.add(row.stem()));
    return stems;
  }

  private static long shared(long[] fitted, Collection<QuestionStem> tested) {
    return tested.stream()
        .filter(stem -> Arrays.binarySearch(fitted, stem.digest64()) >= 0)
        .count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dev/ockham/learn/encoder.bin",
        "/dev/ockham/learn/prior.bin",
        "/dev/ockham/learn/asks.bin",
        "/dev/ockham/demo/demo.bin"
      })
  void nothing_was_made_from_the_questions_of_the_demo(String resource) throws IOException {
    Set<QuestionStem> heldOut = heldOut();
    assertThat(heldOut).hasSize(DemoFiles.HELD_OUT);
    assertThat(shared(fitted(resource), heldOut)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dev/ockham/learn/encoder.bin",
        "/dev/ockham/learn/prior.bin",
        "/dev/ockham/learn/asks.bin"
      })
  void nothing_that_ships_as_the_default_was_made_from_a_benchmark(String resource)
      throws IOException {
    Optional<Path> folder = Recorded.folder();
    assumeThat(folder).as("routing data beside the checkout").isPresent();
    Path data = folder.orElseThrow();
    Set<QuestionStem> tested = new HashSet<>(CleanRows.routeLlmStems(data));
    for (Row row :
        Dataset.read(data.resolve("mmlu-pro.jsonl.gz"))
            .answeredByAll(Prices.read(data.resolve("mmlu-pro-prices.json")).models())
            .rows()) {
      tested.add(row.stem());
    }
    assertThat(shared(fitted(resource), tested)).isZero();
  }

  @Test
  void the_same_question_with_other_options_has_the_same_stem() {
    QuestionStem one =
        QuestionStem.of("Which gas do plants take in?\nA. Oxygen\nB. Carbon dioxide");
    QuestionStem other =
        QuestionStem.of("which gas do plants take in?!\n(A) Helium\n(B) Neon\nAnswer:");
    assertThat(one).isEqualTo(other);
    assertThat(one.text()).isEqualTo("which gas do plants take in");
  }
}
