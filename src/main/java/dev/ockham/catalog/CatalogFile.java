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
   */
  public record Facts(
      Model.Limits limits,
      Set<Capability> capabilities,
      List<DatedPrice> prices,
      OptionalDouble priorSkill) {
    public Facts {
      capabilities = Set.copyOf(capabilities);
      prices = List.copyOf(prices);
    }

    /** The price in force on a day, {@link Price.Unknown} before the first. */
    public Price priceOn(LocalDate day) {
      Price inForce = new Price.Unknown();
      for (DatedPrice dated : prices) {
        if (!dated.from().isAfter(day)) {
          inForce = dated.price();
        }
      }
      return inForce;
    }
  }

  /**
   * A price with its evidence.
   *
   * @param from the first day it is in force; {@link LocalDate#MIN} where it is the only one known
   * @param source which collection it was taken from
   * @param checked the day it was last compared with the provider's page
   */
  public record DatedPrice(LocalDate from, Price price, String source, LocalDate checked) {}

  public CatalogFile {
    providers = new LinkedHashMap<>(providers);
  }

  /** What is known of a provider's model. */
  public Optional<Facts> facts(String provider, String model) {
    return Optional.ofNullable(providers.get(provider)).map(known -> known.models().get(model));
  }
}
