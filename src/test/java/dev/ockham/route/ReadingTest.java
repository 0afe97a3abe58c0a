package dev.ockham.route;

import static dev.ockham.route.Given.ask;
import static dev.ockham.route.Given.request;
import static dev.ockham.route.Given.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the router reads of a request: the ask and its size. */
class ReadingTest {
  @Test
  void the_newest_ask_counts() {
    ChatRequest request =
        request(
            "auto",
            List.of(
                said(Role.SYSTEM, "Be brief."),
                said(Role.USER, "What is rain?"),
                said(Role.ASSISTANT, "Water."),
                said(Role.USER, "And snow?")));

    assertThat(Ask.of(request)).isEqualTo("And snow?");
  }

  @Test
  void a_tool_result_is_no_new_ask() {
    var call = new Part.ToolCall("c1", "read", JsonText.EMPTY_OBJECT);
    var result = new Part.ToolResult("c1", List.of(new Part.Text("a file")), false);
    ChatRequest request =
        request(
            "auto",
            List.of(
                said(Role.USER, "Fix the bug"),
                new Message(Role.ASSISTANT, List.of(call)),
                new Message(Role.TOOL, List.of(result))));

    assertThat(Ask.of(request)).isEqualTo("Fix the bug");
  }

  @Test
  void what_a_harness_wraps_around_an_ask_is_not_read() {
    String wrapped =
        "<system-reminder>\nToday is Monday.\n</system-reminder>\nFix the bug"
            + "<system-reminder>Be kind.</system-reminder>";

    assertThat(Ask.of(ask("auto", wrapped))).isEqualTo("Fix the bug");
  }

  @Test
  void a_turn_of_nothing_but_reminders_is_no_new_ask() {
    ChatRequest request =
        request(
            "auto",
            List.of(
                said(Role.USER, "Fix the bug"),
                said(Role.USER, "<system-reminder>Be kind.</system-reminder>")));

    assertThat(Ask.of(request)).isEqualTo("Fix the bug");
  }

  @Test
  void an_ask_without_harness_text_is_not_touched() {
    assertThat(Ask.of(ask("auto", "  Keep\n my spaces "))).isEqualTo("  Keep\n my spaces ");
  }

  @Test
  void of_a_long_ask_both_ends_are_read() {
    String ask = Ask.of(ask("auto", "first " + "x".repeat(1_000_000) + " last"));

    assertThat(ask).startsWith("first").endsWith("last").hasSize(Ask.HEAD + 1 + Ask.TAIL);
  }

  @Test
  void a_quarter_token_per_character_rounded_up() {
    assertThat(InputTokens.of(ask("auto", "")).estimate()).isZero();
    assertThat(InputTokens.of(ask("auto", "abcde")).estimate()).isEqualTo(2);
    assertThat(InputTokens.of(ask("auto", "x".repeat(1_000_001))).estimate()).isEqualTo(250_001);
  }

  @Test
  void ideographs_count_one_token_each() {
    assertThat(InputTokens.of(ask("auto", "雨".repeat(100))).estimate()).isEqualTo(100);
    assertThat(InputTokens.of(ask("auto", "д".repeat(100))).estimate()).isEqualTo(50);
  }

  @Test
  void tools_and_their_results_are_input_too() {
    var tools =
        new ChatRequest.Tools(
            List.of(Tool.function("read", "x".repeat(96), new JsonText("y".repeat(100)), false)),
            new ToolChoice.Auto(),
            true);
    var result = new Part.ToolResult("c1", List.of(new Part.Text("z".repeat(200))), false);
    List<Message> messages = List.of(new Message(Role.TOOL, List.of(result)));

    assertThat(InputTokens.of(request("auto", messages, tools, OptionalLong.empty())).estimate())
        .isEqualTo(100);
  }

  @Test
  void an_image_is_counted_by_a_constant_however_large_it_is() {
    var image = new Part.Image(new Part.Source.Inline("image/png", "A".repeat(1_000_000)));
    ChatRequest request = request("auto", List.of(new Message(Role.USER, List.of(image))));

    assertThat(InputTokens.of(request).estimate()).isEqualTo(1_600);
    assertThat(InputTokens.of(request).conservative()).isGreaterThanOrEqualTo(4_800);
  }

  @Test
  void the_conservative_estimate_is_never_the_lower_one() {
    for (String text : List.of("", "abc", "雨雪", "дождь", "x".repeat(50_000) + "雨".repeat(50_000))) {
      ChatRequest request = ask("auto", text);
      assertThat(InputTokens.of(request).conservative())
          .isGreaterThan(InputTokens.of(request).estimate());
    }
  }
}
