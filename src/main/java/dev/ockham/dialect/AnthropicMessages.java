package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Anthropic Messages. */
final class AnthropicMessages extends Wire {
  static final AnthropicMessages WIRE = new AnthropicMessages();

  private AnthropicMessages() {}

  @Override
  public Dialect dialect() {
    return Dialect.ANTHROPIC_MESSAGES;
  }

  @Override
  public String requestPath(String model, boolean stream) {
    return "/v1/messages";
  }

  @Override
  public String requestIdHeader() {
    return "request-id";
  }

  @Override
  public DecodeOutcome decode(PathSays path, byte[] body) {
    return AnthropicRequestReader.read(body);
  }

  @Override
  public DecodeOutcome decodeCount(PathSays path, byte[] body) {
    return AnthropicRequestReader.readCount(body);
  }

  @Override
  public Optional<String> tokenCountPath(String model) {
    return Optional.of("/v1/messages/count_tokens");
  }

  @Override
  public byte[] tokenCount(long tokens) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().number("input_tokens", tokens).end();
    }
    return out.take();
  }

  @Override
  EncodeOutcome encode(ChatRequest request, Target target) {
    return AnthropicRequestWriter.write(request, target);
  }

  @Override
  public byte[] error(ChatError error) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      Errors.writeAnthropic(json, error);
    }
    return out.take();
  }

  @Override
  public byte[] errorEvent(ChatError error) {
    var out = new Bytes();
    out.write("event: error\ndata: ");
    out.write(error(error));
    out.write("\n\n");
    return out.take();
  }

  @Override
  public byte[] models(List<ModelEntry> models) {
    return models(models, false);
  }

  @Override
  public byte[] model(ModelEntry model) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      writeModel(json, model);
    }
    return out.take();
  }

  private static void writeModel(JsonWriter json, ModelEntry model) {
    json.object().text("type", "model").text("id", model.id());
    json.text("display_name", model.id());
    json.text("created_at", model.created().truncatedTo(ChronoUnit.SECONDS).toString()).end();
  }

  @Override
  public byte[] models(List<ModelEntry> models, boolean more) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().array("data");
      for (ModelEntry model : models) {
        writeModel(json, model);
      }
      json.end().flag("has_more", more);
      if (models.isEmpty()) {
        json.nothing("first_id").nothing("last_id");
      } else {
        json.text("first_id", models.getFirst().id()).text("last_id", models.getLast().id());
      }
      json.end();
    }
    return out.take();
  }

  @Override
  public byte[] heartbeat() {
    return "event: ping\ndata: {\"type\":\"ping\"}\n\n".getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  ReplyReader replyReader() {
    return new AnthropicReplyReader();
  }

  @Override
  ReplyWriter replyWriter(ReplyWriter.Head head) {
    return new AnthropicReplyWriter(head);
  }
}
