package dev.ockham.store;

import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.Basis;
import java.util.EnumMap;
import java.util.List;

/** What was used and where that is known from, such as {@code reported input=11 output=7}. */
final class UsageText {
  private UsageText() {}

  static String of(Basis basis, Usage usage) {
    var text = new StringBuilder(basis.wireName());
    for (TokenClass kind : TokenClass.values()) {
      Long tokens = usage.tokens().get(kind);
      if (tokens != null) {
        text.append(' ').append(kind.wireName()).append('=').append(tokens);
      }
    }
    return text.toString();
  }

  static Basis basis(String text) {
    for (Basis basis : Basis.values()) {
      if (text.startsWith(basis.wireName())) {
        return basis;
      }
    }
    return Basis.ESTIMATED;
  }

  static Usage usage(String text) {
    var tokens = new EnumMap<TokenClass, Long>(TokenClass.class);
    for (String word : List.of(text.split(" ", -1))) {
      int equals = word.indexOf('=');
      for (TokenClass kind : TokenClass.values()) {
        if (equals > 0 && kind.wireName().equals(word.substring(0, equals))) {
          tokens.put(kind, Long.valueOf(word.substring(equals + 1)));
        }
      }
    }
    return tokens.isEmpty() ? Usage.ABSENT : new Usage(tokens);
  }
}
