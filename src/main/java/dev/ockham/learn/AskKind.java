package dev.ockham.learn;

import java.util.List;
import java.util.Locale;

/**
 * What an ask wants done, and so what its answer must be. Who can say what is known, or put given
 * text into another form, is one question; who can work something out is another: that is where
 * small models fall behind.
 */
public enum AskKind {
  /** Given text or numbers in another form: translated, shortened, extracted, sorted, converted. */
  TRANSFORM(false, 180),
  /** A fact, a meaning, a way to do something, that is known and short. */
  RECALL(false, 120),
  /** A short text or a few lines of ordinary code. */
  DRAFT(false, 220),
  /** A greeting or a thank-you. */
  CHAT(false, 40),
  /** Something to be proved, derived, counted or calculated in steps. */
  REASON(true, 900),
  /** The cause of what goes wrong. */
  DIAGNOSE(true, 800),
  /** A plan, an architecture or a program that must meet several demands at once. */
  DESIGN(true, 1_100),
  /** A judgement in law, medicine, finance, or on an argument. */
  JUDGE(true, 700);

  /** In the order in which models number them. */
  public static final List<AskKind> NUMBERED = List.of(values());

  private final boolean demanding;
  private final int usualTokens;

  AskKind(boolean demanding, int usualTokens) {
    this.demanding = demanding;
    this.usualTokens = usualTokens;
  }

  /** Whether the answer has to be worked out rather than known or rewritten. */
  public boolean demanding() {
    return demanding;
  }

  /** About how long an answer is where nothing else is known, in tokens, without reasoning. */
  public int usualTokens() {
    return usualTokens;
  }

  /** Its place in {@link #NUMBERED}. */
  public int number() {
    return NUMBERED.indexOf(this);
  }

  /** The name in explanations, lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
