package dev.ockham.clients;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Tool;
import java.util.List;
import java.util.Map;

/** google-genai. */
final class GoogleGenAi {
  private static final Client CLIENT =
      Client.builder()
          .apiKey(Checks.KEY)
          .httpOptions(
              HttpOptions.builder()
                  .baseUrl(Checks.URL)
                  .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                  .build())
          .build();
  private static final GenerateContentConfig PLAIN = GenerateContentConfig.builder().build();

  private GoogleGenAi() {}

  public static void main(String[] args) {
    Checks.run(
        GoogleGenAi::chat, GoogleGenAi::stream, GoogleGenAi::loop, e -> ((ApiException) e).code());
  }

  private static Checks.Said chat(String text) {
    return told(CLIENT.models.generateContent(Checks.MODEL, List.of(user(text)), PLAIN));
  }

  private static Checks.Said stream(String text) {
    var whole = new StringBuilder();
    var said = new Checks.Said("", 0, 0);
    try (var stream =
        CLIENT.models.generateContentStream(Checks.MODEL, List.of(user(text)), PLAIN)) {
      for (GenerateContentResponse chunk : stream) {
        said = told(chunk);
        whole.append(said.text());
      }
    }
    return new Checks.Said(whole.toString(), said.input(), said.output());
  }

  private static Checks.Looped loop(String text) {
    var declaration =
        FunctionDeclaration.builder()
            .name(Checks.TOOL)
            .description(Checks.TOOL_SAYS)
            .parametersJsonSchema(
                Map.of(
                    "type",
                    "object",
                    "properties",
                    Map.of("city", Map.of("type", "string")),
                    "required",
                    List.of("city")))
            .build();
    var config =
        GenerateContentConfig.builder()
            .tools(Tool.builder().functionDeclarations(declaration).build())
            .build();
    var first = CLIENT.models.generateContent(Checks.MODEL, List.of(user(text)), config);
    Content said = first.candidates().orElseThrow().getFirst().content().orElseThrow();
    var call = first.functionCalls().getFirst();
    var result = FunctionResponse.builder().name(call.name().orElseThrow());
    call.id().ifPresent(result::id);
    var answered =
        Content.builder()
            .role("user")
            .parts(
                Part.builder()
                    .functionResponse(result.response(Map.of("output", Checks.RESULT)).build())
                    .build())
            .build();
    var end =
        CLIENT.models.generateContent(Checks.MODEL, List.of(user(text), said, answered), config);
    return new Checks.Looped(
        call.name().orElseThrow(),
        String.valueOf(call.args().orElseThrow().get("city")),
        told(end).text());
  }

  private static Content user(String text) {
    return Content.builder().role("user").parts(Part.fromText(text)).build();
  }

  /** Only the last piece of a stream has to tell the tokens. */
  private static Checks.Said told(GenerateContentResponse response) {
    var usage = response.usageMetadata();
    String text = response.text();
    return new Checks.Said(
        text == null ? "" : text,
        usage.flatMap(counts -> counts.promptTokenCount()).orElse(0),
        usage.flatMap(counts -> counts.candidatesTokenCount()).orElse(0));
  }
}
