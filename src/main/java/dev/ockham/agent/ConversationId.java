package dev.ockham.agent;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.Role;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Names the conversation of a request. A client that tells its session, in a header or as the key
 * of its prompt cache, is believed, for stickiness only; the first user message goes in as well,
 * because a session's side calls (titles, summaries) share its id but not its prompt. Otherwise the
 * opening of the conversation tells: it comes again with every turn. Ids have a fixed length and do
 * not show what they were made of.
 */
final class ConversationId {
  /** In order of precedence; the first that is present counts. */
  private static final List<String> SESSION_HEADERS =
      List.of(
          "x-claude-code-session-id",
          "session-id",
          "session_id",
          "x-session-id",
          "x-session-affinity");

  /** Sub-agents share their parent's session, but not its prompt. */
  private static final List<String> AGENT_HEADERS =
      List.of("x-claude-code-agent-id", "thread-id", "x-parent-session-id");

  private static final int EDGE = 256;

  private long high = 0x9e3779b97f4a7c15L;
  private long low = 0xc2b2ae3d27d4eb4fL;

  private ConversationId() {}

  static String of(ChatRequest request, Function<String, Optional<String>> headers, String keyId) {
    var id = new ConversationId();
    id.add(keyId);
    String session = session(headers);
    if (session.isEmpty()) {
      session = request.options().cacheKey().orElse("");
    }
    if (session.isEmpty()) {
      id.addAll(request, Role.SYSTEM);
    } else {
      id.add(session);
      id.add(first(AGENT_HEADERS, headers));
    }
    id.add(firstUserText(request));
    return id.text();
  }

  /** The run that a session header tells of, whichever agent of it speaks; empty without one. */
  static Optional<String> rootOf(Function<String, Optional<String>> headers, String keyId) {
    String session = first(SESSION_HEADERS, headers);
    if (session.isEmpty()) {
      return Optional.empty();
    }
    var id = new ConversationId();
    id.add(keyId);
    id.add(session);
    return Optional.of(id.text());
  }

  private String text() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }

  /** Empty where none is named. */
  static String session(Function<String, Optional<String>> headers) {
    return first(SESSION_HEADERS, headers);
  }

  private static String first(List<String> names, Function<String, Optional<String>> headers) {
    for (String name : names) {
      Optional<String> value = headers.apply(name);
      if (value.isPresent() && !value.get().isEmpty()) {
        return value.get();
      }
    }
    return "";
  }

  private static String firstUserText(ChatRequest request) {
    for (Message message : request.messages()) {
      if (message.role() == Role.USER) {
        return message.text();
      }
    }
    return "";
  }

  private void addAll(ChatRequest request, Role role) {
    for (Message message : request.messages()) {
      if (message.role() == role) {
        add(message.text());
      }
    }
  }

  /** Both ends are mixed in closely, the whole by its own hash: time is bounded for long texts. */
  private void add(String text) {
    int length = text.length();
    mix(length);
    mix(text.hashCode());
    for (int i = 0; i < Math.min(length, EDGE); i++) {
      mix(text.charAt(i));
    }
    for (int i = Math.max(EDGE, length - EDGE); i < length; i++) {
      mix(text.charAt(i));
    }
  }

  private void mix(long value) {
    high = (high ^ value) * 0x100000001b3L;
    low = Long.rotateLeft(low + value, 27) * 0x9e3779b97f4a7c15L + 0x52dce729;
  }
}
