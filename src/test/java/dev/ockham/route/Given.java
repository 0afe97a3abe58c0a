package dev.ockham.route;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Catalog;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.chat.TokenClass;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import dev.ockham.route.Scores.Ability;
import dev.ockham.route.Scores.Basis;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** What the tests of this room begin with. */
final class Given {
  private static final Endpoint ENDPOINT =
      new Endpoint("p", Dialect.OPENAI_CHAT, "http://127.0.0.1:1/v1", Duration.ofSeconds(1));

  private Given() {}

  /** A model that can do everything, at so many dollars per million tokens in and out. */
  static Model model(String id, long dollarsPerMillion) {
    long picos = dollarsPerMillion * 1_000_000;
    var price =
        new Price.Listed(id + "@1", Map.of(TokenClass.INPUT, picos, TokenClass.OUTPUT, picos));
    return model(id, price, all(), OptionalLong.of(100_000));
  }

  /** Everything that a model which answers can do. */
  static Set<Capability> all() {
    return EnumSet.complementOf(EnumSet.of(Capability.EMBEDDINGS));
  }

  static Model model(String id, Price price, Set<Capability> can, OptionalLong window) {
    return new Model(
        id,
        ENDPOINT,
        id + "-upstream",
        new Model.Limits(window, OptionalLong.empty()),
        can,
        price,
        OptionalDouble.empty());
  }

  static Catalog catalog(Model... models) {
    var byId = new LinkedHashMap<String, Model>();
    for (Model model : models) {
      byId.put(model.id(), model);
    }
    return new Catalog("c1", byId, Map.of("nick", models[0].id()));
  }

  /** One route, {@code main}, over all models in order; the last is the fallback. */
  static Fleet fleet(Scorer scorer, double value, Model... models) {
    return fleet(scorer, value, List.of(), models);
  }

  static Fleet fleet(Scorer scorer, double value, List<Rule> rules, Model... models) {
    List<String> names = Arrays.stream(models).map(Model::id).toList();
    var route = new Route("main", names, names.getLast(), rules, new Objective(value));
    return new Fleet(catalog(models), Map.of("main", route), "main", scorer, "r1");
  }

  static Scorer scorer(boolean far, Map<String, Ability> abilities) {
    return new Scorer() {
      @Override
      public Scores score(String ask, List<Model> candidates) {
        var byModel = new HashMap<>(abilities);
        byModel.keySet().retainAll(candidates.stream().map(Model::id).toList());
        return new Scores(byModel, far, Optional.empty());
      }

      @Override
      public String version() {
        return "w1";
      }
    };
  }

  static Ability learned(double quality) {
    return new Ability(Basis.LEARNED, quality, 0.05, 100);
  }

  static Ability presumed(double quality, double uncertainty) {
    return new Ability(Basis.PRESUMED, quality, uncertainty, 100);
  }

  static Caller caller(String... allowed) {
    return new Caller(
        "default",
        "k1",
        "someone",
        Caller.Role.CLIENT,
        List.of(Scope.parse("org:default"), Scope.parse("team:claims")),
        Set.of(allowed));
  }

  static ChatRequest ask(String model, String text) {
    return request(model, List.of(said(Role.USER, text)));
  }

  static Message said(Role role, String text) {
    return new Message(role, List.of(new Part.Text(text)));
  }

  static ChatRequest request(String model, List<Message> messages) {
    return request(model, messages, ChatRequest.Tools.NONE, OptionalLong.empty());
  }

  static ChatRequest request(
      String model, List<Message> messages, ChatRequest.Tools tools, OptionalLong maxOutput) {
    return ChatRequest.asking(model, messages).withTools(tools).withMaxOutput(maxOutput);
  }
}
