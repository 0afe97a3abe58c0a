package dev.ockham.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.catalog.Endpoint;
import dev.ockham.chat.Dialect;
import dev.ockham.dialect.Wire;
import dev.ockham.provider.Call.PassedHeaders;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The batches of providers that offer them, OpenAI's with files and Anthropic's without. For one
 * event loop; a future fails with {@link Refused} where the provider says no, with anything else
 * where it could not be asked.
 */
public final class ProviderBatches {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final byte[] NO_BODY = {};
  private static final int MOST_BYTES = 64 * 1024 * 1024;
  private static final long DEADLINE_SECONDS = 120;

  /** Our name for a batch, in the metadata of OpenAI's. */
  private static final String OURS = "ockham_job";

  /** How much a provider's clock may be behind ours. */
  private static final long SKEW_SECONDS = 300;

  private static final String ANTHROPIC = "/v1/messages/batches";

  private final Attempts attempts;

  public ProviderBatches(Attempts attempts) {
    this.attempts = attempts;
  }

  /**
   * A batch as a provider is to get it.
   *
   * @param id ours
   * @param since when it was first sent, or soon after that
   */
  public record Job(Endpoint endpoint, String id, Instant since, List<Line> lines) {}

  /**
   * One request.
   *
   * @param customId our name for it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
  public record Line(String customId, byte[] body) {}

  /** How far a batch is at its provider. */
  public sealed interface Standing {
    record Running() implements Standing {}

    /**
     * @param results where they are, in the provider's words
     */
    record Ended(List<String> results) implements Standing {}
  }

  /** A provider's no. Its message is the provider's. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient byte[] body;

    Refused(int status, byte[] body) {
      super("the provider answered " + status, null, false, false);
      this.status = status;
      this.body = body;
    }

    public int status() {
      return status;
    }

    public byte[] body() {
      return body.clone();
    }

    /** Whether asking again later may help. */
    public boolean isPassing() {
      return status == 408 || status == 409 || status == 429 || status >= 500;
    }
  }

  /** Sends a batch; gives the provider's name for it. */
  public Future<String> send(Job job) {
    return isAnthropic(job.endpoint)
        ? post(job.endpoint, ANTHROPIC, json(requests(job)), job.id).map(ProviderBatches::id)
        : file(job)
            .compose(file -> post(job.endpoint, "/batches", json(of(job, file)), job.id))
            .map(ProviderBatches::id);
  }

  /**
   * The provider's name for a batch that may have been sent: by our name where the provider keeps
   * that, else by when it came and how many items it has.
   *
   * @param known the names of other batches of ours
   */
  public Future<Optional<String>> find(Job job, List<String> known) {
    String path = isAnthropic(job.endpoint) ? ANTHROPIC : "/batches";
    return get(job.endpoint, path + "?limit=100")
        .map(list -> {
          for (JsonNode each : tree(list).path("data")) {
            if (isOurs(job, each) && !known.contains(each.path("id").asString(""))) {
              return Optional.of(each.path("id").asString(""));
            }
          }
          return Optional.empty();
        });
  }

  private static boolean isOurs(Job job, JsonNode batch) {
    if (!isAnthropic(job.endpoint)) {
      return batch.path("metadata").path(OURS).asString("").equals(job.id);
    }
    long items = 0;
    for (JsonNode count : batch.path("request_counts")) {
      items += count.asLong(0);
    }
    Instant created = Instant.parse(batch.path("created_at").asString("1970-01-01T00:00:00Z"));
    return items == job.lines.size() && created.isAfter(job.since.minusSeconds(SKEW_SECONDS));
  }

  /** How far it is. */
  public Future<Standing> look(Endpoint endpoint, String name) {
    if (isAnthropic(endpoint)) {
      return get(endpoint, ANTHROPIC + "/" + Addresses.encoded(name))
          .map(body ->
              tree(body).path("processing_status").asString("").equals("ended")
                  ? new Standing.Ended(
                      List.of(ANTHROPIC + "/" + Addresses.encoded(name) + "/results"))
                  : new Standing.Running());
    }
    return get(endpoint, "/batches/" + Addresses.encoded(name)).map(body -> standing(tree(body)));
  }

  private static Standing standing(JsonNode batch) {
    return switch (batch.path("status").asString("")) {
      case "completed", "failed", "expired", "cancelled" -> {
        var results = new ArrayList<String>();
        for (String field : List.of("output_file_id", "error_file_id")) {
          String file = batch.path(field).asString("");
          if (!file.isEmpty()) {
            results.add("/files/" + Addresses.encoded(file) + "/content");
          }
        }
        yield new Standing.Ended(results);
      }
      default -> new Standing.Running();
    };
  }

  /** What came of it, as JSON lines. */
  public Future<byte[]> results(Endpoint endpoint, String where) {
    return get(endpoint, where);
  }

  /** Asks the provider to stop it. */
  public Future<Void> cancel(Endpoint endpoint, String name) {
    String path = isAnthropic(endpoint) ? ANTHROPIC : "/batches";
    return post(endpoint, path + "/" + Addresses.encoded(name) + "/cancel", json(NO_BODY), name)
        .mapEmpty();
  }

  private Future<String> file(Job job) {
    var lines = new ByteArrayOutputStream();
    String url = "/v1" + Wire.of(job.endpoint.dialect()).requestPath("", false);
    for (Line line : job.lines) {
      lines.writeBytes(
          ("{\"custom_id\":\"" + line.customId + "\",\"method\":\"POST\",\"url\":\"" + url)
              .getBytes(UTF_8));
      lines.writeBytes("\",\"body\":".getBytes(UTF_8));
      lines.writeBytes(onOneLine(line.body));
      lines.writeBytes("}\n".getBytes(UTF_8));
    }
    String boundary = "ockham-" + job.id;
    var form = new ByteArrayOutputStream();
    form.writeBytes(
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + job.id
                + ".jsonl\"\r\nContent-Type: application/jsonl\r\n\r\n")
            .getBytes(UTF_8));
    form.writeBytes(lines.toByteArray());
    form.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
    var content = new Content("multipart/form-data; boundary=" + boundary, form.toByteArray());
    return post(job.endpoint, "/files", content, job.id + "-file").map(ProviderBatches::id);
  }

  /** Line ends stand between the tokens of JSON only, never inside a string. */
  private static byte[] onOneLine(byte[] json) {
    byte[] line = json.clone();
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n' || line[i] == '\r') {
        line[i] = ' ';
      }
    }
    return line;
  }

  private static byte[] of(Job job, String file) {
    ObjectNode json = JSON.createObjectNode();
    json.put("input_file_id", file);
    json.put("endpoint", "/v1" + Wire.of(job.endpoint.dialect()).requestPath("", false));
    json.put("completion_window", "24h");
    json.putObject("metadata").put(OURS, job.id);
    return json.toString().getBytes(UTF_8);
  }

  private static byte[] requests(Job job) {
    var out = new ByteArrayOutputStream();
    out.writeBytes("{\"requests\":[".getBytes(UTF_8));
    boolean first = true;
    for (Line line : job.lines) {
      String before = (first ? "" : ",") + "{\"custom_id\":\"" + line.customId + "\",\"params\":";
      out.writeBytes(before.getBytes(UTF_8));
      out.writeBytes(line.body);
      out.write('}');
      first = false;
    }
    out.writeBytes("]}".getBytes(UTF_8));
    return out.toByteArray();
  }

  /** A request's body with its type. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
  private record Content(String type, byte[] bytes) {}

  private static Content json(byte[] bytes) {
    return new Content("application/json", bytes);
  }

  private Future<byte[]> get(Endpoint endpoint, String path) {
    return ask(new Outgoing(endpoint, HttpMethod.GET, "", path, NO_BODY, PassedHeaders.NONE))
        .compose(request -> answer(request, request.send()));
  }

  /**
   * @param once a provider that knows such a name does not do the same twice for it
   */
  private Future<byte[]> post(Endpoint endpoint, String path, Content content, String once) {
    var outgoing =
        new Outgoing(endpoint, HttpMethod.POST, "", path, content.bytes, PassedHeaders.NONE);
    return ask(outgoing)
        .compose(request -> {
          request.putHeader(HttpHeaders.CONTENT_TYPE, content.type);
          request.putHeader("idempotency-key", once);
          return answer(request, request.send(Buffer.buffer(content.bytes)));
        });
  }

  private Future<HttpClientRequest> ask(Outgoing outgoing) {
    return attempts.upstreams.open(outgoing);
  }

  private static Future<byte[]> answer(HttpClientRequest request, Future<HttpClientResponse> head) {
    return head.compose(ProviderBatches::read)
        .timeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .onFailure(over -> {
          var _ = request.reset();
        });
  }

  private static Future<byte[]> read(HttpClientResponse response) {
    Promise<byte[]> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.handler(piece -> {
      if (body.length() + piece.length() > MOST_BYTES) {
        whole.tryFail(new IllegalStateException("more than " + MOST_BYTES + " bytes"));
      } else {
        body.appendBuffer(piece);
      }
    });
    response.endHandler(end -> {
      if (response.statusCode() == 200 || response.statusCode() == 201) {
        whole.tryComplete(body.getBytes());
      } else {
        whole.tryFail(new Refused(response.statusCode(), body.getBytes()));
      }
    });
    return whole.future();
  }

  private static String id(byte[] body) {
    String id = tree(body).path("id").asString("");
    if (id.isEmpty()) {
      throw new IllegalStateException("the provider's answer has no id");
    }
    return id;
  }

  /** A parser's own words may quote the text. */
  private static JsonNode tree(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException broken) {
      throw new IllegalStateException("the provider's answer is not JSON");
    }
  }

  private static boolean isAnthropic(Endpoint endpoint) {
    return endpoint.dialect() == Dialect.ANTHROPIC_MESSAGES;
  }
}
