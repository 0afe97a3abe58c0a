package dev.ockham.route;

import static dev.ockham.route.Given.ask;
import static dev.ockham.route.Given.caller;
import static dev.ockham.route.Given.fleet;
import static dev.ockham.route.Given.learned;
import static dev.ockham.route.Given.model;
import static dev.ockham.route.Given.request;
import static dev.ockham.route.Given.said;
import static dev.ockham.route.Given.scorer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Model;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.Role;
import dev.ockham.policy.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A loop of tool calls stays on the model it began on. */
class ToolLoopTest {
  private static final Model SMALL = model("small", 1);
  private static final Model MIDDLE = model("middle", 5);
  private static final Model BIG = model("big", 25);
  private static final Scorer ALL_GOOD =
      scorer(false, Map.of("small", learned(0.9), "middle", learned(0.91), "big", learned(0.92)));
  private static final Rule.When CLAIMS =
      new Rule.When(
          Optional.empty(),
          Optional.empty(),
          Optional.of("team:claims"),
          OptionalLong.empty(),
          OptionalLong.empty());

  private final Router router = new Router();

  @Test
  void between_a_tool_call_and_its_result_no_rule_moves_a_conversation() {
    Rule use = new Rule("claims use big", CLAIMS, new Rule.Then.Use("big"));
    Rule not = new Rule("no middle", CLAIMS, new Rule.Then.Exclude("middle"));
    Fleet fleet = fleet(ALL_GOOD, 0.01, List.of(use, not), SMALL, MIDDLE, BIG);
    Conversation pinned = Conversation.UNKNOWN.pinnedTo("main", "middle");

    assertThat(served(inLoop(Optional.empty()), caller(), pinned, fleet)).isEqualTo("middle");
    ChatRequest nextTurn =
        request(
            "main",
            List.of(
                said(Role.USER, "Hi"), said(Role.ASSISTANT, "Hello"), said(Role.USER, "Go on")));
    assertThat(served(nextTurn, caller(), pinned, fleet)).isEqualTo("big");
  }

  @Test
  void a_model_in_the_middle_of_a_thought_has_no_substitute() {
    Fleet fleet = fleet(ALL_GOOD, 0.01, SMALL, MIDDLE, BIG);
    Conversation pinned = Conversation.UNKNOWN.pinnedTo("main", "middle");
    var state = Optional.of(new ReasoningState(Dialect.ANTHROPIC_MESSAGES, "signature"));

    assertThat(fallbacks(inLoop(state), pinned, fleet)).isEmpty();
    assertThat(fallbacks(inLoop(Optional.empty()), pinned, fleet)).containsExactly(SMALL, BIG);
    assertThat(fallbacks(ask("main", "Hi"), pinned, fleet)).containsExactly(SMALL, BIG);
  }

  @Test
  void where_a_conversation_s_model_cannot_go_on_the_record_says_so() {
    Fleet fleet = fleet(ALL_GOOD, 0.01, SMALL, BIG);
    Conversation pinned = Conversation.UNKNOWN.pinnedTo("main", "gone");
    Decision decision = router.decide(inLoop(Optional.empty()), caller(), pinned, fleet);

    assertThat(decision).isInstanceOf(Decision.Chosen.class);
    assertThat(decision.why().reason()).contains("gone cannot go on");
  }

  private List<Model> fallbacks(ChatRequest request, Conversation conversation, Fleet fleet) {
    return switch (router.decide(request, caller(), conversation, fleet)) {
      case Decision.Chosen chosen -> chosen.fallbacks();
      case Decision.Refused refused -> throw new AssertionError(refused.error().message());
    };
  }

  /** A tool's result, after the call that asked for it and what was thought before it. */
  private static ChatRequest inLoop(Optional<ReasoningState> state) {
    var call = new Part.ToolCall("c1", "look", JsonText.EMPTY_OBJECT);
    var result = new Part.ToolResult("c1", List.of(new Part.Text("seen")), false);
    return request(
        "main",
        List.of(
            said(Role.USER, "Hi"),
            new Message(Role.ASSISTANT, List.of(new Part.Reasoning("hm", state), call)),
            new Message(Role.TOOL, List.of(result)),
            said(Role.USER, "a reminder")));
  }

  private String served(
      ChatRequest request, Caller caller, Conversation conversation, Fleet fleet) {
    return switch (router.decide(request, caller, conversation, fleet)) {
      case Decision.Chosen chosen -> chosen.first().id();
      case Decision.Refused refused -> throw new AssertionError(refused.error().message());
    };
  }
}
