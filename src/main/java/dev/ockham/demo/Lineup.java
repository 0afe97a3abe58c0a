package dev.ockham.demo;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.Catalog;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Keyring;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.Secret;
import dev.ockham.chat.TokenClass;
import dev.ockham.lab.ShippedWeights;
import dev.ockham.learn.Encoder;
import dev.ockham.route.Fleet;
import dev.ockham.route.LearnedScorer;
import dev.ockham.route.Objective;
import dev.ockham.route.Route;
import dev.ockham.route.Scorer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The ten models as the gateway knows them: all are candidates of one route. */
final class Lineup {
  private static final String VERSION = "demo";
  private static final String PRICE_VERSION = "list-2024";
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Lineup() {}

  /**
   * @param dollarsPerGoodAnswer the setting of the route
   */
  static Fleet of(
      DemoData data,
      List<RecordedFleet.Member> members,
      Scorer scorer,
      double dollarsPerGoodAnswer) {
    var models = new LinkedHashMap<String, Model>();
    members.forEach(member -> models.put(member.model().name(), model(member)));
    var route =
        new Route(
            Fleet.AUTO,
            List.copyOf(models.keySet()),
            data.training().bestSingle(),
            List.of(),
            new Objective(dollarsPerGoodAnswer));
    return new Fleet(
        new Catalog(VERSION, models, Map.of()),
        Map.of(Fleet.AUTO, route),
        Fleet.AUTO,
        scorer,
        VERSION);
  }

  /** Its weights are the demo's own: trained on no question that is asked here. */
  static Scorer scorer() {
    Encoder encoder = ShippedWeights.encoder();
    return new LearnedScorer(encoder, ShippedWeights.demo(encoder));
  }

  /** The credentials of all members, each for its own endpoint. */
  static Keyring keyring(List<RecordedFleet.Member> members) {
    var access = new LinkedHashMap<String, Access>();
    for (RecordedFleet.Member member : members) {
      var placement = Credential.Placement.usual(member.model().dialect());
      var key = new Credential.Key(placement, new Secret(member.credential()));
      access.put(member.model().name(), Access.with(key));
    }
    return new Keyring(access, Optional.empty());
  }

  private static Model model(RecordedFleet.Member member) {
    FleetModel model = member.model();
    var endpoint = new Endpoint(model.name(), model.dialect(), member.baseUrl(), DEADLINE);
    var price =
        new Price.Listed(
            PRICE_VERSION,
            Map.of(
                TokenClass.INPUT, model.tariff().inputPicos(),
                TokenClass.OUTPUT, model.tariff().outputPicos()));
    return new Model(
        model.name(),
        endpoint,
        model.name(),
        Model.Limits.UNKNOWN,
        Set.of(),
        price,
        OptionalDouble.empty());
  }
}
