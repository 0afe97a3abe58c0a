package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import tools.jackson.core.JacksonException;

/** What the request readers of all dialects share: the walk over the top-level fields. */
abstract class RequestReader {
  static final String MODEL = "the name of a model, an alias, a route, or \"auto\"";

  final JsonReader in;
  final RequestDraft draft = new RequestDraft();

  RequestReader(JsonReader in) {
    this.in = in;
  }

  /** Makes a dialect's reader once the bytes are known to be text. */
  interface Maker {
    RequestReader over(JsonReader in);
  }

  static DecodeOutcome read(byte[] body, Dialect dialect, Maker maker) {
    return read(body, dialect, PathSays.NOTHING, maker);
  }

  static DecodeOutcome read(byte[] body, Dialect dialect, PathSays path, Maker maker) {
    try (JsonReader in = JsonReader.ofClient(body)) {
      RequestReader reader = maker.over(in);
      reader.draft.model = path.model();
      reader.draft.stream = path.stream();
      reader.walk();
      return reader.draft.decoded(dialect, path, body);
    } catch (Rejected e) {
      return new DecodeOutcome.Malformed(e.error());
    }
  }

  private void walk() {
    try {
      fields();
      draft.system.forEach(instructions -> Placement.check(instructions, () -> "system"));
      complete();
    } catch (JacksonException e) {
      throw in.explain(e);
    }
  }

  private void fields() {
    in.beginObject();
    while (in.nextName()) {
      int nameStart = in.offset();
      String name = canonical(in.name());
      in.value();
      int valueStart = in.offset();
      if (!in.isNull()) {
        field(name);
      }
      draft.fields.add(new RawBody.Field(name, nameStart, valueStart, in.endOffset()));
    }
    in.end();
    if (draft.model.isEmpty()) {
      throw in.missing("model", MODEL);
    }
    if (!draft.hasMessages) {
      throw in.missing(conversation(), "an array with at least one message");
    }
  }

  /** The one name of a field that the dialect lets clients write in several ways. */
  String canonical(String name) {
    return name;
  }

  /** The name of the field that holds what was said. */
  String conversation() {
    return "messages";
  }

  /** Reads the value of a top-level field, which is not null. */
  abstract void field(String name);

  /** Checks what only the whole body shows. */
  abstract void complete();

  /** Passes over a field the neutral form does not carry, and remembers that. */
  void pass(String path) {
    draft.pass(in, path);
  }

  void model() {
    draft.model = in.text(MODEL);
    if (draft.model.isEmpty()) {
      throw in.wrong(MODEL);
    }
  }

  /** Reads the messages by the dialect's {@code reader}, at least one. */
  void messages(Runnable reader) {
    in.array("an array with at least one message");
    while (in.nextElement()) {
      in.object("a message object");
      int before = draft.messages.size();
      reader.run();
      draft.hasMessages = true;
      int from = Math.min(before, draft.messages.size());
      draft
          .messages
          .subList(from, draft.messages.size())
          .forEach(m -> Placement.check(m, in::path));
    }
    if (!draft.hasMessages) {
      throw in.empty("at least one message");
    }
  }

  void texts(Runnable each) {
    in.array("an array of strings");
    while (in.nextElement()) {
      each.run();
    }
  }
}
