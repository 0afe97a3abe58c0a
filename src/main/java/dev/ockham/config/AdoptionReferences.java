package dev.ockham.config;

import dev.ockham.config.YamlNode.Mapping;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks whom the file says how far routes may go for. */
final class AdoptionReferences {
  private static final Pattern SCOPE =
      Pattern.compile("(org|unit|team|project|user|agent|key|route|workload):.{1,100}");
  private static final String ROUTE = "route:";

  private final Mapping root;
  private final List<ConfigProblem> problems;

  AdoptionReferences(Mapping root, List<ConfigProblem> problems) {
    this.root = root;
    this.problems = problems;
  }

  void check() {
    Set<String> routes = new LinkedHashSet<>(root.section("routes").entries().keySet());
    if (routes.isEmpty()) {
      routes.add(Config.AUTO);
    }
    root.section("adoption")
        .section("scopes")
        .entries()
        .forEach((scope, entry) -> {
          String path = "adoption.scopes." + scope;
          if (!SCOPE.matcher(scope).matches()) {
            String expected = "org:NAME, team:NAME, key:ID, route:NAME or workload:ID";
            problems.add(new ConfigProblem(entry.line(), path, scope, expected));
          } else if (scope.startsWith(ROUTE) && !routes.contains(scope.substring(ROUTE.length()))) {
            String name = scope.substring(ROUTE.length());
            problems.add(
                new ConfigProblem(
                    entry.line(), path, name, "a route" + ShapeCheck.hint(name, routes)));
          }
          if (entry.value() instanceof Mapping rung) {
            percentFits(path, rung);
          }
        });
  }

  /** A share that has no meaning in its mode is a mistake about what will happen. */
  private void percentFits(String path, Mapping rung) {
    boolean canary = rung.text("mode").orElse("").equals("canary");
    if (canary && rung.get("percent").isEmpty()) {
      problems.add(
          new ConfigProblem(rung.line(), path + ".percent", "absent", "the canary's share"));
    } else if (!canary && rung.get("percent").isPresent()) {
      problems.add(
          new ConfigProblem(
              rung.line(), path + ".percent", "given", "mode: canary, which alone has a share"));
    }
  }
}
