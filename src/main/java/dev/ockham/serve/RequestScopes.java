package dev.ockham.serve;

import dev.ockham.agent.Conversations;
import dev.ockham.catalog.Model;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import dev.ockham.policy.Scope.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Every scope that binds a call: those of its key, and what lies across: the tags that the request
 * names, its model and who serves it from where, and the run that it belongs to. For one event
 * loop.
 */
final class RequestScopes {
  static final int MOST_TAGS = 4;

  /** Models of catalogs that are no longer in force are forgotten when so many are known. */
  private static final int MOST_MODELS = 4_096;

  private static final Pattern LOCAL_HOST =
      Pattern.compile(
          "localhost|.*\\.local|.*\\.internal|127\\..*|10\\..*|192\\.168\\..*"
              + "|172\\.(1[6-9]|2[0-9]|3[01])\\..*|\\[::1]|\\[f[cd].*");

  private final IdentityHashMap<Model, List<Scope>> ofModels = new IdentityHashMap<>();

  /** Fails with a Refusal where the tags cannot be read. */
  List<Scope> of(Exchange exchange, Caller caller, Model model) {
    Optional<String> tags = exchange.header(Headers.TAGS);
    Optional<String> run = run(exchange);
    List<Scope> ofModel = ofModel(model);
    List<Scope> all = new ArrayList<>(caller.scopes().size() + ofModel.size() + 2);
    all.addAll(caller.scopes());
    tags.ifPresent(text -> addTags(all, text));
    all.addAll(ofModel);
    run.ifPresent(name -> all.add(new Scope(Kind.RUN, name)));
    return all;
  }

  /** A run is named, never guessed: a guess could let two share a budget. */
  private static Optional<String> run(Exchange exchange) {
    return exchange
        .header(Headers.RUN)
        .or(() -> Conversations.session(exchange::header))
        .map(RequestScopes::clean)
        .filter(name -> !name.isBlank() && !name.equals(Scope.EACH));
  }

  private static String clean(String name) {
    return name.chars().anyMatch(Character::isISOControl) ? "" : name.strip();
  }

  private static void addTags(List<Scope> all, String header) {
    int tags = 0;
    for (String each : header.split(",", -1)) {
      String name = clean(each);
      if (name.isEmpty() || name.equals(Scope.EACH) || ++tags > MOST_TAGS) {
        throw Refusal.because(Errors.wrongTags());
      }
      var tag = new Scope(Kind.TAG, name);
      if (!all.contains(tag)) {
        all.add(tag);
      }
    }
  }

  private List<Scope> ofModel(Model model) {
    List<Scope> known = ofModels.get(model);
    if (known != null) {
      return known;
    }
    if (ofModels.size() >= MOST_MODELS) {
      ofModels.clear();
    }
    List<Scope> made =
        List.of(
            new Scope(Kind.PROVIDER, model.endpoint().name()),
            new Scope(Kind.MODEL, model.id()),
            new Scope(Kind.LOCALITY, locality(model.endpoint().baseUrl())));
    ofModels.put(model, made);
    return made;
  }

  /** {@code local} for an address that is not of the internet, else {@code remote}. */
  private static String locality(String baseUrl) {
    String host = URI.create(baseUrl).getHost();
    return host != null && LOCAL_HOST.matcher(host).matches() ? "local" : "remote";
  }
}
