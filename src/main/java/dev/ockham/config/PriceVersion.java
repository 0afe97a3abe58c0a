package dev.ockham.config;

import dev.ockham.catalog.Adjustment;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.PriceTerms;
import dev.ockham.catalog.PriceVariant;
import dev.ockham.chat.TokenClass;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Names prices by whose they are and what they say: the same rates always get the same name. */
final class PriceVersion {
  private PriceVersion() {}

  /** A price named after its owner and what it says. */
  static Price.Listed named(
      String owner,
      Map<TokenClass, Long> picosPerToken,
      List<PriceVariant> variants,
      List<Adjustment> adjustments) {
    var unnamed = new Price.Listed("", picosPerToken, variants, adjustments);
    String version = of(owner, picosPerToken, PriceTerms.write(unnamed));
    return new Price.Listed(version, picosPerToken, variants, adjustments);
  }

  /** The same list, with what was agreed besides. */
  static Price.Listed adjusted(Price.Listed listed, List<Adjustment> agreed) {
    String owner = listed.version().substring(0, listed.version().lastIndexOf('#'));
    return named(owner, listed.picosPerToken(), listed.variants(), agreed);
  }

  private static String of(String owner, Map<TokenClass, Long> picosPerToken, String terms) {
    var checksum = new CRC32();
    checksum.update(new TreeMap<>(picosPerToken).toString().getBytes(StandardCharsets.UTF_8));
    checksum.update(terms.getBytes(StandardCharsets.UTF_8));
    return owner + "#" + HexFormat.of().toHexDigits((int) checksum.getValue());
  }
}
