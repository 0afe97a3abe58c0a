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

  /**
   * A file to read, such as a PDF.
   *
   * @param name empty where the client gave none
   */
  record Document(Source source, String name) implements Part {
    /** Prints no name: it may tell of its content. */
    @Override
    public String toString() {
      return "Document[" + source + "]";
    }
  }

  /** Sound to listen to. */
  record Audio(Source source) implements Part {}

  /**
   * The provider is asked to keep the prompt up to here in its cache: up to and including the part
   * before this one.
   */
  record CacheMark(CacheLifetime lifetime) implements Part {}

  /** Where the bytes of a picture, file or sound are. Addresses are passed on, never fetched. */
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

    /**
     * A file that was given to a provider before; nobody else has it.
     *
     * @param holder the dialect of the provider that keeps it
     */
    record Kept(Dialect holder, String id) implements Source {}
  }

  /** The model asks for a tool. {@code arguments} is a JSON object. */
  record ToolCall(String id, String name, JsonText arguments) implements Part {}

  /** What a tool answered to the call with this id. */
  record ToolResult(String callId, List<Part> content, boolean error) implements Part {
    public ToolResult {
      content = List.copyOf(content);
    }
  }

  /**
   * The model's reasoning, with what its maker wants back. The text may be empty, as of thoughts
   * that only their maker can read; state without text that stands before a call or after a text
   * belongs to it.
   */
  record Reasoning(String text, Optional<ReasoningState> state) implements Part {
    /** Prints no prompt. */
    @Override
    public String toString() {
      return "Reasoning[" + text.length() + " characters]";
    }
  }

  /** A part this version does not know: its kind, and its JSON as the client wrote it. */
  record Unknown(String kind, JsonText json) implements Part {}
}
