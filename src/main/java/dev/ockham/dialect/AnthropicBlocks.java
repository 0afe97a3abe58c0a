package dev.ockham.dialect;

import dev.ockham.chat.ReasoningState;
import java.util.function.Consumer;

/** Writes the content blocks of a stream. */
final class AnthropicBlocks implements BlockOrder.Voice {
  private final Seals.Seal seal;

  /**
   * @param seal seals reasoning state of other makers
   */
  AnthropicBlocks(Seals.Seal seal) {
    this.seal = seal;
  }

  @Override
  public void open(int index, BlockOrder.Kind kind, Bytes out) {
    event(
        "content_block_start",
        out,
        json -> {
          json.number("index", index).object("content_block");
          switch (kind) {
            case BlockOrder.Kind.Text() -> json.text("type", "text").text("text", "");
            case BlockOrder.Kind.Thought() ->
                json.text("type", "thinking").text("thinking", "").text("signature", "");
            case BlockOrder.Kind.Hidden(ReasoningState state) ->
                json.text("type", "redacted_thinking").text("data", seal.seal(state));
            case BlockOrder.Kind.Call(var call) -> {
              json.text("type", "tool_use").text("id", call.id()).text("name", call.name());
              json.object("input").end();
            }
          }
          json.end();
        });
  }

  @Override
  public void more(int index, BlockOrder.Kind kind, String text, Bytes out) {
    delta(
        index,
        out,
        json -> {
          switch (kind) {
            case BlockOrder.Kind.Text() -> json.text("type", "text_delta").text("text", text);
            case BlockOrder.Kind.Call _ ->
                json.text("type", "input_json_delta").text("partial_json", text);
            case BlockOrder.Kind.Thought(), BlockOrder.Kind.Hidden _ ->
                json.text("type", "thinking_delta").text("thinking", text);
          }
        });
  }

  @Override
  public void signed(int index, ReasoningState state, Bytes out) {
    delta(
        index,
        out,
        json -> json.text("type", "signature_delta").text("signature", seal.seal(state)));
  }

  @Override
  public void close(int index, Bytes out) {
    event("content_block_stop", out, json -> json.number("index", index));
  }

  private static void delta(int index, Bytes out, Consumer<JsonWriter> fields) {
    event(
        "content_block_delta",
        out,
        json -> {
          json.number("index", index).object("delta");
          fields.accept(json);
          json.end();
        });
  }

  static void event(String type, Bytes out, Consumer<JsonWriter> fields) {
    out.write("event: ");
    out.write(type);
    out.write("\ndata: ");
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().text("type", type);
      fields.accept(json);
      json.end();
    }
    out.write("\n\n");
  }
}
