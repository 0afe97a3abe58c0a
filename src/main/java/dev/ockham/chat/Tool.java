package dev.ockham.chat;

import java.util.Optional;

/**
 * A tool the model may call.
 *
 * @param name unique in its request; of a tool in a namespace, both names joined by {@code __}
 * @param description empty where the client gave none
 * @param schema JSON schema of the arguments
 * @param strict whether the client asked that the schema be enforced
 * @param kind what the client's dialect calls it
 * @param cached asks the provider to keep the prompt up to here
 */
public record Tool(
    String name,
    String description,
    JsonText schema,
    boolean strict,
    Kind kind,
    Optional<CacheLifetime> cached) {

  /** The sorts of tool that are all told to other dialects as functions. */
  public sealed interface Kind {
    record Function() implements Kind {}

    /** Its argument is plain text: other dialects see one string, named {@link #ARGUMENT}. */
    record Freeform() implements Kind {
      public static final String ARGUMENT = "input";
    }

    /**
     * A tool in a namespace, which the client calls by two names.
     *
     * @param freeform whether its argument is plain text, as of {@link Freeform}
     */
    record Namespaced(String namespace, String localName, boolean freeform) implements Kind {}
  }

  /** Whether its argument is plain text. */
  public boolean isFreeform() {
    return kind instanceof Kind.Freeform
        || (kind instanceof Kind.Namespaced inside && inside.freeform());
  }

  public static Tool function(String name, String description, JsonText schema, boolean strict) {
    return new Tool(name, description, schema, strict, new Kind.Function(), Optional.empty());
  }
}
