package dev.ockham.faults;

import dev.ockham.faults.Fault.Try;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes {@code docs/faults.md} of what a run has seen. */
final class FaultsPage {
  private static final String HEAD =
      """
      # Faults

      What providers, networks and clients do wrong, what Ockham promises then, and what was seen when it was tried: by `FaultsTest`, over HTTP, against a provider that can break any byte. The numbers are those of our list of faults; a number that is not here has no test of this kind yet.

      This page is written by the test and held by it: `FAULTS_WRITE=yes ./mvnw test -Dtest=FaultsTest`.

      | | what goes wrong | what is promised | what was seen |
      |---|---|---|---|
      """;

  private final Map<String, Map<String, String>> seen = new LinkedHashMap<>();

  synchronized void seen(Fault fault, Try one, String what) {
    seen.computeIfAbsent(fault.number(), number -> new LinkedHashMap<>()).put(one.name(), what);
  }

  synchronized String of(List<Fault> faults) {
    var text = new StringBuilder(HEAD);
    for (Fault fault : faults) {
      text.append("| ").append(fault.number()).append(" | ").append(fault.what());
      text.append(" | ").append(fault.promise()).append(" | ").append(told(fault)).append(" |\n");
    }
    return text.toString();
  }

  /** Ways with the same outcome together; then where more of it is tried. */
  private String told(Fault fault) {
    var byOutcome = new LinkedHashMap<String, String>();
    seen.getOrDefault(fault.number(), Map.of())
        .forEach(
            (name, what) -> byOutcome.merge(what, name, (names, other) -> names + ", " + other));
    String tried =
        byOutcome.entrySet().stream()
            .map(entry -> entry.getValue() + ": " + entry.getKey())
            .collect(Collectors.joining("<br>"));
    String elsewhere =
        fault.heldBy().stream()
            .map(test -> "`" + test.substring(test.lastIndexOf('.') + 1) + "`")
            .collect(Collectors.joining(", "));
    String held = elsewhere.isEmpty() ? "" : "held by " + elsewhere;
    return tried.isEmpty() || held.isEmpty() ? tried + held : tried + "<br>" + held;
  }
}
