package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Effort;
import dev.ockham.chat.Message;
import dev.ockham.chat.Options;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Sampling;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.Thinking;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** A request while its body is being read, in whatever order its fields come. */
final class RequestDraft {
  String model = "";
  final List<Message> system = new ArrayList<>();
  final List<Message> messages = new ArrayList<>();
  boolean hasMessages;
  final List<Tool> tools = new ArrayList<>();
  ToolChoice choice = new ToolChoice.Auto();
  boolean parallel = true;
  OptionalLong maxOutput = OptionalLong.empty();
  long choices = 1;
  final List<String> stop = new ArrayList<>();
  OptionalDouble temperature = OptionalDouble.empty();
  OptionalDouble topP = OptionalDouble.empty();
  OptionalLong topK = OptionalLong.empty();
  OptionalLong seed = OptionalLong.empty();
  OptionalDouble frequencyPenalty = OptionalDouble.empty();
  OptionalDouble presencePenalty = OptionalDouble.empty();
  Optional<Effort> effort = Optional.empty();
  OptionalLong thinkingBudget = OptionalLong.empty();
  Optional<Boolean> thinkingShown = Optional.empty();
  Optional<String> endUser = Optional.empty();
  Optional<ServiceTier> tier = Optional.empty();
  Optional<String> cacheKey = Optional.empty();
  Optional<String> verbosity = Optional.empty();
  OptionalInt logprobs = OptionalInt.empty();
  OutputFormat format = new OutputFormat.FreeText();
  boolean stream;
  boolean streamUsage;
  final Set<String> unmapped = new TreeSet<>();
  final List<RawBody.Field> fields = new ArrayList<>();

  /** Passes over a field the neutral form does not carry, and remembers that it said something. */
  void pass(JsonReader in, String path) {
    if (!in.isNull() && !in.isFalse()) {
      unmapped.add(path);
    }
    in.skip();
  }

  DecodeOutcome.Decoded decoded(Dialect dialect, PathSays path, byte[] body) {
    var all = new ArrayList<Message>(system.size() + messages.size());
    all.addAll(system);
    all.addAll(messages);
    var request =
        new ChatRequest(
            model,
            all,
            new ChatRequest.Tools(tools, choice, parallel),
            maxOutput,
            choices,
            stop,
            new Sampling(temperature, topP, topK, seed, frequencyPenalty, presencePenalty),
            new Thinking(effort, thinkingBudget, thinkingShown),
            format,
            new Options(endUser, tier, cacheKey, verbosity, logprobs),
            stream,
            streamUsage,
            unmapped);
    return new DecodeOutcome.Decoded(request, new RawBody(dialect, body, fields), path);
  }
}
