package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import java.util.List;
import java.util.OptionalLong;

/** Reads an Embeddings request: what is embedded becomes messages, to be measured and paid for. */
final class EmbeddingsRequestReader extends RequestReader {
  private static final String INPUT =
      "a string, an array of strings, an array of token numbers, or an array of such arrays";

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
    int tokens = 0;
    while (in.nextElement()) {
      if (in.isText()) {
        add(in.text(INPUT));
      } else if (in.isArray()) {
        int more = 0;
        while (in.nextElement()) {
          in.whole(0);
          more++;
        }
        addTokens(more);
      } else {
        in.whole(0);
        tokens++;
      }
    }
    if (tokens > 0) {
      addTokens(tokens);
    }
    if (!draft.hasMessages) {
      throw in.empty("at least one input");
    }
  }

  /** A text of as many tokens as an estimate will find. */
  private void addTokens(int tokens) {
    add(" ".repeat(Math.multiplyExact(tokens, 4)));
  }

  private void add(String text) {
    draft.messages.add(new Message(Role.USER, List.of(new Part.Text(text))));
    draft.hasMessages = true;
  }
}
