package dev.ockham.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.Options;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ConversationsTest {
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private final InstantSource clock = () -> now;
  private final Conversations conversations = new Conversations(clock, 100, Duration.ofMinutes(30));

  @Test
  void a_new_conversation_has_no_model() {
    Conversation found = conversations.find(opening("What is rain?"), headers(Map.of()), "k1");

    assertThat(found.pin()).isEmpty();
    assertThat(found.turns()).isZero();
    assertThat(conversations.size()).isZero();
  }

  @Test
  void a_later_turn_finds_the_model_it_was_given() {
    Conversation first = conversations.find(opening("What is rain?"), headers(Map.of()), "k1");
    conversations.pin(first, "auto", "small");

    Conversation later =
        conversations.find(turns("What is rain?", "Water.", "And snow?"), headers(Map.of()), "k1");

    assertThat(later.id()).isEqualTo(first.id());
    assertThat(later.pin()).contains(new Conversation.Pin("auto", "small"));
    assertThat(later.turns()).isEqualTo(1);
  }

  @Test
  void the_key_of_a_prompt_cache_is_a_session_where_no_header_tells_one() {
    String first = conversations.find(cached("thread-1", "Be kind"), headers(Map.of()), "k").id();
    String later = conversations.find(cached("thread-1", "Be brief"), headers(Map.of()), "k").id();
    String other = conversations.find(cached("thread-2", "Be kind"), headers(Map.of()), "k").id();
    var header = headers(Map.of("session-id", "s"));

    assertThat(later).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(conversations.find(cached("thread-1", "Be kind"), header, "k").id())
        .isEqualTo(conversations.find(cached("thread-2", "Be kind"), header, "k").id());
  }

  private static ChatRequest cached(String key, String system) {
    ChatRequest plain =
        ChatRequest.asking(
            "auto",
            List.of(
                new Message(Role.SYSTEM, List.of(new Part.Text(system))),
                new Message(Role.USER, List.of(new Part.Text("What is rain?")))));
    var unset = Options.UNSET;
    var options =
        new Options(
            unset.endUser(), unset.tier(), Optional.of(key), unset.verbosity(), unset.logprobs());
    return new ChatRequest(
        plain.model(),
        plain.messages(),
        plain.tools(),
        plain.maxOutput(),
        plain.choices(),
        plain.stop(),
        plain.sampling(),
        plain.thinking(),
        plain.format(),
        options,
        plain.stream(),
        plain.streamUsage(),
        plain.unmapped());
  }

  @Test
  void conversations_of_two_keys_are_never_the_same() {
    Conversation first = conversations.find(opening("What is rain?"), headers(Map.of()), "k1");
    conversations.pin(first, "auto", "small");

    assertThat(conversations.find(opening("What is rain?"), headers(Map.of()), "k2").pin())
        .isEmpty();
  }

  @Test
  void another_opening_is_another_conversation() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(conversations.find(opening("Question " + i), headers(Map.of()), "k").id());
    }
    assertThat(ids).hasSize(10_000);
  }

  @Test
  void long_openings_that_differ_in_the_middle_are_told_apart() {
    String padding = "x".repeat(5_000);
    Conversation a = conversations.find(opening(padding + "a" + padding), headers(Map.of()), "k");
    Conversation b = conversations.find(opening(padding + "b" + padding), headers(Map.of()), "k");

    assertThat(a.id()).isNotEqualTo(b.id()).hasSameSizeAs(b.id());
  }

  @Test
  void a_session_header_holds_a_conversation_together_when_its_system_prompt_changes() {
    var session = headers(Map.of("x-claude-code-session-id", "s1"));
    Conversation monday = conversations.find(withSystem("It is Monday.", "Fix it"), session, "k");
    Conversation tuesday = conversations.find(withSystem("It is Tuesday.", "Fix it"), session, "k");

    assertThat(monday.id()).isEqualTo(tuesday.id());
  }

  @Test
  void sub_agents_and_side_calls_of_a_session_are_conversations_of_their_own() {
    var main = headers(Map.of("x-claude-code-session-id", "s1"));
    var child = headers(Map.of("x-claude-code-session-id", "s1", "x-claude-code-agent-id", "a7"));
    String id = conversations.find(opening("Fix it"), main, "k").id();

    assertThat(conversations.find(opening("Fix it"), child, "k").id()).isNotEqualTo(id);
    assertThat(conversations.find(opening("Write a title"), main, "k").id()).isNotEqualTo(id);
  }

  @Test
  void an_idle_conversation_is_forgotten() {
    Conversation first = conversations.find(opening("What is rain?"), headers(Map.of()), "k");
    conversations.pin(first, "auto", "small");

    now = now.plus(Duration.ofMinutes(29));
    assertThat(conversations.find(opening("What is rain?"), headers(Map.of()), "k").pin())
        .isPresent();
    now = now.plus(Duration.ofMinutes(31));
    assertThat(conversations.find(opening("What is rain?"), headers(Map.of()), "k").pin())
        .isEmpty();
    assertThat(conversations.size()).isZero();
  }

  @Test
  void memory_is_bounded_and_the_longest_unused_goes_first() {
    Conversation kept = conversations.find(opening("kept"), headers(Map.of()), "k");
    conversations.pin(kept, "auto", "small");
    Conversation lost = conversations.find(opening("lost"), headers(Map.of()), "k");
    conversations.pin(lost, "auto", "small");
    for (int i = 0; i < 99; i++) {
      now = now.plusMillis(1);
      assertThat(conversations.find(opening("kept"), headers(Map.of()), "k").pin()).isPresent();
      conversations.pin(
          conversations.find(opening("other " + i), headers(Map.of()), "k"), "auto", "small");
    }

    assertThat(conversations.size()).isEqualTo(100);
    assertThat(conversations.find(opening("kept"), headers(Map.of()), "k").pin()).isPresent();
    assertThat(conversations.find(opening("lost"), headers(Map.of()), "k").pin()).isEmpty();
  }

  @Test
  void many_threads_may_pin_at_once() throws InterruptedException {
    var threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      String key = "k" + t;
      threads[t] =
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 2_000; i++) {
                  Conversation c = conversations.find(opening("q" + i), headers(Map.of()), key);
                  conversations.pin(c, "auto", key);
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(conversations.size()).isEqualTo(100);
  }

  private static Function<String, Optional<String>> headers(Map<String, String> values) {
    return name -> Optional.ofNullable(values.get(name));
  }

  private static ChatRequest opening(String ask) {
    return request(List.of(said(Role.USER, ask)));
  }

  private static ChatRequest withSystem(String system, String ask) {
    return request(List.of(said(Role.SYSTEM, system), said(Role.USER, ask)));
  }

  private static ChatRequest turns(String ask, String answer, String next) {
    return request(
        List.of(said(Role.USER, ask), said(Role.ASSISTANT, answer), said(Role.USER, next)));
  }

  private static Message said(Role role, String text) {
    return new Message(role, List.of(new Part.Text(text)));
  }

  private static ChatRequest request(List<Message> messages) {
    return ChatRequest.asking("auto", messages);
  }
}
