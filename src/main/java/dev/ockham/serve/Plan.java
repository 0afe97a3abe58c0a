package dev.ockham.serve;

import dev.ockham.catalog.Model;
import dev.ockham.catalog.Money;
import dev.ockham.route.Decision;
import dev.ockham.route.Explanation;
import dev.ockham.route.InputTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;

/** A decision being carried out: the models that are to be asked in turn. */
final class Plan {
  private final Asked asked;
  private final Decision.Chosen decision;
  private final InputTokens input;
  private int next;

  Plan(Asked asked, Decision.Chosen decision) {
    this.asked = asked;
    this.decision = decision;
    this.input = InputTokens.of(asked.request());
  }

  Asked asked() {
    return asked;
  }

  Explanation why() {
    return decision.why();
  }

  /** How long the input is, for whatever model. */
  InputTokens input() {
    return input;
  }

  boolean hasNext() {
    return next <= decision.fallbacks().size();
  }

  Model first() {
    return decision.first();
  }

  Model next() {
    int turn = next++;
    return turn == 0 ? decision.first() : decision.fallbacks().get(turn - 1);
  }

  /**
   * The same models by what each is expected to cost; what nobody knows the price of comes last.
   */
  Plan cheapestFirst(Instant now) {
    var models = new ArrayList<Model>(decision.fallbacks());
    models.addFirst(decision.first());
    models.sort(Comparator.comparing(model -> expectedCost(model, now)));
    var others = models.subList(1, models.size());
    return new Plan(asked, new Decision.Chosen(models.getFirst(), others, decision.why()));
  }

  private Money expectedCost(Model model, Instant now) {
    return model
        .price()
        .of(WorstCase.quote(this, model).expected(), now)
        .total()
        .orElse(new Money(Long.MAX_VALUE));
  }
}
