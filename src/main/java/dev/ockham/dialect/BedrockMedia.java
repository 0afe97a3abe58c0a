package dev.ockham.dialect;

import java.util.Map;
import java.util.Optional;

/** The formats of Converse by their media types. */
final class BedrockMedia {
  private static final Map<String, String> IMAGES =
      Map.of(
          "image/png",
          "png",
          "image/jpeg",
          "jpeg",
          "image/jpg",
          "jpeg",
          "image/gif",
          "gif",
          "image/webp",
          "webp");

  private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "application/pdf",
          "pdf",
          "text/csv",
          "csv",
          "application/msword",
          "doc",
          OFFICE + "wordprocessingml.document",
          "docx",
          "application/vnd.ms-excel",
          "xls",
          OFFICE + "spreadsheetml.sheet",
          "xlsx",
          "text/html",
          "html",
          "text/plain",
          "txt",
          "text/markdown",
          "md");

  private static final Map<String, String> SOUNDS =
      Map.ofEntries(
          Map.entry("audio/mpeg", "mp3"),
          Map.entry("audio/mp3", "mp3"),
          Map.entry("audio/opus", "opus"),
          Map.entry("audio/wav", "wav"),
          Map.entry("audio/x-wav", "wav"),
          Map.entry("audio/aac", "aac"),
          Map.entry("audio/flac", "flac"),
          Map.entry("audio/mp4", "mp4"),
          Map.entry("audio/ogg", "ogg"),
          Map.entry("audio/m4a", "m4a"),
          Map.entry("audio/pcm", "pcm"),
          Map.entry("audio/webm", "webm"));

  private BedrockMedia() {}

  static Optional<String> imageFormat(String mediaType) {
    return Optional.ofNullable(IMAGES.get(plain(mediaType)));
  }

  static Optional<String> documentFormat(String mediaType) {
    return Optional.ofNullable(DOCUMENTS.get(plain(mediaType)));
  }

  static Optional<String> soundFormat(String mediaType) {
    return Optional.ofNullable(SOUNDS.get(plain(mediaType)));
  }

  static String ofImage(String format) {
    return "image/" + format;
  }

  static String ofSound(String format) {
    return format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
  }

  static String ofDocument(String format) {
    for (Map.Entry<String, String> known : DOCUMENTS.entrySet()) {
      if (known.getValue().equals(format)) {
        return known.getKey();
      }
    }
    return "application/octet-stream";
  }

  /** Without parameters such as {@code charset}. */
  private static String plain(String mediaType) {
    int end = mediaType.indexOf(';');
    return end < 0 ? mediaType : mediaType.substring(0, end).strip();
  }
}
