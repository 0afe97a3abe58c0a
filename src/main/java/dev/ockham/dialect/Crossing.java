package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Part;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One request on its way into another dialect than its client's: refuses what must not be lost, and
 * notes what is, by {@link CrossingTable}.
 */
final class Crossing {
  private final Dialect target;
  private final Set<String> losses = new TreeSet<>();

  Crossing(Dialect target) {
    this.target = target;
  }

  /** Goes through what the reader could not carry. */
  void unmapped(ChatRequest request) {
    for (String path : new TreeSet<>(request.unmapped())) {
      Optional<CrossingTable.Row> row = CrossingTable.find(path, target);
      if (row.isPresent()) {
        meet(row.get(), path);
      } else {
        lose(path, "not sent");
      }
    }
  }

  /** There is no place for {@code what}, which has a row in the table. */
  void noPlaceFor(String what) {
    meet(row(what), what);
  }

  /**
   * There is no place for {@code what}, which the table refuses.
   *
   * @param where its path with indexes
   */
  Rejected refusal(String what, String where) {
    return inexpressible(where + ": " + what, row(what).told());
  }

  private CrossingTable.Row row(String what) {
    return CrossingTable.find(what, target)
        .orElseThrow(
            () -> new IllegalStateException(what + " to " + target + ": not in the table"));
  }

  private void meet(CrossingTable.Row row, String path) {
    switch (row.fate()) {
      case REFUSED -> throw inexpressible(path, row.told());
      case LOST -> lose(path, row.told());
    }
  }

  /** Whether reasoning comes with state that the target's dialect issued and takes back. */
  boolean isOwn(Part.Reasoning reasoning) {
    return reasoning
        .state()
        .filter(state -> state.origin() == target && !Seals.isSealed(state.value()))
        .isPresent();
  }

  void lose(String path, String why) {
    losses.add(path + ": " + why);
  }

  Rejected inexpressible(String what, String instead) {
    return Rejected.inexpressible(what, target.wireName(), instead);
  }

  /** Something that stands where no dialect has it; readers refuse it before. */
  Rejected misplaced(String what, String where) {
    return inexpressible(where + ": " + what, "say it in the turn it belongs to");
  }

  List<String> losses() {
    return List.copyOf(losses);
  }
}
