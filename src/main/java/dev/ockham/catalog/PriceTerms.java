package dev.ockham.catalog;

import dev.ockham.catalog.PriceVariant.Condition;
import dev.ockham.catalog.PriceVariant.Hours;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a price says beside its standard rates, as one line of text and back, such as {@code batch
 * input=1250000 output=5000000; standard >200000 input=5000000 output=15000000; discount@-125000}.
 * The same terms always make the same line.
 */
public final class PriceTerms {
  private PriceTerms() {}

  /** Empty where there is nothing beside the standard rates. */
  public static String write(Price.Listed listed) {
    var terms = new ArrayList<String>();
    listed.variants().forEach(variant -> terms.add(write(variant)));
    listed
        .adjustments()
        .forEach(agreed -> terms.add(agreed.name() + "@" + agreed.partsPerMillion()));
    return String.join("; ", terms);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static Price.Listed read(String version, Map<TokenClass, Long> rates, String terms) {
    var variants = new ArrayList<PriceVariant>();
    var adjustments = new ArrayList<Adjustment>();
    for (String term : terms.isEmpty() ? List.<String>of() : List.of(terms.split("; ", -1))) {
      int at = term.indexOf('@');
      if (at > 0) {
        adjustments.add(
            new Adjustment(term.substring(0, at), Long.parseLong(term.substring(at + 1))));
      } else {
        variants.add(variant(term));
      }
    }
    return new Price.Listed(version, rates, variants, adjustments);
  }

  private static String write(PriceVariant variant) {
    Condition when = variant.when();
    var text = new StringBuilder(when.tier().wireName());
    if (when.aboveInput() > 0) {
      text.append(" >").append(when.aboveInput());
    }
    when.hours()
        .ifPresent(
            hours -> text.append(" ").append(hours.from()).append("/").append(hours.until()));
    for (TokenClass kind : TokenClass.values()) {
      Long picos = variant.picosPerToken().get(kind);
      if (picos != null) {
        text.append(" ").append(kind.wireName()).append("=").append(picos);
      }
    }
    return text.toString();
  }

  private static PriceVariant variant(String term) {
    String[] words = term.split(" ", -1);
    long above = 0;
    Optional<Hours> hours = Optional.empty();
    var rates = new EnumMap<TokenClass, Long>(TokenClass.class);
    for (String word : List.of(words).subList(1, words.length)) {
      int equals = word.indexOf('=');
      int slash = word.indexOf('/');
      if (equals > 0) {
        rates.put(kind(word.substring(0, equals)), Long.valueOf(word.substring(equals + 1)));
      } else if (slash > 0) {
        hours =
            Optional.of(
                new Hours(
                    LocalTime.parse(word.substring(0, slash)),
                    LocalTime.parse(word.substring(slash + 1))));
      } else {
        above = Long.parseLong(word.substring(1));
      }
    }
    return new PriceVariant(new Condition(tier(words[0]), above, hours), rates);
  }

  private static TokenClass kind(String name) {
    for (TokenClass kind : TokenClass.values()) {
      if (kind.wireName().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("token class \"" + name + "\"");
  }

  /** The tier of this name. */
  public static ServiceTier tier(String name) {
    for (ServiceTier tier : ServiceTier.values()) {
      if (tier.wireName().equals(name)) {
        return tier;
      }
    }
    throw new IllegalArgumentException("service tier \"" + name + "\"");
  }
}
