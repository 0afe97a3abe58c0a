package dev.ockham.lab.xray;

import static dev.ockham.lab.xray.Logs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class XrayFindingsTest {
  private static final String TOOL =
      "{\"type\":\"tool_use\",\"id\":\"t%d\",\"name\":\"Bash\",\"input\":{\"command\":\"%s\"}}";

  @TempDir private Path folder = Path.of("");

  @Test
  void the_same_command_again_and_again_is_a_loop_and_what_it_cost_is_told() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      lines.add(call("loop", i, i < 7 ? "make test" : "git push"));
    }

    List<Loops.Loop> loops = Logs.read(Logs.write(folder, "a.jsonl", lines)).loops();

    assertThat(loops).hasSize(1);
    assertThat(loops.getFirst().run()).isEqualTo("loop");
    assertThat(loops.getFirst().calls()).isEqualTo(6);
    assertThat(loops.getFirst().shown()).isTrue();
    // six calls of 10 × $3 + 100 × $15 per million
    assertThat(loops.getFirst().dollars()).isEqualByComparingTo("0.00918");
  }

  @Test
  void two_commands_in_turn_are_a_loop_of_two_steps() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      lines.add(call("loop", i, i % 2 == 0 ? "edit" : "test"));
    }

    List<Loops.Loop> loops = Logs.read(Logs.write(folder, "a.jsonl", lines)).loops();

    assertThat(loops).hasSize(1);
    assertThat(loops.getFirst().steps()).isEqualTo(2);
  }

  @Test
  void work_that_goes_on_is_no_loop() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      lines.add(call("work", i, "step " + i));
    }

    assertThat(Logs.read(Logs.write(folder, "a.jsonl", lines)).loops()).isEmpty();
  }

  @Test
  void without_answers_in_the_log_equal_counts_in_one_session_are_a_loop_by_counts()
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      lines.add(spend("r" + i, "run-1", i, 4_000 + 150 * i, 60));
    }
    for (int i = 0; i < 9; i++) {
      lines.add(spend("s" + i, "run-2", i, 4_000 + 150 * i * i, 60 + 7 * i));
    }

    List<Loops.Loop> loops = Logs.read(Logs.write(folder, "a.jsonl", lines)).loops();

    assertThat(loops).extracting(Loops.Loop::run).containsExactly("run-1");
    assertThat(loops.getFirst().shown()).isFalse();
  }

  @Test
  void input_that_was_sent_a_moment_ago_and_paid_in_full_again_is_waste() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      lines.add(
          Logs.claude(
              "cold",
              "m" + i,
              NOON.plusSeconds(60L * i),
              "\"input_tokens\":%d,\"output_tokens\":10".formatted(100_000 + 1_000 * i),
              TOOL.formatted(i, "c" + i)));
    }

    List<CacheWaste.Waste> wastes = Logs.read(Logs.write(folder, "a.jsonl", lines)).wastes();

    assertThat(wastes).hasSize(1);
    assertThat(wastes.getFirst().tokens()).isEqualTo(201_000);
    // 201,000 × ($3 − $0.30) per million
    assertThat(wastes.getFirst().dollars()).isEqualByComparingTo("0.5427");
  }

  @Test
  void a_cache_that_was_read_or_had_gone_cold_is_no_waste() throws IOException {
    String warm = "\"input_tokens\":50,\"cache_read_input_tokens\":100000,\"output_tokens\":10";
    String first =
        "\"input_tokens\":50,\"cache_creation_input_tokens\":100000,\"output_tokens\":10";
    String full = "\"input_tokens\":100000,\"output_tokens\":10";
    Path log =
        Logs.write(
            folder,
            "a.jsonl",
            List.of(
                Logs.claude("warm", "m1", NOON, first, TOOL.formatted(1, "a")),
                Logs.claude("warm", "m2", NOON.plusSeconds(9), warm, TOOL.formatted(2, "b")),
                Logs.claude("slow", "m3", NOON, full, TOOL.formatted(3, "a")),
                Logs.claude("slow", "m4", NOON.plusSeconds(900), full, TOOL.formatted(4, "b"))));

    assertThat(Logs.read(log).wastes()).isEmpty();
  }

  @Test
  void what_was_written_to_a_cache_and_never_read_is_waste() throws IOException {
    String written =
        "\"input_tokens\":50,\"cache_creation_input_tokens\":100000,\"output_tokens\":9";
    Path log =
        Logs.write(
            folder,
            "a.jsonl",
            List.of(
                Logs.claude("once", "m1", NOON, written, TOOL.formatted(1, "a")),
                Logs.claude("once", "m2", NOON.plusSeconds(900), written, TOOL.formatted(2, "b"))));

    List<CacheWaste.Waste> wastes = Logs.read(log).wastes();

    assertThat(wastes).hasSize(1);
    assertThat(wastes.getFirst().unread()).isEqualTo(200_000);
    // 200,000 × ($3.75 − $3) per million
    assertThat(wastes.getFirst().dollars()).isEqualByComparingTo("0.15");
  }

  @Test
  void a_model_without_a_price_is_named_and_in_no_sum() throws IOException {
    Path log =
        Logs.write(
            folder,
            "a.jsonl",
            List.of(
                Logs.spend(
                    "a",
                    NOON,
                    "\"model\":\"acme/riddle-9\",\"spend\":0,\"prompt_tokens\":70,\"completion_tokens\":7"),
                Logs.spend(
                    "b",
                    NOON,
                    "\"model\":\"gpt-4o\",\"spend\":0.25,\"prompt_tokens\":70,\"completion_tokens\":7")));

    XrayReport report = Logs.read(log);

    assertThat(report.unpriced()).hasSize(1);
    assertThat(report.unpriced().getFirst().model()).isEqualTo("acme/riddle-9");
    assertThat(report.total().dollars()).isEqualByComparingTo("0.25");
    assertThat(report.total().unpriced()).isEqualTo(1);
  }

  @Test
  void smaller_models_are_a_range_from_tiny_calls_to_all_that_are_not_long() throws IOException {
    Path log =
        Logs.write(
            folder,
            "a.jsonl",
            List.of(
                spend("tiny", "r1", 0, 500, 20),
                spend("modest", "r2", 0, 9_000, 700),
                spend("long", "r3", 0, 90_000, 700)));

    List<SmallerModels.Saving> savings = Logs.read(log).smaller();

    assertThat(savings).hasSize(1);
    assertThat(savings.getFirst().tinyCalls()).isEqualTo(1);
    assertThat(savings.getFirst().modestCalls()).isEqualTo(2);
    assertThat(savings.getFirst().atLeast()).isPositive();
    assertThat(savings.getFirst().atMost()).isGreaterThan(savings.getFirst().atLeast());
  }

  @Test
  void the_page_loads_nothing_and_escapes_what_a_log_says() throws IOException {
    Path log =
        Logs.write(
            folder,
            "a.jsonl",
            List.of(
                Logs.spend(
                    "a",
                    NOON,
                    "\"model\":\"<script>alert(1)</script>\",\"spend\":1,\"user\":\"a&b\"")));

    String page = XrayHtml.of(Logs.read(log), 10);

    assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;", "a&amp;b");
    assertThat(page).doesNotContain("<script", "http://", "https://", "src=", "url(");
  }

  private static String call(String session, int at, String command) {
    return Logs.claude(
        session,
        session + at,
        NOON.plusSeconds(20L * at),
        "\"input_tokens\":10,\"output_tokens\":100",
        TOOL.formatted(at, command));
  }

  private static String spend(String id, String run, int at, int input, int output) {
    return Logs.spend(
        id,
        NOON.plusSeconds(20L * at),
        """
        "model":"gpt-4o","spend":0,"prompt_tokens":%d,"completion_tokens":%d,"session_id":"%s\"\
        """
            .formatted(input, output, run));
  }
}
