package dev.ockham.serve;

import dev.ockham.catalog.Money;
import dev.ockham.ledger.RequestRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who watch requests end, from any loop. Telling nobody costs one read. */
final class Followers {
  /** A request that just ended. */
  record News(RequestRecord record, Optional<Money> cost) {}

  private final List<Consumer<News>> followers = new CopyOnWriteArrayList<>();

  /** Called on the loop of the request that ended, so it must hand over and return. */
  Runnable follow(Consumer<News> follower) {
    followers.add(follower);
    return () -> followers.remove(follower);
  }

  int count() {
    return followers.size();
  }

  void tell(RequestRecord record, Optional<Money> cost) {
    if (!followers.isEmpty()) {
      var news = new News(record, cost);
      followers.forEach(follower -> follower.accept(news));
    }
  }
}
