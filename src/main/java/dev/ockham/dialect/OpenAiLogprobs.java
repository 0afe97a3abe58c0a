package dev.ockham.dialect;

import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.ScoredToken;
import java.util.ArrayList;
import java.util.List;

/** Reads the {@code logprobs} of a choice. */
final class OpenAiLogprobs {
  private OpenAiLogprobs() {}

  /** The tokens of the content, as one event; none where there are none. */
  static List<ChatEvent> read(JsonReader in) {
    var tokens = new ArrayList<ScoredToken>();
    if (!in.isObject()) {
      in.skip();
      return List.of();
    }
    while (in.nextField()) {
      if (in.name().equals("content") && in.isArray()) {
        while (in.nextElement()) {
          in.object("a token with its probability");
          tokens.add(token(in));
        }
      } else {
        in.skip();
      }
    }
    return tokens.isEmpty() ? List.of() : List.of(new ChatEvent.TokensScored(tokens));
  }

  private static ScoredToken token(JsonReader in) {
    String token = "";
    double logprob = 0;
    var alternatives = new ArrayList<ScoredToken.Alternative>();
    while (in.nextField()) {
      switch (in.name()) {
        case "token" -> token = in.textOrEmpty();
        case "logprob" -> logprob = in.number();
        case "top_logprobs" -> {
          if (in.isArray()) {
            while (in.nextElement()) {
              in.object("a token with its probability");
              ScoredToken other = token(in);
              alternatives.add(new ScoredToken.Alternative(other.token(), other.logprob()));
            }
          } else {
            in.skip();
          }
        }
        default -> in.skip();
      }
    }
    return new ScoredToken(token, logprob, alternatives);
  }
}
