package dev.ockham.serve;

import dev.ockham.catalog.Catalog;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.route.Fleet;
import dev.ockham.route.Objective;
import dev.ockham.route.ObservingScorer;
import dev.ockham.route.Route;
import dev.ockham.route.Scorer;
import dev.ockham.route.Scores;
import dev.ockham.route.Scores.Ability;
import dev.ockham.route.Scores.Basis;
import dev.ockham.store.Store;
import dev.ockham.store.StoreSettings;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * A gateway over a cheap model and a dear one, {@code small} and {@code big}, which answer equally
 * well: its route {@code auto} always chooses the cheap one, and its default is the dear one.
 */
final class LadderGateway implements AutoCloseable {
  final ScriptedUpstream upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
  final RunningGateway running;

  LadderGateway(Path folder) {
    Store store =
        RunningGateway.open(
            StoreSettings.of(folder, Clock.systemUTC(), RandomGenerator.getDefault()));
    running =
        RunningGateway.start(RunningGateway.gateway(store, fleet(upstream)), settings -> settings);
  }

  private static Fleet fleet(ScriptedUpstream upstream) {
    Model small = priced(RunningGateway.openAiModel("small", upstream), 1_000_000);
    Model big = priced(RunningGateway.openAiModel("big", upstream), 20_000_000);
    var route = new Route("auto", List.of("small", "big"), "big", List.of(), new Objective(0.01));
    var models = new LinkedHashMap<String, Model>();
    models.put("small", small);
    models.put("big", big);
    var catalog = new Catalog("catalog-1", models, Map.of());
    return new Fleet(
        catalog, Map.of("auto", route), "auto", new ObservingScorer(evenly()), "routes-1");
  }

  private static Model priced(Model model, long picos) {
    return new Model(
        model.id(),
        model.endpoint(),
        model.upstreamName(),
        model.limits(),
        model.capabilities(),
        new Price.Listed(
            model.id() + "@1", Map.of(TokenClass.INPUT, picos, TokenClass.OUTPUT, picos)),
        model.priorSkill());
  }

  private static Scorer evenly() {
    return new Scorer() {
      @Override
      public Scores score(String ask, List<Model> candidates) {
        var abilities = new HashMap<String, Ability>();
        for (Model model : candidates) {
          abilities.put(model.id(), new Ability(Basis.LEARNED, 0.9, 0.01, 100));
        }
        return new Scores(abilities, false, Optional.empty());
      }

      @Override
      public String version() {
        return "even";
      }
    };
  }

  /** Asks in a session of one's own. */
  HttpResponse<String> ask(String model, String session, String... headers) {
    var request =
        HttpCalls.request(running, "/v1/chat/completions")
            .header("authorization", "Bearer " + running.clientKey())
            .header("content-type", "application/json")
            .header("x-session-id", session);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpCalls.send(
        request.POST(BodyPublishers.ofString(HttpCalls.openAiAsk(model))).build());
  }

  HttpResponse<String> admin(String method, String path, String body) {
    return HttpCalls.send(
        HttpCalls.request(running, path)
            .header("authorization", "Bearer " + running.adminKey())
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  JsonNode record(HttpResponse<?> answer) {
    return HttpCalls.getJson(running, "/api/v1/requests/" + HttpCalls.requestId(answer));
  }

  @Override
  public void close() {
    running.close();
    upstream.close();
  }
}
