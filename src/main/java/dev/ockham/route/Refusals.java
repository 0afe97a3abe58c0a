package dev.ockham.route;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatError.Kind;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Constraint;
import dev.ockham.route.Explanation.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a client is told when nothing serves it. */
final class Refusals {
  private static final int LONGEST_NAME = 64;
  private static final int MOST_NAMES = 3;

  private Refusals() {}

  /** Nothing has this name. Names that are near are offered, if the key may use them. */
  static ChatError unknown(String name, Caller caller, Fleet fleet) {
    List<String> near = near(shortened(name), usable(caller, fleet));
    String hint = near.isEmpty() ? "" : " Did you mean " + String.join(", ", near) + "?";
    String message =
        "Model \"%s\" is not known.%s Name a model, a route or \"%s\"; GET /v1/models lists them."
            .formatted(shortened(name), hint, Fleet.AUTO);
    return new ChatError(404, Kind.NOT_FOUND, "model_not_found", message);
  }

  /** A route chooses among models, and here it must not. */
  static ChatError notRouted(String name) {
    String message =
        "\"%s\" is a route, and this needs one certain model: its results cannot be compared with another's. Name a model; GET /v1/models lists them."
            .formatted(shortened(name));
    return new ChatError(400, Kind.INVALID_REQUEST, "model_required", message);
  }

  static ChatError notAllowed(String name, Caller caller) {
    String message =
        "This key may not use \"%s\". It may use: %s. Ask for one of these, or have the key changed."
            .formatted(shortened(name), String.join(", ", new TreeSet<>(caller.allowed())));
    return new ChatError(403, Kind.PERMISSION, "model_not_allowed", message);
  }

  static ChatError noneLeft(Route route, List<Candidate> candidates) {
    var reasons = new ArrayList<String>();
    boolean permission = true;
    for (Candidate candidate : candidates) {
      if (candidate instanceof Candidate.Excluded(String model, Constraint constraint)) {
        reasons.add(model + " " + constraint.describe());
        permission &= constraint instanceof Constraint.NotAllowed;
      }
    }
    String message =
        "No model of route \"%s\" can serve this request: %s. Change the request or add a model to the route."
            .formatted(route.name(), String.join("; ", reasons));
    return permission
        ? new ChatError(403, Kind.PERMISSION, "model_not_allowed", message)
        : new ChatError(400, Kind.INVALID_REQUEST, "no_model_fits", message);
  }

  private static Set<String> usable(Caller caller, Fleet fleet) {
    var names = new TreeSet<>(fleet.catalog().models().keySet());
    names.addAll(fleet.catalog().aliases().keySet());
    names.addAll(fleet.routes().keySet());
    names.add(Fleet.AUTO);
    names.removeIf(name -> !caller.mayUse(name));
    return names;
  }

  private static List<String> near(String name, Set<String> known) {
    record Near(String name, int distance) {}
    int limit = Math.max(2, name.length() / 3);
    return known.stream()
        .map(candidate -> new Near(candidate, distance(name, candidate)))
        .filter(near -> near.distance() <= limit)
        .sorted(Comparator.comparingInt(Near::distance))
        .limit(MOST_NAMES)
        .map(Near::name)
        .toList();
  }

  /** Letters to insert, remove or replace to make one of the other. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  /** Client text in an error stays short. */
  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
  }
}
