package dev.ockham.chat;

/** The shape the client wants the answer in. */
public sealed interface OutputFormat {
  record FreeText() implements OutputFormat {}

  /** Any JSON object. */
  record JsonObject() implements OutputFormat {}

  /** JSON that obeys a schema. */
  record Schema(String name, JsonText schema, boolean strict) implements OutputFormat {}
}
