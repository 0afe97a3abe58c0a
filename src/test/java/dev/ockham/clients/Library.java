package dev.ockham.clients;

import dev.ockham.chat.Dialect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A library that the errands are run with.
 *
 * @param command in {@code clients/}: a script and its argument, or a folder of jars and a class
 * @param quirks what it does, with anybody's server, that the errands must allow for
 */
record Library(String name, Kind kind, Dialect dialect, List<String> command, Set<Quirk> quirks) {
  enum Kind {
    JS,
    JAVA
  }

  enum Quirk {
    /** Drops reasoning itself, and with it the signature. */
    DROPS_REASONING,
    /**
     * Takes the input tokens of a stream from its first event, where a model of another dialect has
     * not told them yet.
     */
    INPUT_FROM_START,
    /** Adds the output tokens of a stream's first event to the sum in its last. */
    ADDS_START
  }

  static Stream<Library> all() {
    return Stream.of(
        js("openai, chat", Dialect.OPENAI_CHAT, "openai-chat.mjs"),
        js("openai, responses", Dialect.OPENAI_RESPONSES, "openai-responses.mjs"),
        js("@anthropic-ai/sdk", Dialect.ANTHROPIC_MESSAGES, "anthropic.mjs"),
        js("@google/genai", Dialect.GEMINI_GENERATE, "google-genai.mjs"),
        js("@aws-sdk/client-bedrock-runtime", Dialect.BEDROCK_CONVERSE, "bedrock.mjs"),
        js("ai with @ai-sdk/openai, chat", Dialect.OPENAI_CHAT, "vercel.mjs", "chat"),
        js("ai with @ai-sdk/openai", Dialect.OPENAI_RESPONSES, "vercel.mjs", "responses"),
        js("ai with @ai-sdk/openai-compatible", Dialect.OPENAI_CHAT, "vercel.mjs", "compatible"),
        js("ai with @ai-sdk/anthropic", Dialect.ANTHROPIC_MESSAGES, "vercel.mjs", "anthropic"),
        js("ai with @ai-sdk/google", Dialect.GEMINI_GENERATE, "vercel.mjs", "google"),
        js("@langchain/openai, chat", Dialect.OPENAI_CHAT, "langchain.mjs", "chat"),
        js("@langchain/openai, responses", Dialect.OPENAI_RESPONSES, "langchain.mjs", "responses"),
        js("@langchain/anthropic", Dialect.ANTHROPIC_MESSAGES, "langchain.mjs", "anthropic")
            .with(Quirk.INPUT_FROM_START, Quirk.ADDS_START),
        java("openai-java, chat", Dialect.OPENAI_CHAT, "openai", "OpenAi", "chat"),
        java("openai-java, responses", Dialect.OPENAI_RESPONSES, "openai", "OpenAi", "responses"),
        java("anthropic-java 2", Dialect.ANTHROPIC_MESSAGES, "anthropic-2", "AnthropicMessages"),
        java("anthropic-java 3", Dialect.ANTHROPIC_MESSAGES, "anthropic-3", "AnthropicMessages"),
        java("google-genai (Java)", Dialect.GEMINI_GENERATE, "google-genai", "GoogleGenAi"),
        java("LangChain4j open-ai", Dialect.OPENAI_CHAT, "langchain4j", "LangChain4j", "openai"),
        java(
            "LangChain4j anthropic",
            Dialect.ANTHROPIC_MESSAGES,
            "langchain4j",
            "LangChain4j",
            "anthropic"),
        java(
            "LangChain4j google-ai-gemini",
            Dialect.GEMINI_GENERATE,
            "langchain4j",
            "LangChain4j",
            "google"),
        java("Spring AI openai", Dialect.OPENAI_CHAT, "spring-ai", "SpringAi", "openai"),
        java(
                "Spring AI anthropic",
                Dialect.ANTHROPIC_MESSAGES,
                "spring-ai",
                "SpringAi",
                "anthropic")
            .with(Quirk.INPUT_FROM_START),
        java("bedrockruntime, sync", Dialect.BEDROCK_CONVERSE, "bedrock", "Bedrock", "sync"),
        java("bedrockruntime, async", Dialect.BEDROCK_CONVERSE, "bedrock", "Bedrock", "async"));
  }

  /** What to start, given where the clients are installed. */
  List<String> start() {
    return switch (kind) {
      case JS -> {
        Path folder = InstalledClients.js();
        yield Stream.concat(
                Stream.of(
                    InstalledClients.node(folder), folder.resolve(command.getFirst()).toString()),
                command.stream().skip(1))
            .toList();
      }
      case JAVA -> {
        Path jars = InstalledClients.java().resolve(command.getFirst());
        yield Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    jars.resolve("*").toString()),
                command.stream().skip(1))
            .toList();
      }
    };
  }

  private Library with(Quirk... more) {
    return new Library(name, kind, dialect, command, Set.of(more));
  }

  @Override
  public String toString() {
    return name;
  }

  private static Library js(String name, Dialect dialect, String... command) {
    return new Library(name, Kind.JS, dialect, List.of(command), Set.of());
  }

  private static Library java(
      String name, Dialect dialect, String jars, String type, String... arguments) {
    var command = new ArrayList<>(List.of(jars, "dev.ockham.clients." + type));
    command.addAll(List.of(arguments));
    return new Library(name, Kind.JAVA, dialect, List.copyOf(command), Set.of());
  }
}
