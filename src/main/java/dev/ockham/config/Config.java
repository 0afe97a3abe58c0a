package dev.ockham.config;

import dev.ockham.catalog.Adjustment;
import dev.ockham.catalog.Capability;
import dev.ockham.catalog.HangUp;
import dev.ockham.catalog.Keyring;
import dev.ockham.catalog.Price;
import dev.ockham.chat.Dialect;
import dev.ockham.route.Adoption;
import dev.ockham.route.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The settings of one gateway, valid and complete: every default is filled in, every secret
 * resolved, every name that is referred to exists. The file owns providers, models and routes; the
 * store owns keys and budgets.
 *
 * @param source the file it was read from; empty where it was made from the environment
 * @param providers by name, in the file's order
 * @param models by the name clients use, in the file's order
 * @param aliases other names for models
 * @param routes by name, in the file's order; never empty where there are models
 * @param adoption how far the routes may go, until the store says otherwise
 * @param keyring everything secret, and the ways through the network, as read at the start
 */
public record Config(
    Optional<Path> source,
    Server server,
    Data data,
    SequencedMap<String, Provider> providers,
    SequencedMap<String, ModelEntry> models,
    Map<String, String> aliases,
    SequencedMap<String, Route> routes,
    Adoption adoption,
    CatalogSource catalog,
    Privacy privacy,
    Keyring keyring) {

  /** The route that {@code auto} names. */
  public static final String AUTO = "auto";

  /**
   * Where clients reach the gateway.
   *
   * @param host address or name to listen on
   * @param port 0 lets the system choose
   * @param maxBodyBytes longer request bodies are refused
   * @param bodyBudgetBytes what bodies and whole replies under way may hold together; empty leaves
   *     it to the size of the heap
   */
  public record Server(
      String host,
      int port,
      long maxBodyBytes,
      OptionalLong bodyBudgetBytes,
      Deadlines deadlines) {}

  /**
   * How long to wait for what.
   *
   * @param request for a client to have sent its whole request
   * @param call for one whole call of a provider
   * @param drain for requests under way when the gateway is told to stop
   */
  public record Deadlines(Duration request, Duration call, Duration drain) {}

  /**
   * What is kept on disk.
   *
   * @param folder absolute; holds the database, the journal and the keys' pepper
   */
  public record Data(Path folder) {}

  /**
   * Somebody who serves models.
   *
   * @param baseUrl without a trailing slash
   * @param catalogName the provider in the catalog whose facts its models start from
   * @param region whose prices hold, where they differ
   * @param adjustments what was agreed besides its list
   * @param hangUp what is done when a client has left
   * @param batches whether it offers batches of its own
   */
  public record Provider(
      Dialect dialect,
      String baseUrl,
      String catalogName,
      Optional<String> region,
      List<Adjustment> adjustments,
      HangUp hangUp,
      boolean batches) {
    public Provider {
      adjustments = List.copyOf(adjustments);
    }

    /** At its list prices, the same everywhere; hung up on when a client has left. */
    public Provider(Dialect dialect, String baseUrl, String catalogName) {
      this(
          dialect,
          baseUrl,
          catalogName,
          Optional.empty(),
          List.of(),
          HangUp.CANCEL,
          offersBatches(baseUrl));
    }

    /** Whether it is known to, by its address. */
    static boolean offersBatches(String baseUrl) {
      return baseUrl.startsWith("https://api.openai.com/")
          || baseUrl.startsWith("https://api.anthropic.com");
    }
  }

  /**
   * A model that clients may ask for. What is empty is taken from the shipped catalog, and is
   * unknown where that does not know the model either.
   *
   * @param provider whom to call
   * @param upstreamName what the provider calls it
   * @param adjustments what was agreed for it besides the list, in place of its provider's
   * @param serving where else it is served, and how calls are shared out
   */
  public record ModelEntry(
      String provider,
      String upstreamName,
      OptionalLong contextWindow,
      OptionalLong maxOutput,
      Optional<Set<Capability>> capabilities,
      Optional<Price> price,
      List<Adjustment> adjustments,
      OptionalDouble priorSkill,
      Serving serving) {
    public ModelEntry {
      adjustments = List.copyOf(adjustments);
    }

    /** The first place where it is served. */
    Place place() {
      return new Place(provider, upstreamName, price, adjustments, serving.first());
    }
  }

  /**
   * How a model's calls are shared out among the places that serve it.
   *
   * @param first of the place that the model itself names
   * @param others the further places
   */
  public record Serving(Share first, List<Place> others) {
    /** In one place. */
    public static final Serving ALONE = new Serving(Share.EQUAL, List.of());

    public Serving {
      others = List.copyOf(others);
    }
  }

  /**
   * A place that serves a model.
   *
   * @param upstreamName what the provider calls it
   */
  public record Place(
      String provider,
      String upstreamName,
      Optional<Price> price,
      List<Adjustment> adjustments,
      Share share) {
    public Place {
      adjustments = List.copyOf(adjustments);
    }
  }

  /** How much a place takes: its weight beside the others, and the most calls at once. */
  public record Share(int weight, OptionalInt maxInFlight) {
    public static final Share EQUAL = new Share(1, OptionalInt.empty());
  }

  /**
   * Where facts of models come from besides the shipped catalog.
   *
   * @param url of newer catalogs; empty fetches nothing
   * @param every how often they are looked for
   * @param offer providers all of whose models in the catalog are offered, as PROVIDER/MODEL
   */
  public record CatalogSource(Optional<String> url, Duration every, List<String> offer) {
    /** Nothing is fetched, and only configured models are offered. */
    public static final CatalogSource SHIPPED =
        new CatalogSource(Optional.empty(), Duration.ofMinutes(5), List.of());

    public CatalogSource {
      offer = List.copyOf(offer);
    }
  }

  /**
   * What is kept about people. Bodies of requests and replies are never kept, with two exceptions
   * that have to be asked for.
   *
   * @param keepFeatures whether the feature vector of a request's text is kept
   * @param featuresTtl how long
   * @param keepResponses how long requests and answers of the Responses API are kept, for clients
   *     that go on with them by id; empty keeps none
   * @param keepBatches how long batches, their files and answers are kept; empty permits none
   */
  public record Privacy(
      boolean keepFeatures,
      Duration featuresTtl,
      Optional<Duration> keepResponses,
      Optional<Duration> keepBatches) {
    /** Without batches. */
    public Privacy(boolean keepFeatures, Duration featuresTtl, Optional<Duration> keepResponses) {
      this(keepFeatures, featuresTtl, keepResponses, Optional.empty());
    }
  }

  /** The route that {@link #AUTO} means: the one of that name, else the first. */
  public String defaultRoute() {
    return routes.containsKey(AUTO) ? AUTO : routes.firstEntry().getKey();
  }

  public Config {
    providers = new LinkedHashMap<>(providers);
    models = new LinkedHashMap<>(models);
    aliases = Map.copyOf(aliases);
    routes = new LinkedHashMap<>(routes);
  }
}
