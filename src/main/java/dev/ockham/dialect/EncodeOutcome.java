package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import java.util.List;

/** What became of a request that is to be said in another dialect. */
sealed interface EncodeOutcome {

  /**
   * @param losses what the client said that the body does not, each by its path and why; sorted
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
  record Encoded(byte[] body, List<String> losses) implements EncodeOutcome {
    public Encoded {
      losses = List.copyOf(losses);
    }
  }

  /** The dialect has no words for something the answer depends on; the error names it. */
  record Inexpressible(ChatError error) implements EncodeOutcome {}
}
