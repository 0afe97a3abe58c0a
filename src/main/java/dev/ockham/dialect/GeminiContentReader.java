package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the contents of a Gemini request. */
final class GeminiContentReader {
  private static final String ROLES = "user or model";
  private static final String PARTS = "an array of parts";

  private final JsonReader in;
  private final RequestDraft draft;
  private final GeminiCalls calls = new GeminiCalls();
  private final GeminiModelTurn turn = new GeminiModelTurn();

  GeminiContentReader(JsonReader in, RequestDraft draft) {
    this.in = in;
    this.draft = draft;
  }

  /**
   * A part as it came.
   *
   * @param signature empty where there is none
   */
  record Piece(Part part, boolean thought, String signature) {}

  /** Reads the content stood on. Results of tools become a message of their own. */
  void read() {
    String role = "user";
    List<Piece> pieces = List.of();
    var fields = new GeminiFields(in, "a content object");
    while (fields.next()) {
      switch (fields.name()) {
        case "role" -> role = in.text(ROLES);
        case "parts" -> pieces = pieces();
        default -> draft.pass(in, "contents[]." + fields.name());
      }
    }
    switch (role) {
      case "model" -> {
        refuse(pieces, Part.ToolResult.class, "a functionResponse of the model's");
        pieces.forEach(turn::add);
      }
      case "user", "function", "" -> {
        refuse(pieces, Part.ToolCall.class, "a functionCall of the user's");
        addUser(pieces);
      }
      default -> throw in.unknown(role, "a content's role: " + ROLES);
    }
  }

  private void refuse(List<Piece> pieces, Class<? extends Part> kind, String what) {
    for (Piece piece : pieces) {
      if (kind.isInstance(piece.part())) {
        throw Rejected.invalid(
            "invalid_value",
            in.path()
                + ".parts: "
                + what
                + " (expected: calls of the model, responses of the user)");
      }
    }
  }

  /** Ends the conversation. */
  void end() {
    endTurn();
  }

  /** Histories of streams hold a content for each chunk: together they are one turn. */
  private void endTurn() {
    List<Part> parts = turn.take();
    if (!parts.isEmpty()) {
      draft.messages.add(new Message(Role.ASSISTANT, parts));
    }
  }

  private void addUser(List<Piece> pieces) {
    endTurn();
    var results = new ArrayList<Part>();
    var said = new ArrayList<Part>();
    for (Piece piece : pieces) {
      (piece.part() instanceof Part.ToolResult ? results : said).add(piece.part());
    }
    if (!results.isEmpty()) {
      draft.messages.add(new Message(Role.TOOL, results));
    }
    if (!said.isEmpty() || results.isEmpty()) {
      draft.messages.add(new Message(Role.USER, said));
    }
  }

  /** Reads instructions: a content, or plain text. */
  Message instructions() {
    if (in.isText()) {
      return new Message(Role.SYSTEM, List.of(new Part.Text(in.text("a string"))));
    }
    var parts = new ArrayList<Part>();
    var fields = new GeminiFields(in, "a content object");
    while (fields.next()) {
      switch (fields.name()) {
        case "role" -> in.skip();
        case "parts" -> pieces().forEach(piece -> instruct(piece.part(), parts));
        default -> draft.pass(in, "systemInstruction." + fields.name());
      }
    }
    return new Message(Role.SYSTEM, parts);
  }

  private void instruct(Part part, List<Part> parts) {
    if (part instanceof Part.Text) {
      parts.add(part);
    } else {
      draft.unmapped.add("systemInstruction.parts[] of another kind than text");
    }
  }

  private List<Piece> pieces() {
    in.array(PARTS);
    var pieces = new ArrayList<Piece>();
    while (in.nextElement()) {
      pieces.add(piece());
    }
    return pieces;
  }

  private Piece piece() {
    int start = in.offset();
    Optional<Part> part = Optional.empty();
    String unknown = "";
    boolean thought = false;
    String signature = "";
    var fields = new GeminiFields(in, "a part object");
    while (fields.next()) {
      switch (fields.name()) {
        case "text" -> part = Optional.of(new Part.Text(in.text("a string")));
        case "thought" -> thought = in.flag();
        case "thoughtSignature" -> signature = signature();
        case "functionCall" -> part = Optional.of(call());
        case "functionResponse" -> part = Optional.of(response());
        case "inlineData", "fileData" -> part = Optional.of(media());
        case "executableCode",
            "codeExecutionResult",
            "toolCall",
            "toolResponse",
            "audioTranscription" -> {
          unknown = fields.name();
          in.skip();
        }
        default -> draft.pass(in, "contents[].parts[]." + fields.name());
      }
    }
    if (!unknown.isEmpty()) {
      part = Optional.of(new Part.Unknown(unknown, in.json(start)));
    }
    return new Piece(part.orElseGet(() -> new Part.Text("")), thought, signature);
  }

  /** Some clients decode what stands here and encode it again in the other alphabet. */
  private String signature() {
    String text = in.text("a signature in base64");
    if (!Seals.isSealed(text)) {
      return text;
    }
    String usual = text.replace('-', '+').replace('_', '/').replace("=", "");
    return usual + "=".repeat(-usual.length() & 3);
  }

  private Part call() {
    String id = "";
    String name = "";
    JsonText arguments = JsonText.EMPTY_OBJECT;
    var fields = new GeminiFields(in, "an object with a name");
    while (fields.next()) {
      switch (fields.name()) {
        case "id" -> id = in.text("the call's id");
        case "name" -> name = in.text("the function's name");
        case "args" -> {
          in.object("an object of arguments");
          arguments = in.json();
        }
        default -> draft.pass(in, "contents[].parts[].functionCall." + fields.name());
      }
    }
    if (name.isEmpty()) {
      throw in.missing("name", "the function's name");
    }
    return new Part.ToolCall(calls.made(id, name), name, arguments);
  }

  private Part response() {
    String id = "";
    String name = "";
    var content = new ArrayList<Part>();
    boolean error = false;
    var fields = new GeminiFields(in, "an object with a name and a response");
    while (fields.next()) {
      switch (fields.name()) {
        case "id" -> id = in.text("the call's id");
        case "name" -> name = in.text("the function's name");
        case "response" -> {
          GeminiResult result = GeminiResult.read(in);
          content.addFirst(new Part.Text(result.text()));
          error = result.error();
        }
        case "parts" -> shown(content);
        default -> draft.pass(in, "contents[].parts[].functionResponse." + fields.name());
      }
    }
    return new Part.ToolResult(calls.answered(id, name), content, error);
  }

  private void shown(List<Part> content) {
    in.array(PARTS);
    while (in.nextElement()) {
      var fields = new GeminiFields(in, "a part object");
      while (fields.next()) {
        switch (fields.name()) {
          case "inlineData", "fileData" -> content.add(media());
          default -> draft.pass(in, "contents[].parts[].functionResponse.parts[]." + fields.name());
        }
      }
    }
  }

  /** Reads the data or the address of a file. */
  private Part media() {
    int start = in.offset();
    String type = "";
    String name = "";
    String data = "";
    String uri = "";
    var fields = new GeminiFields(in, "an object with a mimeType");
    while (fields.next()) {
      switch (fields.name()) {
        case "mimeType" -> type = in.text("a media type");
        case "displayName" -> name = in.text("a file's name");
        case "data" -> data = in.text("the file in base64");
        case "fileUri" -> uri = in.text("the file's address");
        default -> draft.pass(in, "contents[].parts[].inlineData." + fields.name());
      }
    }
    Part.Source source = uri.isEmpty() ? new Part.Source.Inline(type, data) : at(uri);
    int slash = type.indexOf('/');
    return switch (slash < 0 ? "" : type.substring(0, slash)) {
      case "image" -> new Part.Image(source);
      case "audio" -> new Part.Audio(source);
      case "video" -> new Part.Unknown("video", in.json(start));
      default -> new Part.Document(source, name);
    };
  }

  /** Files that were uploaded to Google or lie in its storage are known to nobody else. */
  private static Part.Source at(String uri) {
    boolean anywhere =
        (uri.startsWith("https://") || uri.startsWith("http://"))
            && !uri.startsWith("https://generativelanguage.googleapis.com/");
    return anywhere
        ? new Part.Source.Address(uri)
        : new Part.Source.Kept(Dialect.GEMINI_GENERATE, uri);
  }
}
