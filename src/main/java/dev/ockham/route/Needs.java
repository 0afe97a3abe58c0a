package dev.ockham.route;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Model;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Part;
import dev.ockham.policy.Constraint;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What a request cannot do without. */
public record Needs(Set<Capability> capabilities, long inputTokens, OptionalLong output) {
  /** Room for an answer where the client set no cap. */
  static final long DEFAULT_OUTPUT = 1_024;

  public Needs {
    capabilities = Set.copyOf(capabilities);
  }

  static Needs of(ChatRequest request) {
    var needed = EnumSet.noneOf(Capability.class);
    if (!request.tools().offered().isEmpty()) {
      needed.add(Capability.TOOLS);
    }
    if (request.format() instanceof OutputFormat.Schema) {
      needed.add(Capability.JSON_SCHEMA);
    }
    for (Message message : request.messages()) {
      add(needed, message.parts());
    }
    return new Needs(needed, InputTokens.of(request).estimate(), request.maxOutput());
  }

  boolean tools() {
    return capabilities.contains(Capability.TOOLS);
  }

  boolean images() {
    return capabilities.contains(Capability.IMAGES);
  }

  /** Why this model cannot meet them. */
  Optional<Constraint> unmetBy(Model model) {
    if (model.capabilities().contains(Capability.EMBEDDINGS)) {
      return Optional.of(new Constraint.OnlyEmbeds());
    }
    for (Capability needed : capabilities) {
      if (!model.capabilities().contains(needed)) {
        return Optional.of(new Constraint.LacksCapability(needed));
      }
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

  private static void add(Set<Capability> needed, List<Part> parts) {
    for (Part part : parts) {
      switch (part) {
        case Part.Image _ -> needed.add(Capability.IMAGES);
        case Part.Audio _ -> needed.add(Capability.AUDIO);
        case Part.Document document -> {
          if (!isText(document.source())) {
            needed.add(Capability.DOCUMENTS);
          }
        }
        case Part.ToolCall _ -> needed.add(Capability.TOOLS);
        case Part.ToolResult result -> {
          needed.add(Capability.TOOLS);
          add(needed, result.content());
        }
        default -> {}
      }
    }
  }

  /** Every model reads a file of text. */
  private static boolean isText(Part.Source source) {
    return source instanceof Part.Source.Inline inline && inline.mediaType().startsWith("text/");
  }
}
