package dev.ockham.route;

import dev.ockham.catalog.Model;
import dev.ockham.policy.Constraint;
import dev.ockham.policy.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A route's models with what excludes each of them from serving this request.
 *
 * @param entries by model id, the route's candidates first and in order
 * @param named by the first rule that applies and whose model may serve
 * @param preferred to the route's default, by the first rule that applies and whose model may serve
 * @param labels given by the rules that apply
 */
record Shortlist(
    SequencedMap<String, Entry> entries,
    Optional<Named> named,
    Optional<Model> preferred,
    List<String> labels) {

  /**
   * @param competes whether the route may choose it by its score
   */
  record Entry(Model model, boolean competes, Optional<Constraint> excludedBy) {
    boolean allowed() {
      return excludedBy.isEmpty();
    }
  }

  /** A rule's own choice. */
  record Named(String rule, Model model) {}

  static Shortlist of(Inquiry inquiry, Route route) {
    Optional<Model> inLoop = inquiry.inLoopOn(route);
    // rules choose where a turn begins, not between a call and its result
    List<Rule> applying = inLoop.isPresent() ? List.of() : applying(inquiry, route);
    var entries = new LinkedHashMap<String, Entry>();
    Optional<Model> preferred = preferred(inquiry, route, applying, entries);
    for (String name : route.candidates()) {
      add(entries, screened(name, true, inquiry, route, applying));
    }
    add(entries, screened(route.fallback(), true, inquiry, route, applying));
    inLoop.ifPresent(model -> add(entries, screened(model.id(), false, inquiry, route, applying)));
    Optional<Named> named = Optional.empty();
    for (Rule rule : applying) {
      if (rule.then() instanceof Rule.Then.Use(String model)) {
        Entry entry = screened(model, false, inquiry, route, applying);
        add(entries, entry);
        if (named.isEmpty() && entry.allowed()) {
          named = Optional.of(new Named(rule.name(), entry.model()));
        }
      }
    }
    return new Shortlist(entries, named, preferred, labels(applying));
  }

  /** This list with the model a client asked for by name on it, to be shown beside the others. */
  Shortlist showing(Model asked) {
    var more = new LinkedHashMap<>(entries);
    more.putIfAbsent(asked.id(), new Entry(asked, false, Optional.empty()));
    return new Shortlist(more, named, preferred, labels);
  }

  boolean allows(String model) {
    Entry entry = entries.get(model);
    return entry != null && entry.allowed();
  }

  /** A model on this list. */
  Model model(String id) {
    return Optional.ofNullable(entries.get(id)).orElseThrow().model();
  }

  /** Those that may serve. */
  List<Model> allowed() {
    var models = new ArrayList<Model>(entries.size());
    for (Entry entry : entries.values()) {
      if (entry.allowed()) {
        models.add(entry.model());
      }
    }
    return models;
  }

  /** The model that serves when nothing is known: the fallback, else the first that may. */
  Optional<Model> standby(Model fallback) {
    if (preferred.isPresent()) {
      return preferred;
    }
    if (allows(fallback.id())) {
      return Optional.of(fallback);
    }
    for (Entry entry : entries.values()) {
      if (entry.competes() && entry.allowed()) {
        return Optional.of(entry.model());
      }
    }
    return Optional.empty();
  }

  /** Preferred models stand first, so that they win among equals. */
  private static Optional<Model> preferred(
      Inquiry inquiry, Route route, List<Rule> applying, SequencedMap<String, Entry> entries) {
    Optional<Model> preferred = Optional.empty();
    for (Rule rule : applying) {
      if (rule.then() instanceof Rule.Then.Prefer(String model)) {
        Entry entry = screened(model, true, inquiry, route, applying);
        add(entries, entry);
        if (preferred.isEmpty() && entry.allowed()) {
          preferred = Optional.of(entry.model());
        }
      }
    }
    return preferred;
  }

  private static List<String> labels(List<Rule> applying) {
    var labels = new ArrayList<String>(0);
    for (Rule rule : applying) {
      if (rule.then() instanceof Rule.Then.Label(String text)) {
        labels.add(text);
      }
    }
    return labels;
  }

  private static void add(SequencedMap<String, Entry> entries, Entry entry) {
    entries.putIfAbsent(entry.model().id(), entry);
  }

  private static Entry screened(
      String name, boolean competes, Inquiry inquiry, Route route, List<Rule> applying) {
    Model model = inquiry.fleet().model(name);
    return new Entry(model, competes, exclusion(model, inquiry, route, applying));
  }

  private static Optional<Constraint> exclusion(
      Model model, Inquiry inquiry, Route route, List<Rule> applying) {
    Fleet fleet = inquiry.fleet();
    boolean allowed =
        fleet.mayUse(inquiry.caller(), route) || fleet.mayUse(inquiry.caller(), model);
    if (!allowed) {
      return Optional.of(new Constraint.NotAllowed());
    }
    for (Rule rule : applying) {
      if (rule.then() instanceof Rule.Then.Exclude(String excluded)
          && fleet.model(excluded).id().equals(model.id())) {
        return Optional.of(new Constraint.ExcludedByRule(rule.name()));
      }
    }
    return inquiry.needs().unmetBy(model);
  }

  private static List<Rule> applying(Inquiry inquiry, Route route) {
    if (route.rules().isEmpty()) {
      return List.of();
    }
    var applying = new ArrayList<Rule>();
    var facts = new Facts(inquiry);
    for (Rule rule : route.rules()) {
      if (holds(rule.when(), inquiry) && holds(rule, facts)) {
        applying.add(rule);
      }
    }
    return applying;
  }

  private static boolean holds(Rule.When when, Inquiry inquiry) {
    Needs needs = inquiry.needs();
    return (when.hasImages().isEmpty() || when.hasImages().get() == needs.images())
        && (when.hasTools().isEmpty() || when.hasTools().get() == needs.tools())
        && (when.scope().isEmpty() || within(when.scope().get(), inquiry.caller().scopes()))
        && needs.inputTokens() >= when.minInputTokens().orElse(0)
        && needs.inputTokens() <= when.maxInputTokens().orElse(Long.MAX_VALUE);
  }

  /** What cannot be told excludes, and does nothing else. */
  private static boolean holds(Rule rule, Facts facts) {
    return rule.when().expression().isEmpty()
        || rule.when().expression().get().holds(facts, rule.then() instanceof Rule.Then.Exclude);
  }

  private static boolean within(String scope, List<Scope> scopes) {
    for (Scope each : scopes) {
      if (each.toString().equals(scope)) {
        return true;
      }
    }
    return false;
  }
}
