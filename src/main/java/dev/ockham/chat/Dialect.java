package dev.ockham.chat;

/** The wire languages that clients and providers speak. */
public enum Dialect {
  OPENAI_CHAT("openai-chat"),
  ANTHROPIC_MESSAGES("anthropic-messages");

  private final String wireName;

  Dialect(String wireName) {
    this.wireName = wireName;
  }

  /** The name in configuration and records; never changes. */
  public String wireName() {
    return wireName;
  }
}
