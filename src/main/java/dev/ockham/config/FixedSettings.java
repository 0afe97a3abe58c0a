package dev.ockham.config;

import java.util.ArrayList;
import java.util.List;

/** What a running process cannot change: where it listens, what it keeps, and how much it takes. */
public final class FixedSettings {
  private FixedSettings() {}

  /** Where a later configuration says something else of it; empty where it may be put in force. */
  public static List<ConfigProblem> changed(Config first, Config now) {
    var changes = new Changes();
    Config.Server before = first.server();
    Config.Server after = now.server();
    changes.look("server.host", before.host(), after.host());
    changes.look("server.port", before.port(), after.port());
    changes.look("server.max-body", before.maxBodyBytes(), after.maxBodyBytes());
    changes.look("server.body-budget", before.bodyBudgetBytes(), after.bodyBudgetBytes());
    changes.look(
        "server.deadlines.request", before.deadlines().request(), after.deadlines().request());
    changes.look("server.deadlines.drain", before.deadlines().drain(), after.deadlines().drain());
    changes.look(
        "server.tls", isPresent(first.keyring().server()), isPresent(now.keyring().server()));
    changes.look("data.folder", first.data().folder(), now.data().folder());
    changes.look(
        "privacy.keep-features", first.privacy().keepFeatures(), now.privacy().keepFeatures());
    changes.look(
        "privacy.features-ttl", first.privacy().featuresTtl(), now.privacy().featuresTtl());
    changes.look(
        "privacy.keep-responses", first.privacy().keepResponses(), now.privacy().keepResponses());
    changes.look(
        "privacy.keep-batches", first.privacy().keepBatches(), now.privacy().keepBatches());
    return changes.found;
  }

  private static String isPresent(java.util.Optional<?> identity) {
    return identity.isPresent() ? "present" : "absent";
  }

  private static final class Changes {
    final List<ConfigProblem> found = new ArrayList<>();

    void look(String path, Object before, Object after) {
      if (!before.equals(after)) {
        String expected = before + ", as at the start: restart the gateway to change it";
        found.add(new ConfigProblem(0, path, after.toString(), expected));
      }
    }
  }
}
