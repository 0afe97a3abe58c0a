package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.BEDROCK_CONVERSE;
import static dev.ockham.chat.Dialect.GEMINI_GENERATE;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static dev.ockham.chat.Dialect.OPENAI_RESPONSES;

import dev.ockham.chat.Dialect;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a request cannot take along when it is said in another dialect. A thing is refused where the
 * answer would be another without it; what only tunes or saves is lost, and the loss is told.
 */
final class CrossingTable {
  enum Fate {
    REFUSED,
    LOST
  }

  /**
   * @param what the path of a field without indexes, its beginning where it ends in {@code …}, or
   *     the thing in the neutral form's words
   * @param to the dialects that have no place for it
   * @param told where refused, what to do instead; where lost, what happens
   */
  record Row(String what, Set<Dialect> to, Fate fate, String told) {
    private boolean matches(String path, Dialect target) {
      return to.contains(target)
          && (what.endsWith("…")
              ? path.startsWith(what.substring(0, what.length() - 1))
              : path.equals(what));
    }
  }

  private static final Set<Dialect> ALL = EnumSet.allOf(Dialect.class);
  private static final String BY_NAME = "ask a model of the same dialect by its name";
  private static final String WHOLE = "send the whole conversation in input";
  private static final String PLAIN_TOOLS = "use functions with a JSON schema, or " + BY_NAME;

  static final List<Row> ROWS =
      List.of(
          // what is asked for
          refused("n", "ask for one answer"),
          refused("logprobs", "ask without logprobs", ANTHROPIC_MESSAGES, BEDROCK_CONVERSE),
          refused("audio", "ask for text"),
          refused("modalities", "ask for text"),
          refused("messages[].audio", "send text"),
          refused("functions", "use tools"),
          refused("function_call", "use tool_choice"),
          refused("messages[].function_call", "use tool_calls"),
          refused("web_search_options", "ask a model with web search by its name"),
          refused("mcp_servers", BY_NAME),
          refused("container", BY_NAME),
          refused("previous_response_id", WHOLE),
          refused("conversation", WHOLE),
          refused("prompt", "send the instructions and the input themselves"),
          refused("background", "ask without background"),
          refused("tools[] of type …", PLAIN_TOOLS),
          refused("tool_choice of type …", PLAIN_TOOLS),
          refused("response_format of type …", PLAIN_TOOLS),
          refused("output_config.format of type …", PLAIN_TOOLS),
          refused("cachedContent", "send the content"),
          refused("generationConfig.candidateCount", "ask for one answer"),
          refused("generationConfig.responseModalities", "ask for text"),
          refused("generationConfig.responseMimeType of type …", "ask for text or JSON"),
          refused("text.format of type …", PLAIN_TOOLS),
          // what is said
          refused("a part of type …", BY_NAME),
          refused("a file of another provider", "send its content"),
          refused("a sound", "send text", ANTHROPIC_MESSAGES, OPENAI_RESPONSES),
          refused("a sound by its address", "send its content", OPENAI_CHAT),
          refused("a sound that is neither wav nor mp3", "send one of these", OPENAI_CHAT),
          refused("a document by its address", "send its content", OPENAI_CHAT),
          refused("more than 4 stop sequences", "send at most 4", OPENAI_CHAT),
          refused("more than 5 stop sequences", "send at most 5", GEMINI_GENERATE),
          refused("stop sequences", "ask without them, or " + BY_NAME, OPENAI_RESPONSES),
          lost(
              "system message after the first turn",
              "sent as marked text of the user",
              OPENAI_CHAT,
              ANTHROPIC_MESSAGES),
          lost("reasoning", "not sent, only its maker can read it"),
          lost("a text file", "sent as text", OPENAI_CHAT),
          lost(
              "pictures and files in tool results",
              "sent in a user message after them",
              OPENAI_CHAT),
          lost(
              "tool_result.is_error",
              "not sent, the text has to tell",
              OPENAI_CHAT,
              OPENAI_RESPONSES),
          lost("input[] of type …", "not sent, what came of it is"),
          lost("messages[].content[].citations", "not asked for"),
          // how it is said
          lost("temperature", "not sent, newer models refuse it", ANTHROPIC_MESSAGES),
          lost("top_p", "not sent, newer models refuse it", ANTHROPIC_MESSAGES),
          lost("top_k", "not sent", OPENAI_CHAT, OPENAI_RESPONSES, ANTHROPIC_MESSAGES),
          lost("seed", "not sent", OPENAI_RESPONSES, ANTHROPIC_MESSAGES),
          lost("frequency_penalty", "not sent", OPENAI_RESPONSES, ANTHROPIC_MESSAGES),
          lost("presence_penalty", "not sent", OPENAI_RESPONSES, ANTHROPIC_MESSAGES),
          lost("parallel_tool_calls", "not sent", GEMINI_GENERATE),
          lost("tools[].strict", "not sent", GEMINI_GENERATE),
          lost("thinking of type between_tools", "asked for without that bound"),
          lost("thinking without effort", "left to the model", OPENAI_CHAT),
          lost("json_object", "not enforced", ANTHROPIC_MESSAGES),
          lost("tools[].custom.format", "the grammar is not enforced"),
          lost("tools[].format", "the grammar is told, but not enforced"),
          lost("tools[] web_search…", "not offered"),
          lost("tools[] tool_search", "not offered"),
          // at which price
          lost("cache mark", "not sent", OPENAI_CHAT, OPENAI_RESPONSES, GEMINI_GENERATE),
          lost("service_tier", "not sent", OPENAI_CHAT, ANTHROPIC_MESSAGES),
          lost(
              "prompt_cache_key",
              "not sent",
              OPENAI_CHAT,
              ANTHROPIC_MESSAGES,
              GEMINI_GENERATE,
              BEDROCK_CONVERSE),
          lost(
              "verbosity",
              "not sent",
              OPENAI_CHAT,
              ANTHROPIC_MESSAGES,
              GEMINI_GENERATE,
              BEDROCK_CONVERSE),
          // what only Bedrock has
          refused("guardrailConfig", BY_NAME),
          refused("promptVariables", "send the prompt itself"),
          refused("outputConfig.textFormat of type …", "use a JSON schema"),
          // what Bedrock has not
          refused("a picture by its address", "send its content", BEDROCK_CONVERSE),
          refused("a document by its address", "send its content", BEDROCK_CONVERSE),
          refused("a sound by its address", "send its content", BEDROCK_CONVERSE),
          refused("a picture of another format", "send png, jpeg, gif or webp", BEDROCK_CONVERSE),
          refused(
              "a document of another format",
              "send pdf, csv, doc, docx, xls, xlsx, html, txt or md",
              BEDROCK_CONVERSE),
          refused("a sound of another format", "send mp3, wav, flac or ogg", BEDROCK_CONVERSE),
          lost(
              "system message after the first turn",
              "sent as marked text of the user",
              BEDROCK_CONVERSE),
          lost(
              "calls of tools that are not offered",
              "these tools are named again",
              BEDROCK_CONVERSE),
          lost("tool_choice none after calls", "left to the model", BEDROCK_CONVERSE),
          lost("parallel_tool_calls", "left to the model", BEDROCK_CONVERSE),
          lost("json_object", "not enforced", BEDROCK_CONVERSE),
          lost("reasoning effort none", "left to the model", BEDROCK_CONVERSE),
          lost("a temperature above 1", "sent as 1", BEDROCK_CONVERSE),
          lost("top_k", "not sent, but to Claude", BEDROCK_CONVERSE),
          lost("seed", "not sent", BEDROCK_CONVERSE),
          lost("frequency_penalty", "not sent", BEDROCK_CONVERSE),
          lost("presence_penalty", "not sent", BEDROCK_CONVERSE),
          lost("user", "not sent", BEDROCK_CONVERSE));

  private CrossingTable() {}

  /** What becomes of something on the way to {@code target}; empty where no row tells. */
  static Optional<Row> find(String what, Dialect target) {
    return ROWS.stream().filter(row -> row.matches(what, target)).findFirst();
  }

  private static Row refused(String what, String instead, Dialect... to) {
    return new Row(what, dialects(to), Fate.REFUSED, instead);
  }

  private static Row lost(String what, String happens, Dialect... to) {
    return new Row(what, dialects(to), Fate.LOST, happens);
  }

  private static Set<Dialect> dialects(Dialect... named) {
    return named.length == 0 ? ALL : EnumSet.copyOf(List.of(named));
  }
}
