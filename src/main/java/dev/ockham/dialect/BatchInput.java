package dev.ockham.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;

/** The items that a client gives a batch, each body as it was written. */
public final class BatchInput {
  private static final int MOST_ITEMS = 100_000;
  private static final int MOST_PROBLEMS = 20;
  private static final int LONGEST_ID = 64;

  /**
   * One request.
   *
   * @param customId the client's name for it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
  public record Item(String customId, byte[] body) {}

  /**
   * What is wrong with an item.
   *
   * @param line counted from 1
   */
  public record Problem(int line, String code, String message) {}

  private final List<Item> items = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private BatchInput() {}

  /** Reads a file of OpenAI's: JSON lines, each with the request it would have been posted as. */
  public static BatchInput lines(byte[] file, String endpoint) {
    var input = new BatchInput();
    int line = 0;
    int from = 0;
    while (from < file.length && input.goesOn()) {
      int to = from;
      while (to < file.length && file[to] != '\n') {
        to++;
      }
      line++;
      if (!isBlank(file, from, to)) {
        input.line(file, from, to, line, endpoint);
      }
      from = to + 1;
    }
    if (input.items.isEmpty() && input.problems.isEmpty()) {
      input.problem(1, "empty_file", "the file has no line (expected: one request a line)");
    }
    return input;
  }

  /** Reads the requests of a body of Anthropic's. */
  public static BatchInput requests(byte[] body) {
    var input = new BatchInput();
    try (JsonReader in = JsonReader.ofClient(body)) {
      in.beginObject();
      while (in.nextField()) {
        if (in.name().equals("requests") && in.isArray()) {
          while (in.nextElement() && input.goesOn()) {
            input.item(in, body, input.items.size() + 1, "params");
          }
          if (!input.goesOn()) {
            return input;
          }
        } else {
          in.skip();
        }
      }
    } catch (Rejected | JacksonException broken) {
      input.problem(input.items.size() + 1, "invalid_json", said(broken));
    }
    if (input.items.isEmpty() && input.problems.isEmpty()) {
      input.problem(1, "invalid_request", "requests: missing or empty (expected: an array)");
    }
    return input;
  }

  private boolean goesOn() {
    return problems.size() < MOST_PROBLEMS && items.size() <= MOST_ITEMS;
  }

  public List<Item> items() {
    return items;
  }

  public List<Problem> problems() {
    return problems;
  }

  private void line(byte[] file, int from, int to, int line, String endpoint) {
    try (JsonReader in = JsonReader.of(file, from, to)) {
      in.value();
      Said said = item(in, file, line, "body");
      if (!said.url.equals(endpoint)) {
        problem(line, "mismatched_endpoint", "url: not " + endpoint + ", which the batch is for");
      } else if (!said.method.equals("POST")) {
        problem(line, "invalid_method", "method: not POST");
      }
    } catch (Rejected | JacksonException broken) {
      problem(line, "invalid_json_line", said(broken));
    }
  }

  /** What a line says of where it would have been posted. */
  private record Said(String method, String url) {}

  private Said item(JsonReader in, byte[] bytes, int line, String bodyName) {
    in.object("a request object");
    String id = "";
    String method = "";
    String url = "";
    byte[] body = Bytes.NONE;
    boolean streams = false;
    while (in.nextField()) {
      String name = in.name();
      if (name.equals("custom_id")) {
        id = in.textOrEmpty();
      } else if (name.equals("method")) {
        method = in.textOrEmpty();
      } else if (name.equals("url")) {
        url = in.textOrEmpty();
      } else if (name.equals(bodyName) && in.isObject()) {
        int start = in.offset();
        streams = streams(in);
        body = Arrays.copyOfRange(bytes, start, in.endOffset());
      } else {
        in.skip();
      }
    }
    check(line, id, body, streams, bodyName);
    return new Said(method, url);
  }

  private static boolean streams(JsonReader in) {
    boolean streams = false;
    while (in.nextField()) {
      streams |= in.name().equals("stream") && in.isTrue();
      in.skip();
    }
    return streams;
  }

  private void check(int line, String id, byte[] body, boolean streams, String bodyName) {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      problem(line, "invalid_custom_id", "custom_id: missing or longer than 64 characters");
    } else if (!ids.add(id)) {
      problem(line, "duplicate_custom_id", "custom_id: used by an item before it");
    } else if (body.length == 0) {
      problem(line, "missing_body", bodyName + ": missing (expected: a request object)");
    } else if (streams) {
      problem(line, "invalid_request", bodyName + ".stream: true (expected: false in a batch)");
    } else if (items.size() == MOST_ITEMS) {
      problem(line, "too_many_requests", "more than " + MOST_ITEMS + " items");
    } else {
      items.add(new Item(id, body));
    }
  }

  private void problem(int line, String code, String message) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(new Problem(line, code, message));
    }
  }

  /** A parser's own words may quote the text. */
  private static String said(RuntimeException broken) {
    return broken instanceof Rejected rejected ? rejected.error().message() : "not JSON";
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).isBlank();
  }
}
