package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.chat.ScoredToken;
import dev.ockham.chat.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** One item of an answer, while it is being said. */
abstract sealed class OpenAiResponsesItem {
  static final String IN_PROGRESS = "in_progress";
  static final String COMPLETED = "completed";
  static final String INCOMPLETE = "incomplete";

  final int index;
  final String id;

  /** What the dialect calls where it stands. */
  String status = IN_PROGRESS;

  private OpenAiResponsesItem(int index, String id) {
    this.index = index;
    this.id = id;
  }

  final boolean isOpen() {
    return status.equals(IN_PROGRESS);
  }

  /** Whether nothing can come that belongs to it, once something else has begun. */
  abstract boolean isComplete();

  /** Writes the item as it is now. */
  abstract void write(JsonWriter json);

  /** Text for the reader. */
  static final class Said extends OpenAiResponsesItem {
    final StringBuilder text = new StringBuilder();
    final List<ScoredToken> scored = new ArrayList<>();

    Said(int index, String response) {
      super(index, "msg_" + response + "_" + index);
    }

    @Override
    boolean isComplete() {
      return true;
    }

    @Override
    void write(JsonWriter json) {
      json.object().text("id", id).text("type", "message").text("status", status);
      json.text("role", "assistant").array("content");
      if (!text.isEmpty()) {
        json.object();
        part(json);
        json.end();
      }
      json.end().end();
    }

    /** The fields of its one content part. */
    void part(JsonWriter json) {
      json.text("type", "output_text").text("text", text.toString()).array("annotations").end();
      logprobs(json, scored);
    }

    static void logprobs(JsonWriter json, List<ScoredToken> tokens) {
      json.array("logprobs");
      for (ScoredToken token : tokens) {
        json.object();
        score(json, token.token(), token.logprob());
        json.array("top_logprobs");
        for (ScoredToken.Alternative other : token.alternatives()) {
          json.object();
          score(json, other.token(), other.logprob());
          json.end();
        }
        json.end().end();
      }
      json.end();
    }

    private static void score(JsonWriter json, String token, double logprob) {
      json.text("token", token).number("logprob", logprob).array("bytes");
      for (byte b : token.getBytes(UTF_8)) {
        json.number(b & 0xFF);
      }
      json.end();
    }
  }

  /** Reasoning, and what its maker wants back. */
  static final class Thought extends OpenAiResponsesItem {
    final StringBuilder text = new StringBuilder();
    Optional<String> sealed = Optional.empty();

    Thought(int index, String response) {
      super(index, "rs_" + response + "_" + index);
    }

    @Override
    boolean isComplete() {
      return true;
    }

    @Override
    void write(JsonWriter json) {
      json.object().text("id", id).text("type", "reasoning").array("summary");
      if (!text.isEmpty()) {
        json.object();
        part(json);
        json.end();
      }
      json.end();
      sealed.ifPresent(state -> json.text("encrypted_content", state));
      json.end();
    }

    /** The fields of its one summary part. */
    void part(JsonWriter json) {
      json.text("type", "summary_text").text("text", text.toString());
    }
  }

  /** A tool call, by the name or names its client gave the tool. */
  static final class Call extends OpenAiResponsesItem {
    final String name;
    final boolean freeform;
    private final String callId;
    private final String namespace;
    private final StringBuilder arguments = new StringBuilder();
    private final ObjectScan scan = new ObjectScan();

    Call(int index, String response, String callId, Tool tool) {
      super(index, (tool.isFreeform() ? "ctc_" : "fc_") + response + "_" + index);
      this.callId = callId;
      this.freeform = tool.isFreeform();
      if (tool.kind() instanceof Tool.Kind.Namespaced(var outer, var local, var _)) {
        this.namespace = outer;
        this.name = local;
      } else {
        this.namespace = "";
        this.name = tool.name();
      }
    }

    void add(String more) {
      arguments.append(more);
      scan.add(more);
    }

    @Override
    boolean isComplete() {
      return scan.isComplete();
    }

    String arguments() {
      return arguments.toString().isBlank() ? "{}" : arguments.toString();
    }

    /** What it says so far: an item that has just begun has said nothing. */
    String said() {
      if (isOpen()) {
        return "";
      }
      return freeform ? plain(arguments()) : arguments();
    }

    @Override
    void write(JsonWriter json) {
      json.object().text("id", id).text("type", freeform ? "custom_tool_call" : "function_call");
      json.text("status", status).text("call_id", callId).text("name", name);
      if (!namespace.isEmpty()) {
        json.text("namespace", namespace);
      }
      json.text(freeform ? "input" : "arguments", said()).end();
    }
  }

  /**
   * The plain text in the arguments of a function that stands for a tool of plain text. Where a
   * model has not kept to the schema, all it said is the text.
   */
  static String plain(String arguments) {
    String text = arguments;
    try (JsonReader in = JsonReader.of(arguments.getBytes(UTF_8))) {
      in.beginObject();
      while (in.nextField()) {
        if (in.name().equals(Tool.Kind.Freeform.ARGUMENT) && in.isText()) {
          text = in.textOrEmpty();
        } else {
          in.skip();
        }
      }
      return text;
    } catch (Rejected | JacksonException notJson) {
      return arguments;
    }
  }
}
