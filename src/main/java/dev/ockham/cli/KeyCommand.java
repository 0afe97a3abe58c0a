package dev.ockham.cli;

import dev.ockham.config.Environment;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import dev.ockham.store.IssuedKey;
import dev.ockham.store.NewKey;
import dev.ockham.store.StoredKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes, lists and revokes the keys that clients show. */
@Command(
    name = "key",
    description = {
      "Makes, lists and revokes keys, while the gateway is stopped.",
      "Example: ./ockham key create laptop --team claims"
    })
final class KeyCommand implements Runnable {
  private final Environment environment;
  private final Terminal terminal;
  private final Ambient ambient;

  @Spec private CommandSpec spec = CommandSpec.create();

  KeyCommand(Environment environment, Terminal terminal, Ambient ambient) {
    this.environment = environment;
    this.terminal = terminal;
    this.ambient = ambient;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of create, list, revoke?");
  }

  @Command(
      name = "create",
      description = {
        "Makes a key and prints it, this once.",
        "Example: ./ockham key create laptop --allow auto,small"
      })
  int create(
      @Mixin OpenStore store,
      @Parameters(paramLabel = "NAME", description = "For people.") String name,
      @Option(names = "--admin", description = "May also read and change everything.")
          boolean admin,
      @Mixin Place place,
      @Option(
              names = "--allow",
              paramLabel = "NAMES",
              split = ",",
              description = "Models and routes it may use (default: all).")
          @Nullable Set<String> allowed) {
    NewKey wanted = wanted(name, admin, place.scopes(), allowed);
    return create(store, wanted);
  }

  private NewKey wanted(
      String name, boolean admin, List<String> within, @Nullable Set<String> allowed) {
    try {
      return new NewKey(
          "default",
          name,
          name,
          admin ? Caller.Role.ADMIN : Caller.Role.CLIENT,
          within.stream().map(Scope::parse).toList(),
          allowed == null ? Set.of() : allowed);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
    }
  }

  private int create(OpenStore store, NewKey wanted) {
    return store.with(
        environment,
        terminal,
        ambient,
        opened -> {
          IssuedKey issued = opened.keys().create(wanted).toCompletableFuture().join();
          terminal.out().println(issued.text());
          terminal.err().println("It is shown this once. Next: export OCKHAM_KEY=…");
          return OckhamCommand.OK;
        });
  }

  @Command(
      name = "list",
      description = {"Lists keys, without their secrets.", "Example: ./ockham key list"})
  int list(@Mixin OpenStore store) {
    return store.with(
        environment,
        terminal,
        ambient,
        opened -> {
          var rows = new ArrayList<List<String>>();
          rows.add(List.of("id", "name", "role", "scopes", "created", "revoked"));
          for (StoredKey key : opened.keys().list()) {
            rows.add(
                List.of(
                    key.id(),
                    key.name(),
                    key.caller().role().name().toLowerCase(Locale.ROOT),
                    String.join(" ", key.caller().scopes().stream().map(Object::toString).toList()),
                    key.created().toString(),
                    key.revoked().map(Instant::toString).orElse("")));
          }
          Columns.align(rows).forEach(terminal.out()::println);
          return OckhamCommand.OK;
        });
  }

  @Command(
      name = "revoke",
      description = {"Ends a key for good.", "Example: ./ockham key revoke 4f2a"})
  int revoke(
      @Mixin OpenStore store,
      @Parameters(paramLabel = "ID", description = "As key list shows it.") String id) {
    return store.with(
        environment,
        terminal,
        ambient,
        opened -> {
          if (opened.keys().revoke(id).toCompletableFuture().join()) {
            terminal.out().println("revoked " + id);
            return OckhamCommand.OK;
          }
          terminal
              .err()
              .println(
                  "ockham: key \""
                      + id
                      + "\" (expected: the id of a key in force; see ./ockham key list)");
          return OckhamCommand.FAILED;
        });
  }

  /** Where in the organisation a key belongs. */
  static final class Place {
    @Option(names = "--team", paramLabel = "TEAM", description = "Whose budgets bind it too.")
    private @Nullable String team;

    @Option(
        names = "--within",
        paramLabel = "SCOPES",
        split = ",",
        description = "More such: unit:NAME, project:NAME, user:NAME, agent:NAME, tag:NAME.")
    private List<String> within = new ArrayList<>();

    List<String> scopes() {
      var scopes = new ArrayList<>(within);
      if (team != null) {
        scopes.add("team:" + team);
      }
      return scopes;
    }
  }
}
