package dev.ockham.chat;

/** The wire languages that clients and providers speak. */
public enum Dialect {
  OPENAI_CHAT("openai-chat"),
  OPENAI_RESPONSES("openai-responses"),
  ANTHROPIC_MESSAGES("anthropic-messages"),
  GEMINI_GENERATE("gemini-generate"),
  BEDROCK_CONVERSE("bedrock-converse");

  private final String wireName;

  Dialect(String wireName) {
    this.wireName = wireName;
  }

  /** The name in configuration and records; never changes. */
  public String wireName() {
    return wireName;
  }
}
