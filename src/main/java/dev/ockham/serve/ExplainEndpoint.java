package dev.ockham.serve;

import dev.ockham.catalog.Catalog;
import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatError.Kind;
import dev.ockham.config.RouteDocument;
import dev.ockham.ledger.RequestId;
import dev.ockham.policy.Caller;
import dev.ockham.route.Decision;
import dev.ockham.route.Explanation;
import dev.ockham.route.Rebuild;
import dev.ockham.route.Route;
import dev.ockham.serve.Exchange.Arrival;
import dev.ockham.store.RouteVersions.Version;
import dev.ockham.store.Store;
import dev.ockham.store.StoredRequest;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the decision of a request again, from what was kept of it and the versions it names, and
 * says whether it comes out the same.
 */
final class ExplainEndpoint {
  private static final String AFTER = "/explanation";

  private final Loop loop;
  private final AdminCalls calls;

  ExplainEndpoint(Loop loop) {
    this.loop = loop;
    this.calls = new AdminCalls(loop);
  }

  void explain(Arrival arrival) {
    Caller caller = arrival.caller().orElseThrow();
    Store store = loop.gateway().store();
    Optional<RequestId> id = RequestId.parse(AdminCalls.name(arrival, AFTER));
    if (id.isEmpty()) {
      Problem.tell(arrival, noSuchRequest());
      return;
    }
    Future<ObjectNode> answer =
        loop.await(
                store
                    .requests()
                    .byId(caller.organisation(), id.get())
                    .thenCompose(found -> withCatalog(store, caller, found)))
            .compose(kept -> loop.elsewhere(() -> explained(store, kept)));
    calls.answer(arrival, answer, json -> json);
  }

  /** A request with the catalog it was decided with, as far as that was kept. */
  private record Kept(
      StoredRequest request,
      @SuppressWarnings("OptionalUsedAsFieldOrParameterType") Optional<Catalog> catalog) {}

  private static CompletionStage<Kept> withCatalog(
      Store store,
      Caller caller,
      @SuppressWarnings("OptionalUsedAsFieldOrParameterType") Optional<StoredRequest> found) {
    if (found.isEmpty() || !ApiEndpoint.maySee(caller, found.get())) {
      return CompletableFuture.failedStage(Refusal.because(noSuchRequest()));
    }
    String version = found.get().record().why().versions().catalog();
    return store
        .catalogVersions()
        .find(caller.organisation(), version)
        .thenApply(catalog -> new Kept(found.get(), catalog));
  }

  private static ObjectNode explained(Store store, Kept kept) {
    Explanation why = kept.request.record().why();
    ObjectNode json = RequestJson.whole(kept.request);
    ArrayNode missing = JsonNodeFactory.instance.arrayNode();
    Optional<Route> route = kept.catalog.flatMap(catalog -> route(store, why, catalog));
    if (kept.catalog.isEmpty()) {
      missing.add("catalog " + why.versions().catalog());
    } else if (route.isEmpty()) {
      missing.add("route " + why.versions().route());
    }
    if (why.inputs().isEmpty()) {
      missing.add("the decision's inputs");
    }
    Optional<Rebuild.Again> again =
        route.flatMap(known -> Rebuild.of(why, kept.catalog.get(), known));
    ObjectNode rebuilt = json.putObject("rebuilt");
    rebuilt.put("same", again.map(Rebuild.Again::same).orElse(false));
    again.ifPresent(made -> {
      rebuilt.put("why", made.decision().why().reason());
      if (made.decision() instanceof Decision.Chosen chosen) {
        rebuilt.put("chosen", chosen.first().id());
      }
    });
    rebuilt.set("missing", missing);
    return json;
  }

  /** The version of the route that the record names. */
  private static Optional<Route> route(Store store, Explanation why, Catalog catalog) {
    String label = why.versions().route();
    int at = label.lastIndexOf('@');
    if (at < 0 || !label.substring(at + 1).matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    Optional<Version> version =
        store
            .routeVersions()
            .find(label.substring(0, at), Integer.parseInt(label.substring(at + 1)));
    var models = new TreeSet<>(catalog.models().keySet());
    models.addAll(catalog.aliases().keySet());
    return version.flatMap(kept ->
        RouteDocument.read(kept.route(), kept.document(), models)
                instanceof RouteDocument.Outcome.Read(Route route)
            ? Optional.of(route)
            : Optional.empty());
  }

  private static ChatError noSuchRequest() {
    return new ChatError(
        404,
        Kind.NOT_FOUND,
        "no_such_request",
        "no request of this id, or it is another key's (expected: an id from x-ockham-request-id)");
  }
}
