package dev.ockham.serve;

import dev.ockham.catalog.Model;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Tool;
import dev.ockham.chat.Usage;
import dev.ockham.dialect.RawBody;
import dev.ockham.ledger.Quote;
import dev.ockham.route.Explanation.Candidate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The most that a call may use, which is held, and what it is expected to. */
final class WorstCase {
  /** Held for models whose longest answer nobody told us, where the client set no cap either. */
  private static final long UNKNOWN_MAX_OUTPUT = 32_768;

  /** More than any model writes, and little enough that its price can be reckoned. */
  private static final long MOST_OUTPUT = 1L << 30;

  /** Of text that is read by a provider and not by us. */
  private static final int CHARS_PER_TOKEN_AT_LEAST = 3;

  /** Where the router expects nothing. */
  private static final long EXPECTED_OUTPUT = 500;

  private WorstCase() {}

  /** The same for a call that is part of a batch, at the price of one where the model has one. */
  static Quote ofBatch(Plan plan, Model model) {
    Quote alone = quote(plan, model);
    return Quote.of(model, batched(alone.worstCase()), batched(alone.expected()));
  }

  /** Whatever tier was asked for: as part of a batch it is that. */
  static Usage batched(Usage usage) {
    return new Usage(usage.tokens(), Optional.of(ServiceTier.BATCH));
  }

  static Quote quote(Plan plan, Model model) {
    ChatRequest request = plan.asked().request();
    long output = Math.min(longestAnswer(request, model), MOST_OUTPUT / request.choices());
    long all = Math.max(1, output) * Math.min(request.choices(), MOST_OUTPUT);
    var worst = new Usage(Map.of(inputClass(request), input(plan, model), TokenClass.OUTPUT, all));
    var expected = Usage.of(plan.input().estimate(), Math.min(all, expectedOutput(plan, model)));
    Optional<ServiceTier> tier = request.options().tier().filter(t -> t != ServiceTier.AUTO);
    return Quote.of(model, worst.servedAt(tier), expected.servedAt(tier));
  }

  /** The cap to tell a model that the router chose: never more than was held, or than it can do. */
  static OptionalLong cap(ChatRequest request, Model model) {
    long longest = longestAnswer(request, model);
    OptionalLong asked = request.maxOutput();
    boolean known = model.limits().maxOutput().isPresent();
    boolean bound = asked.isPresent() ? asked.getAsLong() <= longest : known;
    return bound ? OptionalLong.empty() : OptionalLong.of(longest);
  }

  private static long longestAnswer(ChatRequest request, Model model) {
    OptionalLong limit = model.limits().maxOutput();
    long longest = limit.orElse(UNKNOWN_MAX_OUTPUT);
    OptionalLong asked = request.maxOutput();
    if (asked.isEmpty()) {
      return longest;
    }
    return limit.isPresent() ? Math.min(asked.getAsLong(), longest) : asked.getAsLong();
  }

  /** A provider of the client's dialect also reads the fields that are not understood here. */
  private static long input(Plan plan, Model model) {
    ChatRequest request = plan.asked().request();
    RawBody raw = plan.asked().decoded().raw();
    long passed = 0;
    if (raw.dialect() == model.endpoint().dialect()) {
      for (String name : passedFields(request)) {
        passed += raw.lengthOf(name);
      }
    }
    return plan.input().conservative() + Math.ceilDiv(passed, CHARS_PER_TOKEN_AT_LEAST);
  }

  private static Set<String> passedFields(ChatRequest request) {
    var fields = new HashSet<String>();
    for (String path : request.unmapped()) {
      boolean strangeTools = path.startsWith("tools[] of type");
      fields.add(strangeTools ? "tools" : path);
    }
    return fields;
  }

  /** Input that is to be cached costs more than input that is not. */
  private static TokenClass inputClass(ChatRequest request) {
    return isMarked(request) ? TokenClass.CACHE_WRITE_1H : TokenClass.INPUT;
  }

  private static boolean isMarked(ChatRequest request) {
    for (String path : request.unmapped()) {
      if (path.endsWith("cache_control")) {
        return true;
      }
    }
    for (Tool tool : request.tools().offered()) {
      if (tool.cached().isPresent()) {
        return true;
      }
    }
    for (Message message : request.messages()) {
      if (isMarked(message.parts())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMarked(List<Part> parts) {
    for (Part part : parts) {
      if (part instanceof Part.CacheMark
          || (part instanceof Part.ToolResult result && isMarked(result.content()))) {
        return true;
      }
    }
    return false;
  }

  private static long expectedOutput(Plan plan, Model model) {
    for (Candidate candidate : plan.why().candidates()) {
      if (candidate instanceof Candidate.Scored scored && scored.model().equals(model.id())) {
        return scored.outputTokens();
      }
    }
    return EXPECTED_OUTPUT;
  }
}
