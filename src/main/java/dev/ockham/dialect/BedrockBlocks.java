package dev.ockham.dialect;

import dev.ockham.chat.ReasoningState;
import java.util.function.Consumer;

/** Writes the content blocks of a Converse stream; only a tool call's is told when it begins. */
final class BedrockBlocks implements BlockOrder.Voice {
  private final Seals.Seal seal;

  /** Whether the open block has said anything. */
  private boolean said;

  private boolean call;

  /**
   * @param seal seals reasoning state of other makers
   */
  BedrockBlocks(Seals.Seal seal) {
    this.seal = seal;
  }

  @Override
  public void open(int index, BlockOrder.Kind kind, Bytes out) {
    said = false;
    call = false;
    switch (kind) {
      case BlockOrder.Kind.Call(var begun) -> {
        call = true;
        EventStreamWriter.event(
            "contentBlockStart",
            out,
            json -> {
              json.number("contentBlockIndex", index).object("start").object("toolUse");
              json.text("toolUseId", begun.id()).text("name", begun.name()).end().end();
            });
      }
      case BlockOrder.Kind.Hidden(ReasoningState state) ->
          delta(
              index,
              out,
              json ->
                  json.object("reasoningContent").text("redactedContent", seal.seal(state)).end());
      case BlockOrder.Kind.Text(), BlockOrder.Kind.Thought() -> {}
    }
  }

  @Override
  public void more(int index, BlockOrder.Kind kind, String text, Bytes out) {
    said = true;
    delta(
        index,
        out,
        json -> {
          switch (kind) {
            case BlockOrder.Kind.Text() -> json.text("text", text);
            case BlockOrder.Kind.Call _ -> json.object("toolUse").text("input", text).end();
            case BlockOrder.Kind.Thought(), BlockOrder.Kind.Hidden _ ->
                json.object("reasoningContent").text("text", text).end();
          }
        });
  }

  @Override
  public void signed(int index, ReasoningState state, Bytes out) {
    delta(
        index,
        out,
        json -> json.object("reasoningContent").text("signature", seal.seal(state)).end());
  }

  @Override
  public void close(int index, Bytes out) {
    if (call && !said) {
      // clients join the pieces and read JSON, which nothing at all is not
      delta(index, out, json -> json.object("toolUse").text("input", "{}").end());
    }
    EventStreamWriter.event(
        "contentBlockStop", out, json -> json.number("contentBlockIndex", index));
  }

  private static void delta(int index, Bytes out, Consumer<JsonWriter> fields) {
    EventStreamWriter.event(
        "contentBlockDelta",
        out,
        json -> {
          json.number("contentBlockIndex", index).object("delta");
          fields.accept(json);
          json.end();
        });
  }
}
