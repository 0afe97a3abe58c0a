package dev.ockham.dialect;

import dev.ockham.chat.ChatEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Writes the content blocks of a stream, one open at a time. Calls that interleave are put in
 * order: the first is written as it comes, the others wait until it is known to be complete.
 */
final class AnthropicBlocks {

  private static final class Block {
    private final Optional<ChatEvent.ToolCallStarted> call;
    private final ObjectScan scan = new ObjectScan();
    private final StringBuilder waiting = new StringBuilder();
    private boolean closed;

    Block(Optional<ChatEvent.ToolCallStarted> call) {
      this.call = call;
    }

    boolean isText() {
      return call.isEmpty();
    }

    /** Text ends when something else begins; a call ends with its JSON. */
    boolean isComplete() {
      return isText() || scan.isComplete();
    }
  }

  /** What has not been closed, in order of appearance; the first is open. */
  private final Deque<Block> blocks = new ArrayDeque<>();

  private final List<Block> calls = new ArrayList<>();
  private int index;

  void text(String text, Bytes out) {
    Block last = blocks.peekLast();
    if (last == null || !last.isText()) {
      last = new Block(Optional.empty());
      begin(last, out);
    }
    add(last, text, out);
  }

  void callStarted(ChatEvent.ToolCallStarted call, Bytes out) {
    var block = new Block(Optional.of(call));
    calls.add(block);
    begin(block, out);
  }

  void callDelta(int call, String arguments, Bytes out) {
    Block block = calls.get(call);
    if (block.closed) {
      if (arguments.isBlank()) {
        return;
      }
      throw Rejected.reply("The provider sent more arguments for a tool call that was complete");
    }
    block.scan.add(arguments);
    add(block, arguments, out);
    closeComplete(out);
  }

  /** Closes what is open, after writing what waited. */
  void finish(Bytes out) {
    while (!blocks.isEmpty()) {
      closeFirst(out);
    }
  }

  private void begin(Block block, Bytes out) {
    blocks.add(block);
    if (blocks.size() == 1) {
      open(block, out);
    } else {
      closeComplete(out);
    }
  }

  private void closeComplete(Bytes out) {
    while (blocks.size() > 1 && blocks.getFirst().isComplete()) {
      closeFirst(out);
    }
  }

  private void closeFirst(Bytes out) {
    blocks.removeFirst().closed = true;
    event("content_block_stop", out, json -> json.number("index", index));
    index++;
    if (!blocks.isEmpty()) {
      open(blocks.getFirst(), out);
    }
  }

  private void open(Block block, Bytes out) {
    event(
        "content_block_start",
        out,
        json -> {
          json.number("index", index).object("content_block");
          if (block.call.isPresent()) {
            ChatEvent.ToolCallStarted call = block.call.get();
            json.text("type", "tool_use").text("id", call.id()).text("name", call.name());
            json.object("input").end();
          } else {
            json.text("type", "text").text("text", "");
          }
          json.end();
        });
    if (!block.waiting.isEmpty()) {
      delta(block, block.waiting.toString(), out);
      block.waiting.setLength(0);
    }
  }

  private void add(Block block, String text, Bytes out) {
    if (block == blocks.peekFirst()) {
      delta(block, text, out);
    } else {
      block.waiting.append(text);
    }
  }

  private void delta(Block block, String text, Bytes out) {
    event(
        "content_block_delta",
        out,
        json -> {
          json.number("index", index).object("delta");
          if (block.isText()) {
            json.text("type", "text_delta").text("text", text);
          } else {
            json.text("type", "input_json_delta").text("partial_json", text);
          }
          json.end();
        });
  }

  /** Adds fields to an object that has begun. */
  interface Fields {
    void into(JsonWriter json);
  }

  static void event(String type, Bytes out, Fields fields) {
    out.write("event: ");
    out.write(type);
    out.write("\ndata: ");
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().text("type", type);
      fields.into(json);
      json.end();
    }
    out.write("\n\n");
  }
}
