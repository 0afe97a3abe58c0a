package dev.ockham.demo;

import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a server of the fleet speaks: as a provider of this dialect would, written apart from the
 * gateway's own dialects so that they check each other.
 */
sealed interface Voice permits OpenAiVoice, AnthropicVoice {
  ObjectMapper JSON = JsonMapper.shared();

  static Voice of(Dialect dialect) {
    return switch (dialect) {
      case OPENAI_CHAT -> new OpenAiVoice();
      case ANTHROPIC_MESSAGES -> new AnthropicVoice();
      case OPENAI_RESPONSES, GEMINI_GENERATE, BEDROCK_CONVERSE -> throw unspoken(dialect);
    };
  }

  /** The fleet's models have two voices; nothing asks for another. */
  static IllegalArgumentException unspoken(Dialect dialect) {
    return new IllegalArgumentException("the demo does not speak " + dialect.wireName());
  }

  /** The path prefix of the server's address that a client is configured with. */
  String basePath();

  /** The path requests are posted to. */
  String path();

  /** The credential a request carries, given its headers; empty where it carries none. */
  String credential(UnaryOperator<String> header);

  Asked read(JsonNode body);

  /** The body of an answer that is not streamed. */
  String whole(Reply reply);

  /** The events of a streamed answer, each with the empty line that ends it. */
  List<String> events(Reply reply, boolean usage);

  String error(int status, String message);

  /** The text of a message whose content is a string or a list of parts. */
  static String textOf(JsonNode content) {
    if (content.isString()) {
      return content.asString();
    }
    var text = new StringBuilder();
    for (JsonNode part : content) {
      text.append(part.path("text").asString(""));
    }
    return text.toString();
  }

  /** The last message's text. */
  static String lastText(JsonNode body) {
    JsonNode messages = body.path("messages");
    return textOf(messages.path(messages.size() - 1).path("content"));
  }
}
