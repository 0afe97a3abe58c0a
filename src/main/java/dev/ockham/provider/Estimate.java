package dev.ockham.provider;

import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.dialect.ReplyStream;
import java.util.EnumMap;
import java.util.Map;

/** What a call is taken to have used where its provider did not tell all of it. */
final class Estimate {
  /** The usual size of a token in Latin script. */
  private static final int CHARS_PER_TOKEN = 4;

  private Estimate() {}

  /** Books what a reply says that it used, as reported where it is whole, else as estimated. */
  static void settle(Meter meter, ReplyStream reply, long inputEstimate) {
    Usage seen = reply.usage();
    boolean whole = reply.finished() && reply.failure().isEmpty();
    if (whole && seen.reported(TokenClass.OUTPUT).isPresent()) {
      meter.reported(seen);
    } else {
      meter.estimated(of(seen, inputEstimate, reply.outputChars()));
    }
  }

  /**
   * What was reported stands; input that was not is the estimate from the request; output is at
   * least what was seen. Of an answer that nothing was seen of, nothing can be said: absent, so
   * that what was expected is booked.
   */
  static Usage of(Usage reported, long inputEstimate, long outputChars) {
    if (reported.isAbsent() && outputChars == 0) {
      return Usage.ABSENT;
    }
    Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
    tokens.putAll(reported.tokens());
    if (reported.reported(TokenClass.INPUT).isEmpty()) {
      tokens.put(TokenClass.INPUT, inputEstimate);
    }
    long seen = Math.ceilDiv(outputChars, CHARS_PER_TOKEN);
    tokens.merge(TokenClass.OUTPUT, seen, Math::max);
    return new Usage(tokens);
  }
}
