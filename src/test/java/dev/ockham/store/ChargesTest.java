package dev.ockham.store;

import static dev.ockham.store.Stores.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Adjustment;
import dev.ockham.catalog.Charge;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.Basis;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.HoldOutcome;
import dev.ockham.ledger.HoldRequest;
import dev.ockham.ledger.RequestId;
import dev.ockham.ledger.Samples;
import dev.ockham.policy.Caller;
import dev.ockham.report.ChargeExport;
import dev.ockham.report.FocusExport;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports add up to the ledger, whatever is in it. */
final class ChargesTest {
  private static final int LEDGERS = 200;
  private static final List<TokenClass> KINDS = List.of(TokenClass.values());
  private static final Instant BEFORE = Instant.EPOCH;
  private static final Instant AFTER = Instant.parse("2100-01-01T00:00:00Z");

  @TempDir private Path folder = Path.of("");

  @Test
  void both_exports_of_two_hundred_random_ledgers_add_up_to_the_ledger_exactly() {
    try (Store store = Stores.open(folder.resolve("data"))) {
      for (int seed = 0; seed < LEDGERS; seed++) {
        var random = new Random(seed);
        String organisation = "org-" + seed;
        int calls = 1 + random.nextInt(25);
        for (int i = 0; i < calls; i++) {
          call(store, organisation, random);
        }
        List<Charge> charges = get(store.charges().between(organisation, BEFORE, AFTER));
        BigDecimal ledger = get(store.requests().totals(organisation)).dollars();

        assertThat(sum(charges, FocusExport.COLUMNS, FocusExport::line, "BilledCost"))
            .as("FOCUS of ledger %d", seed)
            .isEqualByComparingTo(ledger);
        assertThat(sum(charges, ChargeExport.COLUMNS, ChargeExport::line, "amount_usd"))
            .as("CSV of ledger %d", seed)
            .isEqualByComparingTo(ledger);
      }
    }
  }

  @Test
  void calls_outside_the_time_are_left_out() {
    try (Store store = Stores.open(folder.resolve("data"))) {
      call(store, "default", new Random(1));
      Instant now = Instant.now();
      assertThat(get(store.charges().between("default", BEFORE, now.minusSeconds(600)))).isEmpty();
      assertThat(get(store.charges().between("default", now.minusSeconds(600), AFTER)))
          .isNotEmpty();
    }
  }

  private static BigDecimal sum(
      List<Charge> charges,
      List<String> columns,
      java.util.function.Function<Charge, String> line,
      String column) {
    int at = columns.indexOf(column);
    BigDecimal sum = BigDecimal.ZERO;
    for (Charge charge : charges) {
      String cell = cells(line.apply(charge)).get(at);
      sum = cell.isEmpty() ? sum : sum.add(new BigDecimal(cell));
    }
    return sum;
  }

  /** Splits a line of CSV, by rules of its own. */
  private static List<String> cells(String line) {
    var cells = new ArrayList<String>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  private static void call(Store store, String organisation, Random random) {
    RequestId request = store.ids().nextRequest();
    Caller sample = Samples.caller("k" + random.nextInt(3));
    Caller caller =
        new Caller(
            organisation,
            sample.keyId(),
            sample.principal(),
            sample.role(),
            sample.scopes(),
            sample.allowed());
    var quote = Samples.quote(price(random), 1_000, 400);
    HoldOutcome outcome =
        get(
            store
                .accounts()
                .hold(new HoldRequest(request, store.ids().nextAttempt(), caller, quote)));
    Hold hold = ((HoldOutcome.Held) outcome).hold();
    if (random.nextInt(10) == 0) {
      store.accounts().release(hold, "never sent");
      return;
    }
    store.accounts().dispatched(hold);
    Usage usage = random.nextInt(8) == 0 ? Usage.ABSENT : usage(random);
    store.accounts().settle(hold, usage, Basis.REPORTED);
  }

  private static Price price(Random random) {
    if (random.nextInt(12) == 0) {
      return new Price.Unknown();
    }
    if (random.nextInt(12) == 0) {
      return new Price.Free();
    }
    var picos = new EnumMap<TokenClass, Long>(TokenClass.class);
    for (TokenClass kind : TokenClass.values()) {
      if (kind == TokenClass.INPUT || kind == TokenClass.OUTPUT || random.nextBoolean()) {
        picos.put(kind, random.nextLong(100_000_000));
      }
    }
    List<Adjustment> agreed =
        random.nextBoolean()
            ? List.of()
            : List.of(new Adjustment("volume discount", -random.nextLong(900_000)));
    return new Price.Listed("v" + random.nextInt(3), picos, List.of(), agreed);
  }

  private static Usage usage(Random random) {
    Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
    IntStream.range(0, 1 + random.nextInt(6))
        .mapToObj(i -> KINDS.get(random.nextInt(KINDS.size())))
        .filter(kind -> kind != TokenClass.REQUEST)
        .forEach(kind -> tokens.put(kind, random.nextLong(2_000_000)));
    return new Usage(tokens);
  }
}
