package dev.ockham.dialect;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds the calls of a stream until each is complete, as Gemini's clients take calls whole, and
 * gives them out in the order they began.
 */
final class GeminiCallQueue {
  /** A call that is complete, or as complete as it will be. */
  record Call(String id, String name, String signature, String arguments) {
    /** Prints no content. */
    @Override
    public String toString() {
      return "Call[" + name + "]";
    }
  }

  private static final class Open {
    private final String id;
    private final String name;
    private final String signature;
    private final StringBuilder arguments = new StringBuilder();
    private final ObjectScan scan = new ObjectScan();

    Open(String id, String name, String signature) {
      this.id = id;
      this.name = name;
      this.signature = signature;
    }

    Call call() {
      return new Call(id, name, signature, arguments.toString());
    }
  }

  private final List<Open> calls = new ArrayList<>();
  private int taken;
  private long held;

  void begin(String id, String name, String signature) {
    calls.add(new Open(id, name, signature));
  }

  void add(int index, String more) {
    if (index < taken) {
      if (!more.isBlank()) {
        throw Rejected.reply("The provider sent more arguments for a tool call that was complete");
      }
      return;
    }
    if (index >= calls.size()) {
      throw Rejected.reply("The provider sent arguments for a tool call that had not begun");
    }
    held += more.length();
    if (held > WholeReply.LARGEST) {
      throw Rejected.reply("The provider sent tool calls of more than " + WholeReply.LARGEST);
    }
    Open call = calls.get(index);
    call.arguments.append(more);
    call.scan.add(more);
  }

  /** The calls that are complete and follow on those taken before. */
  List<Call> takeComplete() {
    var complete = new ArrayList<Call>();
    while (taken < calls.size() && calls.get(taken).scan.isComplete()) {
      complete.add(take());
    }
    return complete;
  }

  /** All calls that were not taken before. */
  List<Call> takeAll() {
    var rest = new ArrayList<Call>();
    while (taken < calls.size()) {
      rest.add(take());
    }
    return rest;
  }

  private Call take() {
    Open next = calls.get(taken);
    taken++;
    Call call = next.call();
    next.arguments.setLength(0);
    next.arguments.trimToSize();
    return call;
  }
}
