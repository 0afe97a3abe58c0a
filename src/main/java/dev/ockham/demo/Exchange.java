package dev.ockham.demo;

import dev.ockham.chat.Dialect;

/** What came of sending one question to the gateway. */
sealed interface Exchange {
  Question question();

  /**
   * The gateway answered.
   *
   * @param requestId from the answer's headers, as is {@code model}, the model that served
   * @param text everything the client read as the answer
   * @param micros from sending to the last byte
   */
  record Answered(
      Question question, Manner manner, String requestId, String model, String text, long micros)
      implements Exchange {

    /** Whether the client got the recorded answer to the letter. */
    boolean asRecorded() {
      return text.equals(question.answerOf(model).text());
    }

    double quality() {
      return question.answerOf(model).quality();
    }
  }

  /** No answer, or an error in place of one. */
  record Failed(Question question, Manner manner, String problem) implements Exchange {}

  /** How a client asks. */
  record Manner(Dialect dialect, boolean streamed) {
    /** The four manners take turns. */
    static Manner ofTurn(int turn) {
      Dialect dialect = turn % 2 == 0 ? Dialect.OPENAI_CHAT : Dialect.ANTHROPIC_MESSAGES;
      return new Manner(dialect, turn / 2 % 2 == 1);
    }

    @Override
    public String toString() {
      return dialect.wireName() + (streamed ? ", streamed" : "");
    }
  }
}
