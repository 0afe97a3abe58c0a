package dev.ockham.route;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.Role;
import java.util.List;

/**
 * Finds what the router reads of a request: the newest thing a person asked, without what a harness
 * wrapped around it. A turn that only brings tool results, or only reminders of a harness, is no
 * new ask: the one before it counts.
 */
final class Ask {
  static final int HEAD = 12_288;
  static final int TAIL = 4_096;
  private static final String OPEN = "<system-reminder>";
  private static final String CLOSE = "</system-reminder>";

  private Ask() {}

  static String of(ChatRequest request) {
    List<Message> messages = request.messages();
    for (int i = messages.size() - 1; i >= 0; i--) {
      Message message = messages.get(i);
      if (message.role() == Role.USER) {
        String ask = withoutReminders(window(message.text()));
        if (!ask.isBlank()) {
          return ask;
        }
      }
    }
    return "";
  }

  /** Beginning and end of a long text: a question stands at one of them. */
  private static String window(String text) {
    int length = text.length();
    return length <= HEAD + TAIL
        ? text
        : text.substring(0, HEAD) + "\n" + text.substring(length - TAIL);
  }

  private static String withoutReminders(String text) {
    int open = text.indexOf(OPEN);
    if (open < 0) {
      return text;
    }
    var kept = new StringBuilder(text.length());
    int from = 0;
    while (open >= 0) {
      kept.append(text, from, open);
      int close = text.indexOf(CLOSE, open);
      if (close < 0) {
        return kept.toString().strip();
      }
      from = close + CLOSE.length();
      open = text.indexOf(OPEN, from);
    }
    return kept.append(text, from, text.length()).toString().strip();
  }
}
