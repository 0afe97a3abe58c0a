package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * What an attempt's entries mean in double entry. They are not stored: an attempt names its scopes,
 * and this is their expansion. A hold moves money within each scope from what is available to what
 * is held. An ending moves it back, and what was used on to what is spent; besides, the
 * organisation's cost is owed to the provider, once, and what rounding left goes to a rounding
 * account, so that the cost and rounding accounts together are the exact sum of all costs.
 */
final class Postings {
  private Postings() {}

  public static List<Posting> of(Entry entry) {
    List<Posting> postings = new ArrayList<>();
    switch (entry) {
      case Entry.Reserved(Hold hold) -> move(postings, hold, "available", "held", hold.nanos());
      case Entry.Settled settled -> {
        Hold hold = settled.hold();
        move(postings, hold, "held", "available", hold.nanos());
        move(postings, hold, "available", "spent", settled.posted());
        String organisation = "/" + hold.organisation();
        String payable = "payable" + organisation + "/" + hold.quote().provider();
        postings.add(new Posting("cost" + organisation, settled.posted(), 0));
        postings.add(new Posting("rounding" + organisation, 0, settled.remainder()));
        postings.add(new Posting(payable, -settled.posted(), -settled.remainder()));
      }
      case Entry.Voided(Hold hold, _, _, _) ->
          move(postings, hold, "held", "available", hold.nanos());
      case Entry.Dispatched _, PackedRequest _ -> {}
    }
    return postings;
  }

  private static void move(
      List<Posting> postings, Hold hold, String from, String into, long nanos) {
    for (Scope scope : hold.scopes()) {
      String place = "/" + hold.organisation() + "/" + scope;
      postings.add(new Posting(from + place, -nanos, 0));
      postings.add(new Posting(into + place, nanos, 0));
    }
  }
}
