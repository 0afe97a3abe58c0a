package dev.ockham.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;

/**
 * One model's server on loopback: answers a question it knows by its exact prompt with what the
 * model really answered, in its dialect, streamed or whole. Anything else is an error, as a
 * provider would give.
 */
final class FleetServer {
  private final Vertx vertx;
  private final FleetModel model;
  private final String credential;
  private final Map<String, Question> byPrompt;
  private final Pace pace;
  private final Voice voice;
  private final AtomicLong served = new AtomicLong();

  FleetServer(
      Vertx vertx, FleetModel model, String credential, Map<String, Question> byPrompt, Pace pace) {
    this.vertx = vertx;
    this.model = model;
    this.credential = credential;
    this.byPrompt = byPrompt;
    this.pace = pace;
    voice = Voice.of(model.dialect());
  }

  /** Listens on a free port of loopback. */
  Future<HttpServer> listen() {
    var options = new HttpServerOptions().setTcpNoDelay(true).setMaxInitialLineLength(8_192);
    return vertx.createHttpServer(options).requestHandler(this::receive).listen(0, "127.0.0.1");
  }

  /** Answers given so far, each of which a provider would have billed. */
  long served() {
    return served.get();
  }

  private void receive(HttpServerRequest request) {
    if (!voice.path().equals(request.path())) {
      refuse(request.response(), 404, "no " + request.path() + " (expected: " + voice.path() + ")");
      return;
    }
    UnaryOperator<String> header = name -> headerOf(request, name);
    if (!voice.credential(header).equals(credential)) {
      refuse(request.response(), 401, "wrong credential for " + model.name());
      return;
    }
    request.body().onSuccess(body -> answer(request.response(), body));
  }

  private static String headerOf(HttpServerRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }

  private void answer(HttpServerResponse response, Buffer body) {
    Asked asked;
    try {
      asked = voice.read(Voice.JSON.readTree(body.getBytes()));
    } catch (JacksonException broken) {
      refuse(response, 400, "the body is not JSON");
      return;
    }
    Question question = byPrompt.get(asked.prompt());
    if (!asked.model().equals(model.name())) {
      refuse(response, 404, "no model " + asked.model() + " here (expected: " + model.name() + ")");
    } else if (question == null) {
      refuse(response, 404, "no answer is recorded for this prompt (expected: a held-out one)");
    } else {
      Reply reply = reply(question);
      later(reply, () -> send(response, reply, asked));
    }
  }

  private Reply reply(Question question) {
    String text = question.answerOf(model.name()).text();
    String id = Long.toString(served.incrementAndGet());
    return new Reply(
        id, model.name(), text, Question.tokens(question.prompt()), Question.tokens(text));
  }

  private void later(Reply reply, Runnable send) {
    long wait = pace.millis(reply.outputTokens());
    if (wait == 0) {
      send.run();
    } else {
      vertx.setTimer(wait, timer -> send.run());
    }
  }

  private void send(HttpServerResponse response, Reply reply, Asked asked) {
    if (response.closed()) {
      return;
    }
    if (asked.stream()) {
      response.putHeader("content-type", "text/event-stream").setChunked(true);
      for (String event : voice.events(reply, asked.streamUsage())) {
        response.write(event);
      }
      response.end();
    } else {
      response.putHeader("content-type", "application/json").end(voice.whole(reply));
    }
  }

  private void refuse(HttpServerResponse response, int status, String message) {
    response
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(voice.error(status, message));
  }
}
