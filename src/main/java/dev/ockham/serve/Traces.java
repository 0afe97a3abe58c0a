package dev.ockham.serve;

/** Writes an exception down without its messages, which may hold what a client sent. */
final class Traces {
  private static final int MAX_FRAMES = 12;
  private static final int MAX_CAUSES = 4;

  private Traces() {}

  static String withoutMessages(Throwable thrown) {
    var text = new StringBuilder();
    Throwable at = thrown;
    for (int i = 0; i < MAX_CAUSES && at != null; i++) {
      text.append(i == 0 ? "" : "\ncaused by ").append(at.getClass().getName());
      StackTraceElement[] frames = at.getStackTrace();
      for (int f = 0; f < Math.min(MAX_FRAMES, frames.length); f++) {
        text.append("\n  at ").append(frames[f]);
      }
      at = at.getCause();
    }
    return text.toString();
  }
}
