package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ScoredToken;
import dev.ockham.chat.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one event of a provider's stream says, or a whole response, its fields in any order. */
final class OpenAiResponsesEvent {
  private static final ChatError UNEXPLAINED =
      new ChatError(500, ChatError.Kind.SERVER, "", "The provider failed without a text");

  String type = "";
  String delta = "";
  List<ScoredToken> scored = List.of();
  long outputIndex;
  long partIndex;
  Item item = new Item();

  // Of the response.
  boolean isResponse;
  String id = "";
  String model = "";
  String status = "";
  List<Item> output = List.of();
  boolean hasUsage;

  private final Counts.OpenAi counts;
  private String cutBy = "";
  private String code = "";
  private String message = "";
  private Optional<ChatError> error = Optional.empty();

  OpenAiResponsesEvent(Counts.OpenAi counts) {
    this.counts = counts;
  }

  void read(JsonReader in) {
    in.beginObject();
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> type = in.textOrEmpty();
        case "delta" -> delta = in.textOrEmpty();
        case "logprobs" -> scored = OpenAiResponsesEvent.scored(in);
        case "output_index" -> outputIndex = Math.max(0, in.count());
        case "summary_index", "content_index" -> partIndex = in.count();
        case "item" -> item = Item.read(in);
        case "response" -> response(in);
        case "code" -> code = in.textOrEmpty();
        case "message" -> message = in.textOrEmpty();
        case "error" -> error(in);
        default -> in.skip();
      }
    }
  }

  void readWhole(JsonReader in) {
    in.beginObject();
    fields(in);
  }

  private void response(JsonReader in) {
    if (in.isObject()) {
      fields(in);
    } else {
      in.skip();
    }
  }

  private void fields(JsonReader in) {
    while (in.nextField()) {
      switch (in.name()) {
        case "object" -> isResponse = in.textOrEmpty().equals("response");
        case "id" -> id = in.textOrEmpty();
        case "model" -> model = in.textOrEmpty();
        case "status" -> status = in.textOrEmpty();
        case "output" -> output = Item.list(in);
        case "usage" -> usage(in);
        case "service_tier" -> counts.readTier(in);
        case "incomplete_details" -> cut(in);
        case "error" -> error(in);
        default -> in.skip();
      }
    }
  }

  private void usage(JsonReader in) {
    if (in.isObject()) {
      hasUsage = true;
      counts.read(in);
    } else {
      in.skip();
    }
  }

  private void cut(JsonReader in) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    while (in.nextField()) {
      if (in.name().equals("reason")) {
        cutBy = in.textOrEmpty();
      } else {
        in.skip();
      }
    }
  }

  private void error(JsonReader in) {
    if (in.isObject()) {
      error = Optional.of(Errors.readInStream(in));
    } else {
      in.skip();
    }
  }

  /** Why an incomplete response is. */
  StopReason cut() {
    return switch (cutBy) {
      case "max_output_tokens" -> StopReason.MAX_OUTPUT;
      case "content_filter" -> StopReason.CONTENT_FILTER;
      default -> StopReason.OTHER;
    };
  }

  boolean hasError() {
    return error.isPresent();
  }

  /** The error it tells of, in an object or in fields of its own. */
  ChatError error() {
    return error.orElseGet(
        () -> message.isEmpty() && code.isEmpty() ? UNEXPLAINED : Errors.said("", code, message));
  }

  /** An item of the output. */
  static final class Item {
    String type = "";
    String id = "";
    String callId = "";
    String name = "";
    String namespace = "";
    String encrypted = "";
    List<ScoredToken> scored = new ArrayList<>();
    private String arguments = "";
    private String input = "";
    private final List<String> content = new ArrayList<>();
    private final List<String> summary = new ArrayList<>();

    static List<Item> list(JsonReader in) {
      if (!in.isArray()) {
        in.skip();
        return List.of();
      }
      var items = new ArrayList<Item>();
      while (in.nextElement()) {
        items.add(read(in));
      }
      return items;
    }

    static Item read(JsonReader in) {
      var item = new Item();
      if (!in.isObject()) {
        in.skip();
        return item;
      }
      while (in.nextField()) {
        item.field(in);
      }
      return item;
    }

    private void field(JsonReader in) {
      switch (in.name()) {
        case "type" -> type = in.textOrEmpty();
        case "id" -> id = in.textOrEmpty();
        case "call_id" -> callId = in.textOrEmpty();
        case "name" -> name = in.textOrEmpty();
        case "namespace" -> namespace = in.textOrEmpty();
        case "arguments" -> arguments = in.textOrEmpty();
        case "input" -> input = in.textOrEmpty();
        case "encrypted_content" -> encrypted = in.textOrEmpty();
        case "content" -> parts(in, content);
        case "summary" -> parts(in, summary);
        default -> in.skip();
      }
    }

    private void parts(JsonReader in, List<String> into) {
      if (!in.isArray()) {
        in.skip();
        return;
      }
      while (in.nextElement()) {
        if (!in.isObject()) {
          in.skip();
          continue;
        }
        while (in.nextField()) {
          switch (in.name()) {
            case "text", "refusal" -> into.add(in.textOrEmpty());
            case "logprobs" -> scored.addAll(OpenAiResponsesEvent.scored(in));
            default -> in.skip();
          }
        }
      }
    }

    boolean isCall() {
      return type.equals("function_call") || isFreeform();
    }

    private boolean isFreeform() {
      return type.equals("custom_tool_call");
    }

    /** A call's arguments as a function's. */
    String arguments() {
      return isFreeform() ? OpenAiResponsesItemReader.freeform(input).value() : arguments;
    }

    /** What a message or a thought says. */
    String text() {
      if (type.equals("reasoning")) {
        return String.join("\n\n", summary.isEmpty() ? content : summary);
      }
      return String.join("", content);
    }
  }

  private static List<ScoredToken> scored(JsonReader in) {
    if (!in.isArray()) {
      in.skip();
      return List.of();
    }
    var tokens = new ArrayList<ScoredToken>();
    while (in.nextElement()) {
      tokens.add(score(in));
    }
    return tokens;
  }

  private static ScoredToken score(JsonReader in) {
    String token = "";
    double logprob = 0;
    var others = new ArrayList<ScoredToken.Alternative>();
    if (!in.isObject()) {
      in.skip();
      return new ScoredToken(token, logprob, others);
    }
    while (in.nextField()) {
      switch (in.name()) {
        case "token" -> token = in.textOrEmpty();
        case "logprob" -> logprob = in.number();
        case "top_logprobs" -> {
          for (ScoredToken other : scored(in)) {
            others.add(new ScoredToken.Alternative(other.token(), other.logprob()));
          }
        }
        default -> in.skip();
      }
    }
    return new ScoredToken(token, logprob, others);
  }
}
