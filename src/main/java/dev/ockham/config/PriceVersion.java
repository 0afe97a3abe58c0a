package dev.ockham.config;

import dev.ockham.chat.TokenClass;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Names prices by whose they are and what they say: the same rates always get the same name. */
final class PriceVersion {
  private PriceVersion() {}

  static String of(String owner, Map<TokenClass, Long> picosPerToken) {
    var checksum = new CRC32();
    checksum.update(new TreeMap<>(picosPerToken).toString().getBytes(StandardCharsets.UTF_8));
    return owner + "#" + HexFormat.of().toHexDigits((int) checksum.getValue());
  }
}
