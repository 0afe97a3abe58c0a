package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import java.util.Set;

/**
 * Names answers whose provider has no name for them in its words.
 *
 * @param id unique to the answer
 */
record NamingWriter(ReplyWriter writer, String id) implements ReplyWriter {
  @Override
  public void event(ChatEvent event, Bytes out) {
    boolean unnamed = event instanceof ChatEvent.Started(String said, var _) && said.isEmpty();
    writer.event(unnamed ? new ChatEvent.Started(id, "") : event, out);
  }

  @Override
  public void whole(Answer answer, Bytes out) {
    if (answer.id.isEmpty()) {
      answer.id = id;
    }
    writer.whole(answer, out);
  }

  @Override
  public byte[] broken(ChatError error) {
    return writer.broken(error);
  }

  @Override
  public Set<String> losses() {
    return writer.losses();
  }
}
