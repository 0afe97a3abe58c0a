package dev.ockham.serve;

import dev.ockham.policy.Caller;
import dev.ockham.serve.Exchange.Arrival;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * {@code GET /api/v1/requests/stream}: each request as it ends, as server-sent events. A reader
 * that is too slow misses some; the list has them all.
 */
final class TailEndpoint {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
  private static final int MAX_FOLLOWERS = 64;

  private final Loop loop;

  TailEndpoint(Loop loop) {
    this.loop = loop;
  }

  void stream(Arrival arrival) {
    if (loop.followers().count() >= MAX_FOLLOWERS) {
      Problem.tell(arrival, Errors.busy("other followers"));
      return;
    }
    Caller caller = arrival.caller().orElseThrow();
    HttpServerResponse response = arrival.http().response();
    response.setChunked(true);
    response.putHeader(HttpHeaders.CONTENT_TYPE, Headers.EVENT_STREAM);
    response.putHeader(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE);
    var _ = response.write(": following\n\n");
    Vertx vertx = loop.context().owner();
    long timer =
        vertx.setPeriodic(KEEP_ALIVE.toMillis(), id -> write(response, ": still here\n\n"));
    Runnable unfollow =
        loop.followers()
            .follow(news -> {
              if (maySee(caller, news)) {
                loop.context().runOnContext(here -> write(response, event(news)));
              }
            });
    response.closeHandler(closed -> {
      unfollow.run();
      vertx.cancelTimer(timer);
    });
  }

  private static boolean maySee(Caller caller, Followers.News news) {
    var asker = news.record().asker();
    return asker.organisation().equals(caller.organisation())
        && (caller.role() == Caller.Role.ADMIN || asker.keyId().equals(caller.keyId()));
  }

  private static String event(Followers.News news) {
    return "event: request\ndata: " + RequestJson.summary(news.record(), news.cost()) + "\n\n";
  }

  private static void write(HttpServerResponse response, String text) {
    if (!response.closed() && !response.writeQueueFull()) {
      var _ = response.write(text);
    }
  }
}
