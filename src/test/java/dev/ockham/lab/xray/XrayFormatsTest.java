package dev.ockham.lab.xray;

import static dev.ockham.lab.xray.Logs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.lab.xray.XrayReport.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class XrayFormatsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void sums_of_a_spend_log_are_the_logs_own_to_the_last_digit() throws IOException {
    Path log =
        Logs.write(
            folder,
            "spend.jsonl",
            List.of(
                Logs.spend(
                    "a",
                    NOON,
                    "\"model\":\"gpt-4o\",\"spend\":0.00012345000000000001,\"prompt_tokens\":10,\"completion_tokens\":5,\"user\":\"ann\""),
                Logs.spend(
                    "b",
                    NOON,
                    "\"model\":\"gpt-4o\",\"spend\":1e-7,\"prompt_tokens\":10,\"completion_tokens\":5,\"user\":\"bob\""),
                Logs.spend(
                    "b",
                    NOON,
                    "\"model\":\"gpt-4o\",\"spend\":1e-7,\"prompt_tokens\":10,\"completion_tokens\":5,\"user\":\"bob\"")));

    XrayReport report = Logs.read(log);

    assertThat(report.stated()).isEqualByComparingTo(new BigDecimal("0.00012355000000000001"));
    assertThat(report.total().dollars()).isEqualByComparingTo(report.stated());
    assertThat(report.total().calls()).isEqualTo(2);
    assertThat(report.by().people()).extracting(Line::name).containsExactly("ann", "bob");
  }

  @Test
  void a_table_exported_as_an_array_a_page_a_csv_or_gzip_says_the_same() throws IOException {
    String row =
        Logs.spend(
            "a",
            NOON,
            "\"model\":\"gpt-4o\",\"spend\":0.5,\"prompt_tokens\":100,\"completion_tokens\":50");
    Path array = Logs.write(folder, "array.json", List.of("[" + row + "]"));
    Path page = Logs.write(folder, "page.json", List.of("{\"data\":[" + row + "],\"total\":1}"));
    Path csv =
        Logs.write(
            folder,
            "table.csv",
            List.of(
                "request_id,call_type,api_key,spend,startTime,model,prompt_tokens,completion_tokens,metadata",
                "a,acompletion,k,0.5,2026-03-02 12:00:00+00,gpt-4o,100,50,\"{\"\"x\"\":1}\""));
    Path gzip = folder.resolve("log.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(row.getBytes(StandardCharsets.UTF_8));
    }

    for (Path file : List.of(array, page, csv, gzip)) {
      Line total = Logs.read(file).total();
      assertThat(total.calls()).as("%s", file).isEqualTo(1);
      assertThat(total.inputTokens()).isEqualTo(100);
      assertThat(total.outputTokens()).isEqualTo(50);
      assertThat(total.dollars()).isEqualByComparingTo("0.5");
    }
  }

  @Test
  void a_key_is_named_by_its_hash_and_a_key_in_the_clear_is_never_shown() throws IOException {
    String clear = "sk-live-1234567890";
    Path log =
        Logs.write(
            folder,
            "spend.jsonl",
            List.of(
                Logs.spend("a", NOON, "\"model\":\"gpt-4o\",\"spend\":1"),
                Logs.spend("b", NOON, "\"model\":\"gpt-4o\",\"spend\":1")
                    .replace("ab".repeat(32), clear)));

    XrayReport report = Logs.read(log);

    assertThat(report.by().people()).extracting(Line::name).contains("key abababab…");
    assertThat(XrayJson.of(report, 10) + XrayHtml.of(report, 10)).doesNotContain(clear);
  }

  @Test
  void cached_tokens_of_a_spend_log_are_part_of_its_prompt_tokens() throws IOException {
    Path log =
        Logs.write(
            folder,
            "spend.jsonl",
            List.of(
                Logs.spend(
                    "a",
                    NOON,
                    """
                    "model":"anthropic/claude-sonnet-4-5","spend":0,"prompt_tokens":10000,"completion_tokens":100,\
                    "metadata":{"usage_object":{"cache_read_input_tokens":8000,"cache_creation_input_tokens":1000}}\
                    """)));

    // 1,000 × $3 + 8,000 × $0.30 + 1,000 × $3.75 + 100 × $15, each per million
    assertThat(Logs.read(log).total().dollars()).isEqualByComparingTo("0.01065");
    assertThat(Logs.read(log).total().inputTokens()).isEqualTo(10_000);
  }

  @Test
  void openai_buckets_are_priced_where_no_costs_are_stated_and_costs_are_not_counted_twice()
      throws IOException {
    String usage =
        """
        {"object":"page","data":[{"object":"bucket","start_time":1772452800,"end_time":1772539200,"results":[
        {"object":"organization.usage.completions.result","input_tokens":1000000,"input_cached_tokens":400000,
        "output_tokens":10000,"num_model_requests":77,"project_id":"proj_1","model":"gpt-4o-2024-08-06"}]}]}\
        """;
    String costs =
        """
        {"object":"page","data":[{"object":"bucket","start_time":1772452800,"results":[
        {"object":"organization.costs.result","amount":{"value":2.1,"currency":"usd"},"line_item":"gpt-4o-2024-08-06, input"}]}]}\
        """;
    Path usageFile = Logs.write(folder, "usage.json", List.of(usage));
    Path costFile = Logs.write(folder, "costs.json", List.of(costs));

    // 0.6 × $2.50 + 0.4 × $1.25 + 0.01 × $10
    assertThat(Logs.read(usageFile).total().dollars()).isEqualByComparingTo("2.1");
    assertThat(Logs.read(usageFile).total().calls()).isEqualTo(77);
    assertThat(Logs.read(usageFile, costFile).total().dollars()).isEqualByComparingTo("2.1");
    assertThat(Logs.read(costFile).total().dollars()).isEqualByComparingTo("2.1");
  }

  @Test
  void anthropics_reports_keep_their_classes_apart_and_state_cents() throws IOException {
    Path usage =
        Logs.write(
            folder,
            "usage.json",
            List.of(
                """
                {"data":[{"starting_at":"2026-03-02T00:00:00Z","ending_at":"2026-03-03T00:00:00Z","results":[
                {"uncached_input_tokens":1000000,"cache_read_input_tokens":2000000,"output_tokens":100000,
                "cache_creation":{"ephemeral_5m_input_tokens":400000,"ephemeral_1h_input_tokens":100000},
                "model":"claude-sonnet-4-5-20250929","workspace_id":"wrkspc_1"}]}],"has_more":false}\
                """));
    Path cost =
        Logs.write(
            folder,
            "cost.json",
            List.of(
                """
                {"data":[{"starting_at":"2026-03-02T00:00:00Z","results":[
                {"amount":"1234.5","currency":"USD","description":"Claude Sonnet 4.5 Usage - Input Tokens"}]}]}\
                """));

    // $3 + 2 × $0.30 + 0.4 × $3.75 + 0.1 × $6 + 0.1 × $15
    assertThat(Logs.read(usage).total().dollars()).isEqualByComparingTo("7.2");
    assertThat(Logs.read(cost).total().dollars()).isEqualByComparingTo("12.345");
  }

  @Test
  void a_call_that_claude_code_wrote_on_three_lines_and_in_two_files_is_one_call()
      throws IOException {
    String small = "\"input_tokens\":3,\"cache_creation_input_tokens\":500,\"output_tokens\":1";
    String whole = "\"input_tokens\":3,\"cache_creation_input_tokens\":500,\"output_tokens\":90";
    Path first =
        Logs.write(
            folder,
            "one.jsonl",
            List.of(
                "{\"type\":\"summary\",\"leafUuid\":\"x\",\"summary\":\"s\"}",
                Logs.claude("s1", "m1", NOON, small, "{\"type\":\"text\",\"text\":\"a\"}"),
                Logs.claude("s1", "m1", NOON, whole, "{\"type\":\"text\",\"text\":\"b\"}"),
                Logs.claude("s1", "m1", NOON, small, "{\"type\":\"text\",\"text\":\"c\"}")));
    Path resumed =
        Logs.write(folder, "two.jsonl", List.of(Logs.claude("s2", "m1", NOON, whole, "")));

    XrayReport report = Logs.read(first, resumed);

    assertThat(report.total().calls()).isEqualTo(1);
    assertThat(report.total().inputTokens()).isEqualTo(503);
    assertThat(report.total().outputTokens()).isEqualTo(90);
    assertThat(report.by().workloads()).extracting(Line::name).containsExactly("shop");
    assertThat(report.by().runs()).extracting(Line::name).containsExactly("s1");
  }

  @Test
  void codex_counts_that_say_the_same_again_are_one_call() throws IOException {
    Path log =
        Logs.write(
            folder,
            "rollout.jsonl",
            List.of(
                "{\"timestamp\":\"%s\",\"type\":\"session_meta\",\"payload\":{\"id\":\"c1\",\"cwd\":\"/w/api\"}}"
                    .formatted(NOON),
                "{\"timestamp\":\"%s\",\"type\":\"turn_context\",\"payload\":{\"model\":\"gpt-5\"}}"
                    .formatted(NOON),
                "{\"timestamp\":\"%s\",\"type\":\"event_msg\",\"payload\":{\"type\":\"token_count\",\"info\":null}}"
                    .formatted(NOON),
                Logs.codexCount(NOON, 1_000, 0, 200, 150),
                Logs.codexCount(NOON.plusSeconds(1), 1_000, 0, 200, 150),
                Logs.codexCount(NOON.plusSeconds(9), 3_000, 900, 260, 150)));

    XrayReport report = Logs.read(log);

    assertThat(report.total().calls()).isEqualTo(2);
    // (3,000 − 900) × $1.25 + 900 × $0.125 + 260 × $10, each per million
    assertThat(report.total().dollars()).isEqualByComparingTo("0.0053375");
    assertThat(report.by().models()).extracting(Line::name).containsExactly("gpt-5");
  }

  @Test
  void what_cannot_be_read_is_counted_and_named_and_never_a_sum() throws IOException {
    Path odd =
        Logs.write(
            folder,
            "odd.jsonl",
            List.of(
                Logs.spend("a", NOON, "\"model\":\"gpt-4o\",\"spend\":-5,\"prompt_tokens\":1"),
                Logs.spend(
                    "b",
                    NOON,
                    "\"model\":\"gpt-4o\",\"spend\":1,\"prompt_tokens\":-7,\"completion_tokens\":1e99"),
                "{\"hello\":1}",
                "{\"request_id\":\"c\",\"spend\":"));
    Path other = Logs.write(folder, "notes.txt", List.of("dear diary", "nothing here"));

    XrayReport report = Logs.read(odd, other);

    assertThat(report.total().calls()).isEqualTo(1);
    assertThat(report.total().dollars()).isEqualByComparingTo("1");
    assertThat(report.total().inputTokens()).isZero();
    assertThat(report.files().get(0).unread()).isEqualTo(2);
    assertThat(report.files().get(0).trouble()).hasValue("is not whole after line 3");
    assertThat(report.files().get(1).format()).isEmpty();
  }
}
