package dev.ockham.dialect;

import java.util.Locale;
import java.util.Optional;

/**
 * The servers that speak Chat Completions, and where each differs from OpenAI. One adapter serves
 * them all; what is not named here, they do alike. A server is known by the host of its address or
 * by the name its provider has in the configuration.
 */
public enum ChatServer {
  OPENAI("OpenAI, Azure OpenAI", Knob.REASONING_EFFORT, ""),
  OPENROUTER("OpenRouter", Knob.REASONING, "reasoning"),
  DEEPSEEK("DeepSeek", Knob.THINKING, "reasoning_content"),
  MISTRAL("Mistral", Knob.REASONING_EFFORT, ""),
  GROQ("Groq", Knob.REASONING_EFFORT, ""),
  VLLM("vLLM", Knob.REASONING_EFFORT, "reasoning"),
  LLAMA_CPP("llama.cpp", Knob.REASONING_EFFORT, "reasoning_content"),
  OLLAMA("Ollama", Knob.REASONING_EFFORT, ""),
  LM_STUDIO("LM Studio", Knob.REASONING_EFFORT, ""),
  OTHER("any other server", Knob.REASONING_EFFORT, "");

  /** How a server is asked for effort. */
  enum Knob {
    /** {@code reasoning_effort}. */
    REASONING_EFFORT,
    /** {@code reasoning: {effort}}. */
    REASONING,
    /** {@code thinking: {type}}, which is on or off. */
    THINKING
  }

  private final String title;
  private final Knob knob;
  private final String reasoningBack;

  ChatServer(String title, Knob knob, String reasoningBack) {
    this.title = title;
    this.knob = knob;
    this.reasoningBack = reasoningBack;
  }

  /**
   * @param provider its name in the configuration
   * @param host of its address
   */
  static ChatServer of(String provider, String host) {
    String at = host.toLowerCase(Locale.ROOT);
    if (isWithin(at, "openai.com") || isWithin(at, "azure.com")) {
      return OPENAI;
    }
    if (isWithin(at, "openrouter.ai")) {
      return OPENROUTER;
    }
    if (isWithin(at, "deepseek.com")) {
      return DEEPSEEK;
    }
    if (isWithin(at, "mistral.ai")) {
      return MISTRAL;
    }
    if (isWithin(at, "groq.com")) {
      return GROQ;
    }
    String called = provider.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    for (ChatServer server : values()) {
      if (server != OPENAI && server != OTHER && called.contains(server.word())) {
        return server;
      }
    }
    return OTHER;
  }

  private static boolean isWithin(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  /** What the name of a provider holds, in small letters and digits alone. */
  private String word() {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  String title() {
    return title;
  }

  /** The name of the cap on output. */
  String capField() {
    return this == OPENAI ? "max_completion_tokens" : "max_tokens";
  }

  /**
   * Whether instructions may stand anywhere. Elsewhere they may meet a chat template that takes one
   * system message, at the beginning.
   */
  boolean takesLaterInstructions() {
    return this == OPENAI;
  }

  /** Whether the fields that OpenAI alone has are sent; others refuse or ignore them. */
  boolean takesOwnFields() {
    return this == OPENAI;
  }

  /** Whether usage in a stream has to be asked for; one that always tells refuses to be asked. */
  boolean waitsForIncludeUsage() {
    return this != MISTRAL;
  }

  String seedField() {
    return this == MISTRAL ? "random_seed" : "seed";
  }

  Knob knob() {
    return knob;
  }

  /** The field in which an earlier answer's reasoning is wanted back; empty where it is not. */
  Optional<String> reasoningBack() {
    return reasoningBack.isEmpty() ? Optional.empty() : Optional.of(reasoningBack);
  }
}
