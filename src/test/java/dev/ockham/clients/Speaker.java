package dev.ockham.clients;

import dev.ockham.chat.Dialect;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;

/** A provider's side of one dialect: the few answers that the clients' errands need. */
interface Speaker {
  /** What every answer to a question says. */
  String TEXT = "Paris is the capital of France.";

  /** Tokens of such an answer. */
  int INPUT = 11;

  int OUTPUT = 7;

  /** What a provider signs its reasoning with; has every character that base64 may have. */
  String SIGNATURE =
      Base64.getEncoder()
          .encodeToString(new byte[] {(byte) 0xfb, (byte) 0xef, (byte) 0xbe, -1, -2, -3, 42});

  /** The text of a refusal. */
  String REFUSAL = "slow down, please";

  Reply text(Received request, String text);

  /** Thinks, signed where the dialect can sign, and calls a tool. */
  Reply call(Received request, String tool, String arguments);

  /** Too many requests, not to be tried again before 3 seconds have passed. */
  Reply throttled();

  static Speaker of(Dialect dialect) {
    return switch (dialect) {
      case OPENAI_CHAT -> new ChatSpeaker();
      case OPENAI_RESPONSES -> new ResponsesSpeaker();
      case ANTHROPIC_MESSAGES -> new AnthropicSpeaker();
      case GEMINI_GENERATE -> new GeminiSpeaker();
      case BEDROCK_CONVERSE -> new BedrockSpeaker();
    };
  }

  /** A JSON string, in quotes. */
  static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }

  /** Chat completions; they have no place for signed reasoning. */
  record ChatSpeaker() implements Speaker {
    @Override
    public Reply text(Received request, String text) {
      String quoted = quoted(text);
      return OpenAiReplies.text(quoted.substring(1, quoted.length() - 1), INPUT, OUTPUT)
          .reply(request);
    }

    @Override
    public Reply call(Received request, String tool, String arguments) {
      return OpenAiReplies.toolCall(tool, arguments).reply(request);
    }

    @Override
    public Reply throttled() {
      return OpenAiReplies.error(429, "rate_limit_exceeded", REFUSAL, "retry-after: 3");
    }
  }
}
