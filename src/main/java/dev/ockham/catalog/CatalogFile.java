package dev.ockham.catalog;

import dev.ockham.chat.Dialect;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Published facts of models and prices, as shipped with a release: what a model is known to do and
 * cost before anybody has configured anything.
 *
 * @param version names the file, by the date of its newest source
 * @param providers by name, such as {@code openai}
 */
public record CatalogFile(String version, SequencedMap<String, Provider> providers) {

  /**
   * A provider's public service.
   *
   * @param models by the name the provider calls them
   */
  public record Provider(Dialect dialect, String baseUrl, SequencedMap<String, Facts> models) {
    public Provider {
      models = new LinkedHashMap<>(models);
    }
  }

  /**
   * What is known of one model.
   *
   * @param prices every price known, oldest first; empty where none is
   * @param retires the day from which its provider no longer serves it; empty where none is said
   */
  public record Facts(
      Model.Limits limits,
      Set<Capability> capabilities,
      List<DatedPrice> prices,
      OptionalDouble priorSkill,
      Optional<LocalDate> retires) {
    public Facts {
      capabilities = Set.copyOf(capabilities);
      prices = List.copyOf(prices);
    }

    /**
     * The price in force on a day, where it is the same everywhere; {@link Price.Unknown} before
     * the first.
     */
    public Price priceOn(LocalDate day) {
      return inForce(day, Optional.empty()).map(DatedPrice::price).orElseGet(Price.Unknown::new);
    }

    /** The price in force on a day: the region's own, else the one that has none. */
    public Optional<DatedPrice> inForce(LocalDate day, Optional<String> region) {
      Optional<DatedPrice> own = Optional.empty();
      Optional<DatedPrice> general = Optional.empty();
      for (DatedPrice dated : prices) {
        if (!dated.from().isAfter(day)) {
          if (dated.region().isEmpty()) {
            general = Optional.of(dated);
          } else if (dated.region().equals(region)) {
            own = Optional.of(dated);
          }
        }
      }
      return own.isPresent() ? own : general;
    }
  }

  /**
   * A price with its evidence.
   *
   * @param from the first day it is in force, in UTC; {@link LocalDate#MIN} where it is the only
   *     one known
   * @param source which collection it was taken from
   * @param checked the day it was last compared with the provider's page
   * @param region where it holds; empty for everywhere that has no price of its own
   */
  public record DatedPrice(
      LocalDate from, Price price, String source, LocalDate checked, Optional<String> region) {
    /** The same everywhere. */
    public DatedPrice(LocalDate from, Price price, String source, LocalDate checked) {
      this(from, price, source, checked, Optional.empty());
    }
  }

  public CatalogFile {
    providers = new LinkedHashMap<>(providers);
  }

  /** What is known of a provider's model. */
  public Optional<Facts> facts(String provider, String model) {
    return Optional.ofNullable(providers.get(provider)).map(known -> known.models().get(model));
  }
}
