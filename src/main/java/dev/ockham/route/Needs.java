package dev.ockham.route;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Model;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Part;
import dev.ockham.policy.Constraint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a request cannot do without. */
record Needs(boolean tools, boolean images, boolean schema, long inputTokens, OptionalLong output) {
  /** Room for an answer where the client set no cap. */
  static final long DEFAULT_OUTPUT = 1_024;

  static Needs of(ChatRequest request) {
    boolean tools = !request.tools().offered().isEmpty();
    boolean images = false;
    for (Message message : request.messages()) {
      images |= showsImage(message.parts());
      tools |= usesTools(message.parts());
    }
    return new Needs(
        tools,
        images,
        request.format() instanceof OutputFormat.Schema,
        InputTokens.of(request).estimate(),
        request.maxOutput());
  }

  /** Why this model cannot meet them. */
  Optional<Constraint> unmetBy(Model model) {
    if (model.capabilities().contains(Capability.EMBEDDINGS)) {
      return Optional.of(new Constraint.OnlyEmbeds());
    }
    if (tools && !model.capabilities().contains(Capability.TOOLS)) {
      return Optional.of(new Constraint.LacksCapability(Capability.TOOLS));
    }
    if (images && !model.capabilities().contains(Capability.IMAGES)) {
      return Optional.of(new Constraint.LacksCapability(Capability.IMAGES));
    }
    if (schema && !model.capabilities().contains(Capability.JSON_SCHEMA)) {
      return Optional.of(new Constraint.LacksCapability(Capability.JSON_SCHEMA));
    }
    OptionalLong window = model.limits().contextWindow();
    long needed = tokens();
    if (window.isPresent() && needed > window.getAsLong()) {
      return Optional.of(new Constraint.WindowTooSmall(needed, window.getAsLong()));
    }
    return Optional.empty();
  }

  /** Input and room for the answer; a client may name any number as its cap. */
  private long tokens() {
    return inputTokens + Math.min(output.orElse(DEFAULT_OUTPUT), Long.MAX_VALUE - inputTokens);
  }

  private static boolean showsImage(List<Part> parts) {
    for (Part part : parts) {
      if (part instanceof Part.Image
          || (part instanceof Part.ToolResult result && showsImage(result.content()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean usesTools(List<Part> parts) {
    for (Part part : parts) {
      if (part instanceof Part.ToolCall || part instanceof Part.ToolResult) {
        return true;
      }
    }
    return false;
  }
}
