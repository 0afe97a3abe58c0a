package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** OpenAI Chat Completions. */
final class OpenAiChat extends Wire {
  static final OpenAiChat WIRE = new OpenAiChat();

  private OpenAiChat() {}

  @Override
  public Dialect dialect() {
    return Dialect.OPENAI_CHAT;
  }

  @Override
  public String requestPath(String model, boolean stream) {
    return "/chat/completions";
  }

  /** A body that has the fields of Responses is taken for one: some editors post it here. */
  @Override
  public DecodeOutcome decode(PathSays path, byte[] body) {
    DecodeOutcome read = OpenAiRequestReader.read(body);
    boolean items =
        read instanceof DecodeOutcome.Malformed
            && FieldAhead.has(body, "input")
            && !FieldAhead.has(body, "messages");
    return items ? OpenAiResponsesRequestReader.readAtChat(body) : read;
  }

  @Override
  EncodeOutcome encode(ChatRequest request, Target target) {
    return OpenAiRequestWriter.write(request, target);
  }

  @Override
  public byte[] error(ChatError error) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      Errors.writeOpenAi(json, error);
    }
    return out.take();
  }

  @Override
  public byte[] errorEvent(ChatError error) {
    var out = new Bytes();
    out.write("data: ");
    out.write(error(error));
    out.write("\n\n");
    return out.take();
  }

  @Override
  public byte[] models(List<ModelEntry> models) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().text("object", "list").array("data");
      for (ModelEntry model : models) {
        writeModel(json, model);
      }
      json.end().end();
    }
    return out.take();
  }

  static void writeModel(JsonWriter json, ModelEntry model) {
    json.object().text("id", model.id()).text("object", "model");
    json.number("created", model.created().getEpochSecond());
    json.text("owned_by", model.ownedBy()).end();
  }

  @Override
  public byte[] heartbeat() {
    return ": waiting\n\n".getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  ReplyReader replyReader() {
    return new OpenAiReplyReader();
  }

  @Override
  ReplyWriter replyWriter(ReplyWriter.Head head) {
    return new OpenAiReplyWriter(head);
  }
}
