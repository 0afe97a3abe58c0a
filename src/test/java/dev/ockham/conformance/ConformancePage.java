package dev.ockham.conformance;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Writes {@code docs/conformance.md} from what a run has shown. */
final class ConformancePage {
  /** Those that the usage matrix is about. */
  private static final List<TokenClass> CLASSES =
      List.of(
          TokenClass.INPUT,
          TokenClass.CACHE_READ,
          TokenClass.CACHE_WRITE_5M,
          TokenClass.CACHE_WRITE_1H,
          TokenClass.OUTPUT,
          TokenClass.REASONING);

  private static final String MADE_ON = "Made on ";

  private final Results results;
  private final List<String> footnotes = new ArrayList<>();

  private ConformancePage(Results results) {
    this.results = results;
  }

  static String of(Results results, LocalDate today) {
    return new ConformancePage(results).page(today);
  }

  /** The page without the day on which it was made. */
  static String undated(String page) {
    return page.lines()
        .map(line -> line.startsWith(MADE_ON) ? MADE_ON : line)
        .collect(Collectors.joining("\n"));
  }

  static List<String> dialects() {
    return List.of(Dialect.values()).stream().map(Dialect::wireName).toList();
  }

  static List<String> scenarios() {
    return Scenario.ALL.stream().map(Scenario::title).toList();
  }

  static List<String> usages() {
    return UsageCases.Kind.ALL.stream().map(UsageCases.Kind::title).toList();
  }

  private String page(LocalDate today) {
    String matrix = table(scenarios(), this::cell);
    String notes = footnotes();
    String usage = table(usages(), this::usageCell);
    return """
    # Conformance

    Every client dialect before every provider dialect. The tests write this page: do not edit it.
    %s%s by `ConformanceTest`, which runs every cell again in every build, and fails when this page says something else.
    To write it anew: `CONFORMANCE_WRITE=yes ./mvnw test -Dtest=ConformanceTest`

    A cell is a conversation through the real gateway, over HTTP: a client that reads replies as strictly as its dialect's
    specification allows, and a provider on loopback that refuses what the real one would refuse and answers in its bytes.
    Both are written from the specifications and share no code with the gateway (`src/test/java/dev/ockham/conformance`).
    %d cases in all.

    ## What goes through

    %s
    What the columns try: %s.

    %s
    ## What is refused

    Only what a provider's dialect has no such thing for. The client gets a 400 that names the field, and nobody is called.

    %s
    ## Token counts

    Each cell: the provider reports the class; the ledger has it (`GET /api/v1/requests/{id}`); the client is told it,
    whole and streamed.

    %s
    *p*: the provider's dialect has no word of its own for the class; *c*: the client's has none. The next table says
    where such counts go. *0*: the client's dialect cannot leave counts out, so it is told zero of what nobody knows; the
    ledger has no count then, and the cost is an estimate.

    | dialect | %s |
    |---|%s|
    %s\
    """
        .formatted(
            MADE_ON,
            today,
            results.cases(),
            matrix,
            columns(),
            notes,
            refusals(),
            usage,
            join(CLASSES, TokenClass::wireName),
            "---|".repeat(CLASSES.size() - 1) + "---",
            words());
  }

  private interface CellText {
    String of(Results.Key key);
  }

  private static String table(List<String> columns, CellText text) {
    var table = new StringBuilder("| client | provider | ");
    table.append(String.join(" | ", columns)).append(" |\n|---|---|");
    table.append("---|".repeat(columns.size())).append('\n');
    for (String client : dialects()) {
      for (String provider : dialects()) {
        table.append("| ").append(client).append(" | ").append(provider);
        for (String column : columns) {
          table.append(" | ").append(text.of(new Results.Key(client, provider, column)));
        }
        table.append(" |\n");
      }
    }
    return table.toString();
  }

  private String cell(Results.Key key) {
    var text = new StringBuilder(results.isGreen(key) ? "\u2713" : "\u2717");
    for (String note : results.notes(key)) {
      if (!footnotes.contains(note)) {
        footnotes.add(note);
      }
      text.append(" [").append(footnotes.indexOf(note) + 1).append(']');
    }
    return text.toString();
  }

  private String footnotes() {
    var text = new StringBuilder();
    for (int i = 0; i < footnotes.size(); i++) {
      text.append("- [").append(i + 1).append("] ").append(footnotes.get(i)).append('\n');
    }
    return text.toString();
  }

  private String usageCell(Results.Key key) {
    if (!results.isGreen(key)) {
      return "\u2717";
    }
    ClientSpeaker client = client(key.client());
    UpstreamSpeaker provider = provider(key.provider());
    Usage usage = kind(key.column()).usage();
    if (usage.isAbsent()) {
      return client.told(usage, provider.dialect()).isAbsent() ? "\u2713" : "\u2713 *0*";
    }
    boolean unsaid = folds(usage, provider::sayable);
    boolean untold = folds(provider.sayable(usage), client::sayable);
    return "\u2713" + (unsaid ? " *p*" : "") + (untold ? " *c*" : "");
  }

  private static boolean folds(Usage usage, UnaryOperator<Usage> said) {
    for (Map.Entry<TokenClass, Long> entry : usage.tokens().entrySet()) {
      if (said.apply(usage).count(entry.getKey()) != entry.getValue()) {
        return true;
      }
    }
    return false;
  }

  private static ClientSpeaker client(String name) {
    return Speakers.CLIENTS.values().stream()
        .filter(speaker -> speaker.dialect().wireName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static UpstreamSpeaker provider(String name) {
    return Speakers.UPSTREAMS.values().stream()
        .filter(speaker -> speaker.dialect().wireName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static UsageCases.Kind kind(String title) {
    return UsageCases.Kind.ALL.stream()
        .filter(kind -> kind.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static String columns() {
    return join(
            Scenario.ALL,
            scenario ->
                "**"
                    + scenario.title()
                    + "**: "
                    + scenario.cases().stream()
                        .map(Scenario.Case::name)
                        .collect(Collectors.joining("; ")))
        .replace(" | ", ". ");
  }

  private static String refusals() {
    var table = new StringBuilder("| what | provider | why |\n|---|---|---|\n");
    for (Refusals.Line line : Refusals.ALL) {
      table
          .append("| ")
          .append(line.what())
          .append(" | ")
          .append(line.upstream().wireName())
          .append(" | ")
          .append(line.reason())
          .append(" |\n");
    }
    return table.toString();
  }

  private static String words() {
    var table = new StringBuilder();
    for (String dialect : dialects()) {
      ClientSpeaker speaker = client(dialect);
      table.append("| ").append(dialect).append(" | ");
      table.append(join(CLASSES, kind -> word(speaker, kind))).append(" |\n");
    }
    return table.toString();
  }

  private static String word(ClientSpeaker speaker, TokenClass kind) {
    Usage said = speaker.sayable(Usage.of(kind, 1));
    return said.count(kind) == 1
        ? "\u2713"
        : said.tokens().entrySet().stream()
            .filter(entry -> entry.getValue() == 1)
            .map(entry -> "counted as " + entry.getKey().wireName())
            .collect(Collectors.joining());
  }

  private static <T> String join(List<T> values, Function<T, String> name) {
    return values.stream().map(name).collect(Collectors.joining(" | "));
  }
}
