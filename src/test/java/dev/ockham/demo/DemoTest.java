package dev.ockham.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class DemoTest {
  @TempDir private Path folder;

  @Test
  void a_small_run_balances_to_the_last_digit_and_every_question_is_one_request() throws Exception {
    var asked = new AtomicInteger();

    DemoRun.Finished run = finished(60, asked);

    JsonNode json = Voice.JSON.readTree(run.json());
    assertThat(run.balances()).isTrue();
    assertThat(json.path("ledger_cost_usd").asString()).isEqualTo(json.path("cost_usd").asString());
    assertThat(json.path("questions").asInt()).isEqualTo(60);
    assertThat(asked).hasValue(60);
    assertThat(Files.readAllLines(folder.resolve(Receipts.FILE)))
        .hasSize(60)
        .doesNotHaveDuplicates();
    assertThat(run.lines()).contains("The books balance to the last digit.");
  }

  @Test
  void no_choice_beats_the_oracle_and_none_is_cheaper_than_the_cheapest() throws Exception {
    JsonNode json = Voice.JSON.readTree(finished(40, new AtomicInteger()).json());

    double oracle = json.at("/oracle/accuracy").asDouble();
    assertThat(json.path("accuracy").asDouble()).isLessThanOrEqualTo(oracle);
    assertThat(json.at("/best_single/accuracy").asDouble()).isLessThanOrEqualTo(oracle);
    assertThat(json.at("/domain_table/accuracy").asDouble()).isLessThanOrEqualTo(oracle);
  }

  @Test
  void a_script_with_none_of_our_code_finds_the_same_sum_in_the_store() throws Exception {
    assumeThat(Path.of("/usr/bin/env")).exists();
    finished(25, new AtomicInteger());

    var script =
        new ProcessBuilder("/usr/bin/env", "python3", "examples/verify-demo.py", folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = script.waitFor();

    assumeThat(code).as("127: there is no python3 here").isNotEqualTo(127);
    assertThat(said).contains("25 booked, 25 asked").endsWith("request by request\n");
    assertThat(code).isZero();
  }

  @Test
  @Tag("long")
  void all_held_out_questions_save_a_third_of_the_best_single_models_cost() throws Exception {
    JsonNode json = Voice.JSON.readTree(finished(3_000, new AtomicInteger()).json());

    assertThat(json.path("saved_percent").asDouble()).isGreaterThanOrEqualTo(33);
    assertThat(json.path("ledger_cost_usd").asString()).isEqualTo(json.path("cost_usd").asString());
  }

  private DemoRun.Finished finished(int questions, AtomicInteger asked) throws Exception {
    var settings =
        new DemoSettings(
            questions, folder, InstantSource.system(), new SecureRandom(), System::nanoTime);
    DemoOpening opening = Demo.open(settings);
    assertThat(opening).isInstanceOf(DemoOpening.Opened.class);
    try (Demo demo = ((DemoOpening.Opened) opening).demo()) {
      DemoRun run = demo.run(asked::set);
      assertThat(run).isInstanceOf(DemoRun.Finished.class);
      return (DemoRun.Finished) run;
    }
  }
}
