package dev.ockham.chat;

import java.util.List;
import java.util.Optional;

/** A piece of a {@link Message}. */
public sealed interface Part {
  /** Plain text. */
  record Text(String text) implements Part {
    /** Prints no prompt. */
    @Override
    public String toString() {
      return "Text[" + text.length() + " characters]";
    }
  }

  /** A picture, by address or by content. */
  record Image(Source source) implements Part {}

  /** Where an image's bytes are. Addresses are passed on, never fetched. */
  sealed interface Source {
    record Address(String url) implements Source {
      /** Prints no address: it may hold a signature. */
      @Override
      public String toString() {
        return "Address[]";
      }
    }

    record Inline(String mediaType, String base64) implements Source {
      /** Prints no picture. */
      @Override
      public String toString() {
        return "Inline[" + mediaType + "]";
      }
    }
  }

  /** The model asks for a tool. {@code arguments} is a JSON object. */
  record ToolCall(String id, String name, JsonText arguments) implements Part {}

  /** What a tool answered to the call with this id. */
  record ToolResult(String callId, List<Part> content, boolean error) implements Part {
    public ToolResult {
      content = List.copyOf(content);
    }
  }

  /** The model's reasoning, with the signature its maker checks when it comes back. */
  record Reasoning(String text, Optional<String> signature) implements Part {
    /** Prints no prompt. */
    @Override
    public String toString() {
      return "Reasoning[" + text.length() + " characters]";
    }
  }

  /** A part this version does not know: its kind, and its JSON as the client wrote it. */
  record Unknown(String kind, JsonText json) implements Part {}
}
