package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads an Embeddings request: what is embedded becomes messages, to be measured and paid for. */
final class EmbeddingsRequestReader extends RequestReader {
  private static final String INPUT =
      "a string, an array of strings, an array of token numbers, or an array of such arrays";

  /** As many as OpenAI takes at once. */
  private static final int MOST_INPUTS = 2_048;

  /** A text of as many tokens as an estimate will find, said again for each so many. */
  private static final int RUN = 8_192;

  private static final String RUN_OF_TOKENS = " ".repeat(4 * RUN);

  private final List<Part> inputs = new ArrayList<>();

  private EmbeddingsRequestReader(JsonReader in) {
    super(in);
  }

  static DecodeOutcome read(byte[] body) {
    return read(body, Dialect.OPENAI_CHAT, EmbeddingsRequestReader::new);
  }

  @Override
  String conversation() {
    return "input";
  }

  @Override
  void field(String name) {
    switch (name) {
      case "model" -> model();
      case "input" -> input();
      default -> in.skip();
    }
  }

  /** An answer is numbers, whatever the input: no model is asked for a token of text. */
  @Override
  void complete() {
    draft.maxOutput = OptionalLong.of(1);
    draft.messages.add(new Message(Role.USER, inputs));
  }

  private void input() {
    if (in.isText()) {
      add(in.text(INPUT));
    } else {
      in.array(INPUT);
      elements();
    }
  }

  private void elements() {
    int given = 0;
    long tokens = 0;
    while (in.nextElement()) {
      if (in.isText()) {
        given = oneMore(given);
        // and a token of its own: of short texts, that is most of it
        tokens++;
        add(in.text(INPUT));
      } else if (in.isArray()) {
        given = oneMore(given);
        while (in.nextElement()) {
          in.whole(0);
          tokens++;
        }
      } else {
        in.whole(0);
        tokens++;
      }
    }
    addTokens(tokens);
    if (!draft.hasMessages) {
      throw in.empty("at least one input");
    }
  }

  private int oneMore(int given) {
    if (given == MOST_INPUTS) {
      throw in.wrong("at most " + MOST_INPUTS + " inputs");
    }
    return given + 1;
  }

  private void addTokens(long tokens) {
    for (long left = tokens; left > 0; left -= RUN) {
      add(left >= RUN ? RUN_OF_TOKENS : RUN_OF_TOKENS.substring(0, 4 * (int) left));
    }
  }

  private void add(String text) {
    inputs.add(new Part.Text(text));
    draft.hasMessages = true;
  }
}
