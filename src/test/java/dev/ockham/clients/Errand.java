package dev.ockham.clients;

import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import dev.ockham.testing.Script;

/**
 * What a client is sent out for, known by the words in its requests: asked {@code asked}, a model
 * calls {@code tool} once, and answers when it has seen {@code result}.
 *
 * @param arguments a JSON object
 * @param result words that the tool alone can add to the conversation
 */
record Errand(String asked, String tool, String arguments, String result) {
  /** Words that a model answers with a refusal. */
  static final String THROTTLE = "throttle me";

  /** The errand of every library. */
  static final Errand WEATHER =
      new Errand("weather in Oslo", "weather", "{\"city\":\"Oslo\"}", "sunny");

  /** Gemini CLI asks for this kind of JSON before it chooses a model. */
  private static final String CLASSIFIER = "complexity_reasoning";

  Script script(Speaker speaker) {
    return request -> reply(speaker, request);
  }

  private Reply reply(Speaker speaker, Received request) {
    String said = request.text();
    if (said.contains(THROTTLE)) {
      return speaker.throttled();
    }
    if (callsFor(request)) {
      return speaker.call(request, tool, arguments);
    }
    if (said.contains(CLASSIFIER)) {
      return speaker.text(request, "{\"complexity_reasoning\":\"short\",\"complexity_score\":10}");
    }
    return speaker.text(request, answers(request) ? answer() : Speaker.TEXT);
  }

  /** What the model says when it has seen the result. */
  String answer() {
    return "The tool says " + result + ".";
  }

  /** Whether this request is the turn that the tool is called in. */
  boolean callsFor(Received request) {
    return offers(request) && !request.text().contains(result);
  }

  /** Whether this request is the turn after the tool was called. */
  boolean answers(Received request) {
    return offers(request) && request.text().contains(result);
  }

  private boolean offers(Received request) {
    String said = request.text();
    return said.contains(asked) && said.replace(" ", "").contains("\"name\":\"" + tool + "\"");
  }
}
