package dev.ockham.catalog;

import dev.ockham.catalog.CatalogFile.DatedPrice;
import dev.ockham.catalog.CatalogFile.Facts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Takes what a newer collection says into a catalog. What cannot be believed is left as it was, and
 * what the newer one does not know stays: a feed that lost a model takes nobody's price away.
 */
public final class CatalogMerge {

  /**
   * What came of it, a line for each model concerned.
   *
   * @param refused what was not believed, with the reason
   * @param changed prices that differ from those in force
   * @param added models that were not known
   * @param missing models that the newer collection does not have, of providers that it has
   */
  public record Merged(
      CatalogFile catalog,
      List<String> refused,
      List<String> changed,
      List<String> added,
      List<String> missing) {
    public Merged {
      refused = List.copyOf(refused);
      changed = List.copyOf(changed);
      added = List.copyOf(added);
      missing = List.copyOf(missing);
    }
  }

  private final LocalDate day;
  private final List<String> refused = new ArrayList<>();
  private final List<String> changed = new ArrayList<>();
  private final List<String> added = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private CatalogMerge(LocalDate day) {
    this.day = day;
  }

  /** Puts {@code newer} over {@code base}, whose prices hold before {@code day}. */
  public static Merged of(CatalogFile base, CatalogFile newer, LocalDate day) {
    var merge = new CatalogMerge(day);
    var providers = new LinkedHashMap<>(base.providers());
    newer
        .providers()
        .forEach((name, provider) -> {
          CatalogFile.Provider known = base.providers().get(name);
          var models =
              merge.models(
                  name, known == null ? new LinkedHashMap<>() : known.models(), provider.models());
          CatalogFile.Provider kept = known == null ? provider : known;
          providers.put(name, new CatalogFile.Provider(kept.dialect(), kept.baseUrl(), models));
        });
    String version =
        newer.version().compareTo(base.version()) > 0 ? newer.version() : base.version();
    return new Merged(
        new CatalogFile(version, providers),
        merge.refused,
        merge.changed,
        merge.added,
        merge.missing);
  }

  private SequencedMap<String, Facts> models(
      String provider, SequencedMap<String, Facts> known, SequencedMap<String, Facts> newer) {
    var models = new LinkedHashMap<>(known);
    newer.forEach((id, facts) -> {
      String name = provider + "/" + id;
      Facts before = known.get(id);
      if (before != null) {
        models.put(id, both(name, before, facts));
      } else if (believed(name, new Price.Unknown(), facts)) {
        added.add(name);
        models.put(id, facts);
      }
    });
    known.keySet().stream()
        .filter(id -> !newer.containsKey(id))
        .forEach(id -> missing.add(provider + "/" + id));
    return models;
  }

  private Facts both(String name, Facts before, Facts after) {
    Price inForce = before.priceOn(day);
    boolean prices = !after.prices().isEmpty() && believed(name, inForce, after);
    if (prices && !PriceChange.between(inForce, after.priceOn(day)).isEmpty()) {
      PriceChange.between(inForce, after.priceOn(day))
          .forEach(change -> changed.add(name + " " + change));
    }
    return new Facts(
        new Model.Limits(
            after.limits().contextWindow().isPresent()
                ? after.limits().contextWindow()
                : before.limits().contextWindow(),
            after.limits().maxOutput().isPresent()
                ? after.limits().maxOutput()
                : before.limits().maxOutput()),
        after.capabilities().isEmpty() ? before.capabilities() : after.capabilities(),
        prices ? history(before.prices(), after.prices()) : before.prices(),
        after.priorSkill().isPresent() ? after.priorSkill() : before.priorSkill(),
        after.retires().isPresent() ? after.retires() : before.retires());
  }

  private boolean believed(String name, Price before, Facts after) {
    boolean believed = true;
    for (DatedPrice dated : after.prices()) {
      Price earlier = dated.region().isEmpty() ? before : new Price.Unknown();
      for (String objection : PriceSanity.objections(earlier, dated.price())) {
        refused.add(name + " " + objection + " (" + dated.source() + ")");
        believed = false;
      }
    }
    return believed;
  }

  /** A price without a first day follows those that were known, from today. */
  private List<DatedPrice> history(List<DatedPrice> before, List<DatedPrice> after) {
    boolean undated = after.size() == 1 && after.getFirst().from().equals(LocalDate.MIN);
    if (!undated || before.isEmpty()) {
      return after;
    }
    DatedPrice newest = after.getFirst();
    Optional<DatedPrice> inForce =
        before.stream()
            .filter(dated -> dated.region().equals(newest.region()) && !dated.from().isAfter(day))
            .reduce((_, later) -> later);
    boolean same =
        inForce.isPresent() && PriceChange.between(inForce.get().price(), newest.price()).isEmpty();
    var history = new ArrayList<>(before);
    if (same) {
      history.set(
          history.indexOf(inForce.get()),
          new DatedPrice(
              inForce.get().from(),
              inForce.get().price(),
              newest.source(),
              newest.checked(),
              newest.region()));
    } else {
      history.add(
          new DatedPrice(day, newest.price(), newest.source(), newest.checked(), newest.region()));
    }
    return history;
  }
}
