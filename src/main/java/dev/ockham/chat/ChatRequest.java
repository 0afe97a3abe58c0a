package dev.ockham.chat;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a client asks, in the neutral form. The bytes it came in stay beside it (see {@code
 * dialect.Decoded}), so that a request that passes to the same dialect is edited, not rewritten.
 *
 * @param model the model, alias or route the client named
 * @param maxOutput the client's cap on output tokens; empty where it set none
 * @param choices how many answers are asked for, each of them billed; 1 unless the client says more
 * @param stream whether the client wants events as they come
 * @param streamUsage whether the client asked for usage in its stream (Anthropic clients always do)
 * @param unmapped paths of fields that the neutral form does not carry, without indexes, such as
 *     {@code user} or {@code tools[].cache_control}; another dialect than the client's cannot be
 *     told of them
 */
public record ChatRequest(
    String model,
    List<Message> messages,
    Tools tools,
    OptionalLong maxOutput,
    long choices,
    List<String> stop,
    Sampling sampling,
    Thinking thinking,
    OutputFormat format,
    Options options,
    boolean stream,
    boolean streamUsage,
    Set<String> unmapped) {

  /** The tools on offer and how they may be used. */
  public record Tools(List<Tool> offered, ToolChoice choice, boolean parallel) {
    public static final Tools NONE = new Tools(List.of(), new ToolChoice.Auto(), true);

    public Tools {
      offered = List.copyOf(offered);
    }
  }

  /** A plain question: no tools, no caps, a whole answer in free text. */
  public static ChatRequest asking(String model, List<Message> messages) {
    return new ChatRequest(
        model,
        messages,
        Tools.NONE,
        OptionalLong.empty(),
        1,
        List.of(),
        Sampling.UNSET,
        Thinking.UNSET,
        new OutputFormat.FreeText(),
        Options.UNSET,
        false,
        false,
        Set.of());
  }

  public ChatRequest {
    messages = List.copyOf(messages);
    stop = List.copyOf(stop);
    unmapped = Set.copyOf(unmapped);
  }

  /** Whether any message shows a picture. */
  public boolean hasImages() {
    for (Message message : messages) {
      for (Part part : message.parts()) {
        if (part instanceof Part.Image) {
          return true;
        }
      }
    }
    return false;
  }

  /** The newest thing a person asked: the text of the last user message, empty where none is. */
  public String newestAsk() {
    for (int i = messages.size() - 1; i >= 0; i--) {
      Message message = messages.get(i);
      if (message.role() == Role.USER && !message.text().isEmpty()) {
        return message.text();
      }
    }
    return "";
  }

  public ChatRequest withMaxOutput(OptionalLong cap) {
    return new ChatRequest(
        model,
        messages,
        tools,
        cap,
        choices,
        stop,
        sampling,
        thinking,
        format,
        options,
        stream,
        streamUsage,
        unmapped);
  }

  public ChatRequest withSampling(Sampling other) {
    return new ChatRequest(
        model,
        messages,
        tools,
        maxOutput,
        choices,
        stop,
        other,
        thinking,
        format,
        options,
        stream,
        streamUsage,
        unmapped);
  }

  public ChatRequest withTools(Tools others) {
    return new ChatRequest(
        model,
        messages,
        others,
        maxOutput,
        choices,
        stop,
        sampling,
        thinking,
        format,
        options,
        stream,
        streamUsage,
        unmapped);
  }

  public ChatRequest withMessages(List<Message> others) {
    return new ChatRequest(
        model,
        others,
        tools,
        maxOutput,
        choices,
        stop,
        sampling,
        thinking,
        format,
        options,
        stream,
        streamUsage,
        unmapped);
  }

  /** Prints no prompt. */
  @Override
  public String toString() {
    return "ChatRequest[" + model + ", " + messages.size() + " messages]";
  }
}
