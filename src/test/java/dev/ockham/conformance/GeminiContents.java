package dev.ockham.conformance;

import static dev.ockham.conformance.Json.demand;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the contents that Gemini is sent, by the rules it holds them to. */
final class GeminiContents {
  /** What Google tells those to send who have no signature for a call; it stands for none. */
  private static final String NO_SIGNATURE = "skip_thought_signature_validator";

  private final List<Asked.Spoken> turns = new ArrayList<>();
  private List<Piece.Call> open = List.of();

  List<Asked.Spoken> turns() {
    return turns;
  }

  void content(JsonNode content) {
    Json.only(content, "role", "parts");
    boolean model = Json.oneOf(content, "role", "user", "model").equals("model");
    demand(!turns.isEmpty() || !model, "the first content is the user's");
    demand(turns.isEmpty() || turns.getLast().model() != model, "user and model take turns");
    JsonNode parts = Json.array(content, "parts");
    demand(!parts.isEmpty(), "parts are not empty");
    var pieces = new Pieces();
    int results = 0;
    for (JsonNode part : parts) {
      if (model) {
        said(part, pieces);
      } else if (part.has("functionResponse")) {
        demand(results < open.size(), "a response answers a call just before: " + part);
        pieces.add(result(part.path("functionResponse"), open.get(results++)));
      } else {
        pieces.add(asked(part));
      }
    }
    demand(results == open.size(), "as many responses as calls: " + results);
    open = model ? calls(pieces.list()) : List.of();
    turns.add(new Asked.Spoken(model, pieces.list()));
  }

  void end() {
    demand(open.isEmpty(), "responses for " + open);
    demand(!turns.isEmpty() && !turns.getLast().model(), "the user speaks last");
  }

  private static List<Piece.Call> calls(List<Piece> pieces) {
    return pieces.stream()
        .filter(Piece.Call.class::isInstance)
        .map(Piece.Call.class::cast)
        .toList();
  }

  private static void said(JsonNode part, Pieces pieces) {
    Json.only(part, "text", "thought", "thoughtSignature", "functionCall");
    String given = part.path("thoughtSignature").asString("");
    String signature = given.equals(NO_SIGNATURE) ? "" : given;
    Base64.getDecoder().decode(signature);
    if (part.path("thought").asBoolean(false)) {
      pieces.thoughtText(Json.filled(part, "text"));
    } else if (part.has("functionCall")) {
      ObjectNode call = Json.object(part, "functionCall", true);
      Json.only(call, "id", "name", "args");
      if (!signature.isEmpty()) {
        pieces.state(signature);
      }
      pieces.call(
          call.path("id").asString(""),
          Json.filled(call, "name"),
          Json.object(call, "args", false));
      return;
    } else {
      demand(!signature.isEmpty() || !Json.string(part, "text").isEmpty(), "not an empty part");
      pieces.text(Json.string(part, "text"));
    }
    if (!signature.isEmpty()) {
      pieces.state(signature);
    }
  }

  private static Piece asked(JsonNode part) {
    Json.only(part, "text", "inlineData", "fileData");
    if (part.has("inlineData")) {
      return picture(part);
    }
    if (part.has("fileData")) {
      Json.only(part.path("fileData"), "mimeType", "fileUri");
      return Pictures.at(Json.filled(part.path("fileData"), "fileUri"));
    }
    return new Piece.Text(Json.filled(part, "text"));
  }

  private static Piece.Picture picture(JsonNode part) {
    JsonNode data = part.path("inlineData");
    Json.only(data, "mimeType", "data");
    return new Piece.Picture(Json.filled(data, "mimeType"), Json.filled(data, "data"));
  }

  /** Ids may be missing; then order and name tell. */
  private static Piece result(JsonNode response, Piece.Call call) {
    Json.only(response, "id", "name", "response", "parts");
    demand(Json.filled(response, "name").equals(call.name()), "its call's name: " + response);
    demand(response.path("id").asString("").equals(call.id()), "its call's id: " + response);
    ObjectNode said = Json.object(response, "response", true);
    boolean error = said.has("error");
    String text = "";
    for (String name : said.propertyNames()) {
      demand(List.of("output", "result", "error").contains(name), "a word for it: " + said);
      text = Json.string(said, name);
    }
    var pictures = new ArrayList<Piece.Picture>();
    for (JsonNode part : Json.maybeArray(response, "parts")) {
      Json.only(part, "inlineData");
      pictures.add(picture(part));
    }
    return new Piece.Result(call.id(), call.name(), text, error, pictures);
  }
}
