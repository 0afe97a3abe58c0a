package dev.ockham.lab.xray;

/** How sure a finding is. */
enum Evidence {
  SEEN("the log holds what was done: the same tool calls or answer, again and again"),
  COUNTED("token counts alone: the same length of answer, the same growth of the prompt"),
  ONE_RUN("token counts of calls that the log says are one run, at list prices"),
  ALIKE("token counts of calls that look like one conversation; the log names no run"),
  SIZES(
      "sizes of calls alone, at list prices: nobody looked at a prompt or an answer. Try it on your"
          + " traffic before you move any");

  private final String words;

  Evidence(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  static Evidence of(Loops.Loop loop) {
    return loop.shown() ? SEEN : COUNTED;
  }

  static Evidence of(CacheWaste.Waste waste) {
    return waste.named() ? ONE_RUN : ALIKE;
  }
}
