package dev.ockham.config;

import dev.ockham.config.Shape.ListOf;
import dev.ockham.config.Shape.Named;
import dev.ockham.config.Shape.Plain;
import dev.ockham.config.Shape.Section;
import dev.ockham.config.Shape.WordOr;
import java.util.ArrayList;
import java.util.List;

/** What the configuration file looks like, key by key. */
final class ConfigShape {
  private static final Section DEADLINES =
      new Section(
          key("request", Kind.DURATION, "30s", "for a client to have sent its whole request"),
          key("call", Kind.DURATION, "10m", "for one whole call of a provider"),
          key("drain", Kind.DURATION, "30s", "for requests under way when told to stop"));

  private static final Section TLS =
      new Section(
          key("certificate", Kind.FILE, "", "the chain clients are shown, our own first"),
          key("key", Kind.FILE, "", "its private key, PKCS #8, not encrypted"));

  private static final Section SERVER =
      new Section(
          key("host", Kind.HOST, "127.0.0.1", "where to listen; 0.0.0.0 is everywhere"),
          key("port", Kind.PORT, "8484", "which port to listen on"),
          key("max-body", Kind.SIZE, "32MiB", "longer requests are refused"),
          key(
              "body-budget",
              Kind.SIZE,
              "a quarter of the heap",
              "what bodies and whole replies under way may hold together; each counts twice"),
          new Shape.Key("tls", TLS, "no TLS", "speak TLS; changed files are taken up"),
          new Shape.Key("deadlines", DEADLINES, "as below", "how long to wait for what"));

  private static final Section NETWORK =
      new Section(
          key("proxy", Kind.PROXY, "none, or the one for all", "passes connections on"),
          key("proxy-user", Kind.SECRET, "none", "who the proxy is told we are"),
          key("proxy-password", Kind.SECRET, "none", "goes with it"),
          key("ca", Kind.FILE, "the system's alone", "authorities trusted besides the system's"),
          key("certificate", Kind.FILE, "none", "our own, for providers that ask for one"),
          key("key", Kind.FILE, "none", "its private key, PKCS #8, not encrypted"));

  private static final Section AWS =
      new Section(
          key("region", Kind.REGION, "the address's", "where Bedrock is called"),
          key("access-key-id", Kind.SECRET, "none", "signs requests, with the next"),
          key("secret-access-key", Kind.SECRET, "none", "never travels"),
          key("session-token", Kind.SECRET, "none", "where the keys are temporary"));

  private static final Section DATA =
      new Section(
          key(
              "folder",
              Kind.FOLDER,
              "~/.ockham",
              "keeps the database, the journal and key hashes"));

  private static final Section PROVIDER =
      new Section(
          key("dialect", Kind.DIALECT, "the catalog's", "the language it speaks"),
          key("base-url", Kind.BASE_URL, "the catalog's", "https, or http on this machine"),
          key("api-key", Kind.SECRET, "none is sent", "the credential it wants"),
          key("key-header", Kind.KEY_HEADER, "by dialect and address", "where the key goes"),
          new Shape.Key("aws", AWS, "none", "keys of an AWS account, instead of api-key"),
          key("google-account", Kind.SECRET, "none", "a service account's JSON, for Vertex"),
          key("api-version", Kind.API_VERSION, "none", "Azure's older addresses, by deployment"),
          key("anthropic-version", Kind.API_VERSION, "the client's", "what Anthropic is told"),
          key("organization", Kind.NAME, "none", "sent as openai-organization"),
          key("project", Kind.NAME, "none", "sent as openai-project"),
          new Shape.Key("network", NETWORK, "the one for all", "the way there, key by key"),
          key("discount", Kind.SHARE_OF_COST, "none", "taken off the listed cost, as a line"),
          key("markup", Kind.SHARE_OF_COST, "none", "added to the listed cost, as a line"),
          key("price-region", Kind.REGION, "aws.region", "whose prices hold, where they differ"),
          key("catalog", Kind.NAME, "its own name", "whose facts in the catalog its models have"),
          key(
              "on-hang-up",
              Kind.HANG_UP,
              "cancel",
              "when a client has left: cancel the call and book an estimate, drain it to its real"
                  + " usage, or cancel it and book nothing where that is free"),
          key(
              "batches",
              Kind.YES_NO,
              "OpenAI and Anthropic do",
              "whether it offers batches, at its batch price"),
          key("allow-http", Kind.YES_NO, "false", "permits plain http to another machine"));

  private static final List<Shape.Key> CLASSES =
      List.of(
          key("input", Kind.PER_MILLION, "", "input that no cache holds"),
          key("output", Kind.PER_MILLION, "", "output, reasoning included"),
          key("cache-read", Kind.PER_MILLION, "as input", "input read from the prompt cache"),
          key("cache-write-5m", Kind.PER_MILLION, "as input", "input kept for five minutes"),
          key("cache-write-1h", Kind.PER_MILLION, "as cache-write-5m", "input kept for an hour"),
          key("reasoning", Kind.PER_MILLION, "as output", "output that is not shown"),
          key("audio-input", Kind.PER_MILLION, "as input", "sound that is heard"),
          key("audio-cache-read", Kind.PER_MILLION, "as input", "sound read from the cache"),
          key("image-input", Kind.PER_MILLION, "as input", "pictures that are seen"),
          key("audio-output", Kind.PER_MILLION, "as output", "sound that is made"),
          key("image-output", Kind.PER_MILLION, "as output", "pictures that are made"),
          key("web-search", Kind.DOLLARS, "unknown", "dollars for one search of the web"),
          key("request", Kind.DOLLARS, "nothing", "dollars for each request"));

  private static final Section VARIANT =
      new Section(
          with(
              CLASSES,
              key("tier", Kind.TIER, "standard", "of a call that is served so"),
              key("above-input", Kind.TOKENS, "any", "of a call with more input than this"),
              key("from", Kind.TIME, "all day", "each day from this time, UTC, with until"),
              key("until", Kind.TIME, "all day", "up to this time, perhaps past midnight")));

  private static final Section RATES =
      new Section(
          with(
              CLASSES,
              new Shape.Key(
                  "variants", new ListOf(VARIANT), "none", "other rates; the last that fits")));

  private static final Section RATE_CARD =
      new Section(
          key("node-per-hour", Kind.DOLLARS, "", "dollars that the machine costs in an hour"),
          key("input-per-second", Kind.TOKENS, "", "tokens it reads in a second, when busy"),
          key("output-per-second", Kind.TOKENS, "", "tokens it writes in a second, when busy"),
          key("utilisation", Kind.SHARE, "", "share of its hours in which it is busy"));

  private static final Shape.Key WEIGHT =
      key("weight", Kind.WEIGHT, "1", "share of the calls beside the model's other deployments");

  private static final Shape.Key MAX_IN_FLIGHT =
      key("max-in-flight", Kind.CALLS, "no limit", "calls under way there at once");

  private static final Section DEPLOYMENT =
      new Section(
          key("provider", Kind.NAME, "", "who else serves it: a name under providers"),
          key("name", Kind.NAME, "the model's", "what that provider calls it"),
          WEIGHT,
          MAX_IN_FLIGHT,
          new Shape.Key(
              "price",
              new WordOr(Kind.FREE_OR_UNKNOWN, RATES),
              "the model's, else the catalog's",
              "US dollars per million tokens, or free, or unknown"),
          key("discount", Kind.SHARE_OF_COST, "the provider's", "taken off the listed cost"),
          key("markup", Kind.SHARE_OF_COST, "the provider's", "added to the listed cost"));

  private static final Section MODEL =
      new Section(
          key("provider", Kind.NAME, "", "who serves it: a name under providers"),
          key("name", Kind.NAME, "the model's id", "what the provider calls it"),
          key("context-window", Kind.TOKENS, "the catalog's", "input and output together"),
          key("max-output", Kind.TOKENS, "the catalog's", "the longest answer"),
          new Shape.Key(
              "capabilities",
              new ListOf(new Plain(Kind.CAPABILITY)),
              "the catalog's",
              "what it can do; a request that needs more goes elsewhere"),
          new Shape.Key(
              "price",
              new WordOr(Kind.FREE_OR_UNKNOWN, RATES),
              "the catalog's, else unknown",
              "US dollars per million tokens, or free, or unknown"),
          new Shape.Key(
              "rate-card", RATE_CARD, "none", "prices a model on your own machine by its hours"),
          key(
              "discount",
              Kind.SHARE_OF_COST,
              "the provider's",
              "taken off the listed cost, as a line"),
          key(
              "markup",
              Kind.SHARE_OF_COST,
              "the provider's",
              "added to the listed cost, as a line"),
          key("prior-skill", Kind.SHARE, "the catalog's", "share of questions it answers well"),
          WEIGHT,
          MAX_IN_FLIGHT,
          new Shape.Key(
              "deployments",
              new ListOf(DEPLOYMENT),
              "none",
              "where else it is served: other regions, accounts or machines"));

  private static final Section WHEN =
      new Section(
          key("has-images", Kind.YES_NO, "either", "whether the request shows a picture"),
          key("has-tools", Kind.YES_NO, "either", "whether the request offers tools"),
          key("scope", Kind.SCOPE, "any", "who asks, such as team:claims"),
          key("min-input-tokens", Kind.COUNT, "any", "at least so much input, as estimated"),
          key("max-input-tokens", Kind.COUNT, "any", "at most so much input, as estimated"));

  private static final Section RULE =
      new Section(
          key("name", Kind.TEXT, "", "names the rule in explanations"),
          new Shape.Key(
              "when",
              new WordOr(Kind.CEL, WHEN),
              "always",
              "an expression, or conditions of which every one given must hold"),
          key("use", Kind.NAME, "no model is forced", "this model serves, if it can"),
          key("exclude", Kind.NAME, "no model is out", "this model does not serve"),
          key("prefer", Kind.NAME, "the default", "this model takes the default's place"),
          key("label", Kind.LABEL, "none", "the request's record says so"));

  static final Section ROUTE =
      new Section(
          new Shape.Key(
              "candidates", new ListOf(new Plain(Kind.NAME)), "", "models to choose from"),
          key("default", Kind.NAME, "the first candidate", "serves when too little is known"),
          key("value-per-good-answer", Kind.DOLLARS, "0.01", "dollars; higher buys dearer models"),
          new Shape.Key(
              "rules", new ListOf(RULE), "none", "tried in order before the learned router"));

  private static final Section RUNG =
      new Section(
          key("mode", Kind.MODE, "", "how far the router may go"),
          key("percent", Kind.PERCENT, "0", "of all runs that the route serves in canary"),
          key("holdout-percent", Kind.PERCENT, "0", "of all runs that the route never serves"));

  private static final Section ADOPTION =
      new Section(
          key("seed", Kind.SEED, "0", "another one draws other runs for canary and holdout"),
          new Shape.Key(
              "scopes",
              new Named(RUNG),
              "routes enforce, models observe",
              "by org:NAME, team:NAME, key:ID, route:NAME or workload:ID"));

  private static final Section PRIVACY =
      new Section(
          key("keep-features", Kind.YES_NO, "true", "keep what was read off a request's text"),
          key("features-ttl", Kind.DURATION, "90d", "how long"),
          key(
              "keep-responses",
              Kind.DURATION,
              "none is kept",
              "keep answers of the Responses API, with what was asked, for so long"),
          key(
              "keep-batches",
              Kind.DURATION,
              "no batches",
              "permit batches, and keep their requests and answers for so long"));

  private static final Section CATALOG =
      new Section(
          key("file", Kind.PATH, "the shipped one", "a catalog of yours, over the shipped one"),
          key("url", Kind.BASE_URL, "nothing is fetched", "where newer ones are, with .sha256"),
          key("every", Kind.DURATION, "5m", "how often it is looked for"),
          new Shape.Key(
              "offer",
              new ListOf(new Plain(Kind.NAME)),
              "none",
              "providers whose catalog is offered whole, as PROVIDER/MODEL"));

  static final Section ROOT =
      new Section(
          key("version", Kind.ONE, "", "the format of this file"),
          new Shape.Key("server", SERVER, "as below", "where clients reach the gateway"),
          new Shape.Key("data", DATA, "as below", "what is kept on disk"),
          new Shape.Key("network", NETWORK, "straight", "the way to all providers"),
          new Shape.Key(
              "providers", new Named(PROVIDER), "", "who serves models, by a name you choose"),
          new Shape.Key(
              "models", new Named(MODEL), "", "what clients may ask for, by the name they use"),
          new Shape.Key(
              "aliases", new Named(new Plain(Kind.NAME)), "none", "other names for models"),
          new Shape.Key(
              "routes",
              new Named(ROUTE),
              "auto, over all models",
              "ways to choose; auto, else the first, is the default"),
          new Shape.Key("adoption", ADOPTION, "as below", "how far routes may go, and for whom"),
          new Shape.Key("catalog", CATALOG, "as below", "what models are known to do and cost"),
          new Shape.Key("privacy", PRIVACY, "as below", "what is kept about people"));

  private ConfigShape() {}

  private static List<Shape.Key> with(List<Shape.Key> keys, Shape.Key... more) {
    var all = new ArrayList<>(keys);
    all.addAll(List.of(more));
    return all;
  }

  private static Shape.Key key(String name, Kind kind, String otherwise, String meaning) {
    return new Shape.Key(name, new Plain(kind), otherwise, meaning);
  }
}
