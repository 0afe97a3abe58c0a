package dev.ockham.chat;

/**
 * A tool the model may call.
 *
 * @param description empty where the client gave none
 * @param schema JSON schema of the arguments
 * @param strict whether the client asked that the schema be enforced
 */
public record Tool(String name, String description, JsonText schema, boolean strict) {}
