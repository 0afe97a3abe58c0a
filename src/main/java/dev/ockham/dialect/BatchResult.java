package dev.ockham.dialect;

import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * One line of what a provider made of a batch.
 *
 * @param customId our name for the item
 * @param status of HTTP, 200 where it succeeded; 0 where the provider did not come to it
 * @param body an answer or an error, as the provider would have answered the request alone
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not shared
public record BatchResult(String customId, int status, byte[] body) {
  private static final int NOT_SERVED = 0;
  private static final int UNKNOWN_FAILURE = 500;

  /** Reads a line of a dialect's results; empty where it cannot be read. */
  public static Optional<BatchResult> read(byte[] bytes, int from, int to) {
    try (JsonReader in = JsonReader.of(bytes, from, to)) {
      var line = new Line();
      in.beginObject();
      while (in.nextField()) {
        switch (in.name()) {
          case "custom_id" -> line.id = in.textOrEmpty();
          case "response", "result" -> line.result(in, bytes);
          case "error" -> line.failed |= in.isObject();
          default -> {}
        }
        in.skip();
      }
      return line.id.isEmpty() ? Optional.empty() : Optional.of(line.read());
    } catch (Rejected | JacksonException broken) {
      return Optional.empty();
    }
  }

  private static final class Line {
    private String id = "";
    private String type = "";
    private int status = -1;
    private boolean failed;
    private byte[] body = Bytes.NONE;

    /** OpenAI's has a status and a body, Anthropic's a type and a message or an error. */
    private void result(JsonReader in, byte[] bytes) {
      if (!in.isObject()) {
        return;
      }
      while (in.nextField()) {
        switch (in.name()) {
          case "status_code" -> status = (int) in.count();
          case "type" -> type = in.textOrEmpty();
          case "body", "message", "error" -> {
            int start = in.offset();
            in.skip();
            body = Arrays.copyOfRange(bytes, start, in.endOffset());
          }
          default -> in.skip();
        }
      }
    }

    private BatchResult read() {
      int told =
          switch (type) {
            case "succeeded" -> 200;
            case "errored" -> UNKNOWN_FAILURE;
            case "canceled", "expired" -> NOT_SERVED;
            default -> failed || status < 0 ? NOT_SERVED : status;
          };
      return new BatchResult(id, told, body);
    }
  }
}
