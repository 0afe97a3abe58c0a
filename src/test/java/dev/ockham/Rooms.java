package dev.ockham;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rooms of the house and which others each may know. An arrow not listed here is forbidden. */
final class Rooms {
  /** The root package: {@code Main} alone lives there. */
  static final String ROOT = "";

  /** They hold values and decisions; what they need is handed to them. */
  static final Set<String> PURE =
      Set.of("chat", "catalog", "policy", "route", "learn", "agent", "report");

  private static final List<String> CORE =
      List.of("chat", "catalog", "policy", "learn", "agent", "route", "ledger");

  private static final Map<String, Collection<String>> ARROWS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("chat", List.of()),
              Map.entry("catalog", List.of("chat")),
              Map.entry("policy", List.of("chat", "catalog")),
              Map.entry("learn", List.of("chat")),
              Map.entry("agent", List.of("chat")),
              Map.entry("route", List.of("chat", "catalog", "policy", "learn", "agent")),
              Map.entry("report", List.of("chat", "catalog", "policy", "learn", "route")),
              Map.entry("ledger", List.of("chat", "catalog", "policy", "route")),
              Map.entry("store", List.of("chat", "catalog", "policy", "route", "ledger")),
              Map.entry("dialect", List.of("chat")),
              Map.entry("config", List.of("chat", "catalog", "policy", "learn", "route")),
              Map.entry(
                  "provider", List.of("chat", "catalog", "policy", "route", "ledger", "dialect")),
              Map.entry("console", below("store", "report")),
              Map.entry(
                  "serve", below("store", "report", "config", "dialect", "provider", "console")),
              Map.entry(
                  "lab", List.of("chat", "catalog", "policy", "learn", "agent", "route", "report")),
              Map.entry(
                  "demo",
                  below("store", "report", "config", "dialect", "provider", "serve", "lab")),
              Map.entry(
                  "cli",
                  below(
                      "store",
                      "report",
                      "config",
                      "dialect",
                      "provider",
                      "serve",
                      "lab",
                      "console",
                      "demo"))));

  private Rooms() {}

  static Set<String> all() {
    return ARROWS.keySet();
  }

  static boolean mayKnow(String room, String other) {
    return room.equals(other)
        || room.equals(ROOT)
        || ARROWS.getOrDefault(room, List.of()).contains(other);
  }

  /** The room a package belongs to, such as {@code ledger} for {@code dev.ockham.ledger.x}. */
  static String of(String packageName) {
    String prefix = "dev.ockham.";
    if (!packageName.startsWith(prefix)) {
      return ROOT;
    }
    String rest = packageName.substring(prefix.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  private static List<String> below(String... more) {
    var all = new ArrayList<>(CORE);
    all.addAll(List.of(more));
    return all;
  }
}
