package dev.ockham.route;

/**
 * A condition as somebody wrote it, ready to be asked. Two are equal if they are written alike.
 *
 * @param text as it was written
 */
public record Expression(String text, Condition condition) {

  /** Whether something is so of a request. Does no I/O and is safe for any thread. */
  @FunctionalInterface
  public interface Condition {
    /**
     * @throws Unanswerable where the facts give no answer
     */
    boolean holds(Facts facts) throws Unanswerable;
  }

  /** No answer, as of a division by nothing. */
  public static final class Unanswerable extends Exception {
    private static final long serialVersionUID = 1;

    public Unanswerable(Throwable cause) {
      super("no answer", cause, false, false);
    }
  }

  /**
   * @param otherwise where the facts give no answer
   */
  boolean holds(Facts facts, boolean otherwise) {
    try {
      return condition.holds(facts);
    } catch (Unanswerable _) {
      return otherwise;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression(String others, _) && others.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
