package dev.ockham.dialect;

import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.ReasoningState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Puts the content of a stream into blocks, one open at a time, for dialects that want it so. Calls
 * that interleave are put in order: the first is written as it comes, the others wait until it is
 * known to be complete.
 */
final class BlockOrder {

  /** What a block holds. */
  sealed interface Kind {
    record Text() implements Kind {}

    record Thought() implements Kind {}

    /** State of reasoning that has no text. */
    record Hidden(ReasoningState state) implements Kind {}

    record Call(ChatEvent.ToolCallStarted call) implements Kind {}
  }

  /** Says blocks in a dialect's words. */
  interface Voice {
    void open(int index, Kind kind, Bytes out);

    /** More of the block's text, or of the JSON of its arguments. */
    void more(int index, Kind kind, String text, Bytes out);

    /** The state of the thought in the open block, which ends with it. */
    void signed(int index, ReasoningState state, Bytes out);

    void close(int index, Bytes out);
  }

  private static final class Block {
    private final Kind kind;
    private final ObjectScan scan = new ObjectScan();
    private final StringBuilder waiting = new StringBuilder();
    private Optional<ReasoningState> signature = Optional.empty();
    private boolean closed;

    Block(Kind kind) {
      this.kind = kind;
    }

    /** A call ends with its JSON; everything else when something else begins. */
    boolean isComplete() {
      return !(kind instanceof Kind.Call) || scan.isComplete();
    }

    boolean isOpenThought() {
      return kind instanceof Kind.Thought && signature.isEmpty();
    }
  }

  private final Voice voice;

  /** What has not been closed, in order of appearance; the first is open. */
  private final Deque<Block> blocks = new ArrayDeque<>();

  private final List<Block> calls = new ArrayList<>();
  private final Bound bound = new Bound();
  private int index;

  BlockOrder(Voice voice) {
    this.voice = voice;
  }

  void text(String text, Bytes out) {
    Block last = blocks.peekLast();
    if (last == null || !(last.kind instanceof Kind.Text)) {
      last = begin(new Kind.Text(), out);
    }
    add(last, text, out);
  }

  void thought(String text, Bytes out) {
    Block last = blocks.peekLast();
    if (last == null || !last.isOpenThought()) {
      last = begin(new Kind.Thought(), out);
    }
    add(last, text, out);
  }

  /** Closes the thought that is under way, or is one that cannot be read. */
  void signed(ReasoningState state, Bytes out) {
    Block last = blocks.peekLast();
    if (last == null || !last.isOpenThought()) {
      begin(new Kind.Hidden(state), out);
      return;
    }
    last.signature = Optional.of(state);
    if (last == blocks.peekFirst()) {
      voice.signed(index, state, out);
    }
  }

  void callStarted(ChatEvent.ToolCallStarted call, Bytes out) {
    calls.add(begin(new Kind.Call(call), out));
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

  private Block begin(Kind kind, Bytes out) {
    var block = new Block(kind);
    blocks.add(block);
    if (blocks.size() == 1) {
      open(block, out);
    } else {
      closeComplete(out);
    }
    return block;
  }

  private void closeComplete(Bytes out) {
    while (blocks.size() > 1 && blocks.getFirst().isComplete()) {
      closeFirst(out);
    }
  }

  private void closeFirst(Bytes out) {
    blocks.removeFirst().closed = true;
    voice.close(index, out);
    index++;
    if (!blocks.isEmpty()) {
      open(blocks.getFirst(), out);
    }
  }

  private void open(Block block, Bytes out) {
    voice.open(index, block.kind, out);
    if (!block.waiting.isEmpty()) {
      voice.more(index, block.kind, block.waiting.toString(), out);
      block.waiting.setLength(0);
    }
    block.signature.ifPresent(state -> voice.signed(index, state, out));
  }

  private void add(Block block, String text, Bytes out) {
    if (block == blocks.peekFirst()) {
      voice.more(index, block.kind, text, out);
    } else {
      bound.add(text.length());
      block.waiting.append(text);
    }
  }
}
