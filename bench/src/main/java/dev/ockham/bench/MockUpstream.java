package dev.ockham.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.stream.Stream;

/**
 * A provider that answers at once, in OpenAI's and Anthropic's shape: about 600 bytes, or a stream
 * of 64 events. {@code POST /pace/5} makes later streams pause 5 ms between events.
 */
final class MockUpstream extends AbstractVerticle {
  static final int EVENTS = 64;

  private static final String WORDS =
      "The renewed station costs less in every year but the ninth, when the motors are due; "
          + "the longer pipe is cheaper to run once the slope is counted. Missing are the price of "
          + "electricity at night, the life of the brick walls and a quote for the valve house. "
          + "I would ask for these three before the vote.";
  private static final Buffer CHAT =
      Buffer.buffer(
          """
          {"id":"chatcmpl-bench0001","object":"chat.completion","created":1790000000,"model":"mock",\
          "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},\
          "finish_reason":"stop"}],"usage":{"prompt_tokens":210,"completion_tokens":72,\
          "total_tokens":282}}\
          """
              .formatted(WORDS));
  private static final Buffer MESSAGE =
      Buffer.buffer(
          """
          {"id":"msg_bench0001","type":"message","role":"assistant","model":"mock",\
          "content":[{"type":"text","text":"%s"}],"stop_reason":"end_turn","stop_sequence":null,\
          "usage":{"input_tokens":210,"output_tokens":72}}\
          """
              .formatted(WORDS));
  private static final Buffer[] CHAT_EVENTS = chatEvents();
  private static final Buffer CHAT_EVENTS_AT_ONCE = joined(CHAT_EVENTS);
  private static final Buffer STREAM_MARK = Buffer.buffer("\"stream\":true");

  @Override
  public void start() {
    int port = config().getInteger("port");
    var options = new HttpServerOptions().setHost("127.0.0.1").setPort(port).setTcpNoDelay(true);
    vertx.createHttpServer(options).requestHandler(this::answer).listen();
  }

  private void answer(HttpServerRequest request) {
    if (request.path().startsWith("/pace/")) {
      long pace = Long.parseLong(request.path().substring("/pace/".length()));
      vertx.sharedData().<String, Long>getLocalMap("bench").put("pace", pace);
      request.response().end();
      return;
    }
    boolean anthropic = request.path().endsWith("/messages");
    request
        .body()
        .onSuccess(body -> {
          if (asksForStream(body)) {
            stream(request.response());
          } else {
            request
                .response()
                .putHeader("content-type", "application/json")
                .end(anthropic ? MESSAGE : CHAT);
          }
        });
  }

  /** The bench says {@code "stream":true} near the start or the end, wherever the proxy puts it. */
  private static boolean asksForStream(Buffer body) {
    int length = body.length();
    String start = body.getString(0, Math.min(length, 256));
    String end = body.getString(Math.max(0, length - 256), length);
    String mark = STREAM_MARK.toString();
    return start.contains(mark) || end.contains(mark);
  }

  private void stream(HttpServerResponse response) {
    response
        .putHeader("content-type", "text/event-stream")
        .putHeader("x-accel-buffering", "no")
        .setChunked(true);
    long pace = vertx.sharedData().<String, Long>getLocalMap("bench").getOrDefault("pace", 0L);
    if (pace == 0) {
      response.end(CHAT_EVENTS_AT_ONCE);
      return;
    }
    response.write(CHAT_EVENTS[0]);
    int[] next = {1};
    vertx.setPeriodic(
        pace,
        timer -> {
          if (next[0] < EVENTS && !response.closed()) {
            response.write(CHAT_EVENTS[next[0]++]);
          } else {
            vertx.cancelTimer(timer);
            if (!response.closed()) {
              response.end();
            }
          }
        });
  }

  /** 61 pieces of text around a role, a stop with usage and the closing mark: 64 events. */
  private static Buffer[] chatEvents() {
    var events = new Buffer[EVENTS];
    events[0] = chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null", "null");
    for (int i = 1; i < EVENTS - 2; i++) {
      events[i] = chunk("{\"content\":\" pumping\"}", "null", "null");
    }
    String usage = "{\"prompt_tokens\":210,\"completion_tokens\":61,\"total_tokens\":271}";
    events[EVENTS - 2] = chunk("{}", "\"stop\"", usage);
    events[EVENTS - 1] = Buffer.buffer("data: [DONE]\n\n");
    return events;
  }

  private static Buffer chunk(String delta, String finish, String usage) {
    return Buffer.buffer(
        """
        data: {"id":"chatcmpl-bench0001","object":"chat.completion.chunk","created":1790000000,\
        "model":"mock","choices":[{"index":0,"delta":%s,"finish_reason":%s}],"usage":%s}

        """
            .formatted(delta, finish, usage));
  }

  static byte[][] chatEventBytes() {
    return Stream.of(CHAT_EVENTS).map(Buffer::getBytes).toArray(byte[][]::new);
  }

  private static Buffer joined(Buffer[] events) {
    Buffer all = Buffer.buffer();
    for (Buffer event : events) {
      all.appendBuffer(event);
    }
    return all;
  }

  public static void main(String[] args) {
    int cores = Runtime.getRuntime().availableProcessors();
    var vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(cores).setPreferNativeTransport(true));
    var config = new io.vertx.core.json.JsonObject().put("port", Integer.parseInt(args[0]));
    vertx.deployVerticle(
        MockUpstream::new, new DeploymentOptions().setInstances(cores).setConfig(config));
  }
}
