package dev.ockham.dialect;

import dev.ockham.chat.ScoredToken;
import java.util.ArrayList;
import java.util.List;

/**
 * Log probabilities in Gemini's words: the tokens said in one list, and for each the likeliest ones
 * in another.
 */
final class GeminiScores {
  private GeminiScores() {}

  /** Reads the {@code logprobsResult} stood on. */
  static List<ScoredToken> read(JsonReader in) {
    var chosen = new ArrayList<ScoredToken.Alternative>();
    var likeliest = new ArrayList<List<ScoredToken.Alternative>>();
    if (!in.isObject()) {
      in.skip();
      return List.of();
    }
    while (in.nextField()) {
      switch (in.name()) {
        case "chosenCandidates" -> tokens(in, chosen);
        case "topCandidates" -> steps(in, likeliest);
        default -> in.skip();
      }
    }
    var scored = new ArrayList<ScoredToken>();
    for (int i = 0; i < chosen.size(); i++) {
      ScoredToken.Alternative token = chosen.get(i);
      List<ScoredToken.Alternative> others = i < likeliest.size() ? likeliest.get(i) : List.of();
      scored.add(new ScoredToken(token.token(), token.logprob(), others));
    }
    return scored;
  }

  private static void steps(JsonReader in, List<List<ScoredToken.Alternative>> likeliest) {
    if (!in.isArray()) {
      in.skip();
      return;
    }
    while (in.nextElement()) {
      var step = new ArrayList<ScoredToken.Alternative>();
      if (in.isObject()) {
        while (in.nextField()) {
          if (in.name().equals("candidates")) {
            tokens(in, step);
          } else {
            in.skip();
          }
        }
      } else {
        in.skip();
      }
      likeliest.add(step);
    }
  }

  private static void tokens(JsonReader in, List<ScoredToken.Alternative> tokens) {
    if (!in.isArray()) {
      in.skip();
      return;
    }
    while (in.nextElement()) {
      in.object("a token object");
      String token = "";
      double logprob = 0;
      while (in.nextField()) {
        switch (in.name()) {
          case "token" -> token = in.textOrEmpty();
          case "logProbability" -> logprob = in.number();
          default -> in.skip();
        }
      }
      tokens.add(new ScoredToken.Alternative(token, logprob));
    }
  }

  /** Writes a {@code logprobsResult}. */
  static void write(JsonWriter json, List<ScoredToken> scored) {
    json.object("logprobsResult").array("chosenCandidates");
    for (ScoredToken token : scored) {
      token(json, token.token(), token.logprob());
    }
    json.end().array("topCandidates");
    for (ScoredToken token : scored) {
      json.object().array("candidates");
      token.alternatives().forEach(other -> token(json, other.token(), other.logprob()));
      json.end().end();
    }
    json.end().end();
  }

  private static void token(JsonWriter json, String token, double logprob) {
    json.object().text("token", token).number("logProbability", logprob).end();
  }
}
