package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * What an attempt's entries mean in double entry. They are not stored: an attempt names its scopes,
 * and this is their expansion. A hold moves money within each scope from what is available to what
 * is held: the worst case, and for budgets that hold what is likely, that. An ending moves it back,
 * and what was used on to what is spent; besides, the organisation's cost is owed to the provider,
 * once, and what rounding left goes to a rounding account, so that the cost and rounding accounts
 * together are the exact sum of all costs.
 */
final class Postings {
  private Postings() {}

  public static List<Posting> of(Entry entry) {
    List<Posting> postings = new ArrayList<>();
    switch (entry) {
      case Entry.Reserved(Hold hold) -> hold(postings, hold, 1);
      case Entry.ToppedUp more ->
          move(
              postings,
              more.organisation(),
              more.scopes(),
              new Way("likely-available", "likely-held"),
              more.added());
      case Entry.Settled settled -> {
        Hold hold = settled.hold();
        hold(postings, hold, -1);
        var way = new Way("available", "spent");
        move(postings, hold.organisation(), hold.scopes(), way, settled.posted());
        String organisation = "/" + hold.organisation();
        String payable = "payable" + organisation + "/" + hold.quote().provider();
        postings.add(new Posting("cost" + organisation, settled.posted(), 0));
        postings.add(new Posting("rounding" + organisation, 0, settled.remainder()));
        postings.add(new Posting(payable, -settled.posted(), -settled.remainder()));
      }
      case Entry.Voided(Hold hold, _, _, _) -> hold(postings, hold, -1);
      case Entry.Dispatched _, Entry.Reached _, PackedRequest _ -> {}
    }
    return postings;
  }

  private static void hold(List<Posting> postings, Hold hold, int sign) {
    String organisation = hold.organisation();
    List<Scope> scopes = hold.scopes();
    move(postings, organisation, scopes, new Way("available", "held"), sign * hold.nanos());
    if (hold.likely() != 0) {
      var way = new Way("likely-available", "likely-held");
      move(postings, organisation, scopes, way, sign * hold.likely());
    }
  }

  private record Way(String from, String into) {}

  private static void move(
      List<Posting> postings, String organisation, List<Scope> scopes, Way way, long nanos) {
    for (Scope scope : scopes) {
      String place = "/" + organisation + "/" + scope;
      postings.add(new Posting(way.from() + place, -nanos, 0));
      postings.add(new Posting(way.into() + place, nanos, 0));
    }
  }
}
