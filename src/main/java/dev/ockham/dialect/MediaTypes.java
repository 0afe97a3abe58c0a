package dev.ockham.dialect;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Media types by the ending of a file's address. */
final class MediaTypes {
  private static final Map<String, String> BY_ENDING =
      Map.of(
          "png", "image/png",
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "gif", "image/gif",
          "webp", "image/webp",
          "pdf", "application/pdf",
          "txt", "text/plain",
          "mp3", "audio/mpeg",
          "wav", "audio/wav",
          "mp4", "video/mp4");

  private MediaTypes() {}

  /** The type that an address tells; empty where its ending is unknown. */
  static Optional<String> ofAddress(String address) {
    String path = address.split("[?#]", 2)[0];
    String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(BY_ENDING.get(ending));
  }
}
