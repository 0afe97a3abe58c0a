package dev.ockham.dialect;

/**
 * A change to a client's body on its way to a provider of the same dialect. These are all there
 * are; everything else passes byte for byte. Each one made is named in the request's record.
 */
public sealed interface Edit {

  /** The record's word for it; never changes. */
  String name();

  /** Puts the served model's name in place of the one asked for. Always made where they differ. */
  record ModelName(String upstreamModel) implements Edit {
    @Override
    public String name() {
      return "model";
    }
  }

  /**
   * Asks an OpenAI stream for its usage. Always made where the client did not ask; the extra chunk
   * is hidden from it.
   */
  record IncludeUsage() implements Edit {
    @Override
    public String name() {
      return "stream_options.include_usage";
    }
  }

  /** Lowers the cap on output to {@code tokens}, or sets one where there was none. */
  record CapOutput(long tokens) implements Edit {
    public CapOutput {
      if (tokens < 1) {
        throw new IllegalArgumentException("cap: " + tokens + " (expected: >= 1 tokens)");
      }
    }

    @Override
    public String name() {
      return "max_tokens";
    }
  }

  /**
   * Takes out reasoning of other makers, which only our envelopes hold. Always made where there is
   * some: the provider could only refuse it.
   */
  record DropForeignReasoning() implements Edit {
    @Override
    public String name() {
      return "reasoning";
    }
  }

  /** Takes out temperature, top_p and top_k, which some models refuse even at their defaults. */
  record DropSampling() implements Edit {
    @Override
    public String name() {
      return "sampling";
    }
  }
}
