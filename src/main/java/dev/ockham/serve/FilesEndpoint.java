package dev.ockham.serve;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatError.Kind;
import dev.ockham.chat.Dialect;
import dev.ockham.policy.Caller;
import dev.ockham.serve.Exchange.Arrival;
import dev.ockham.store.BatchItem;
import dev.ockham.store.BatchItem.End;
import dev.ockham.store.StoredFile;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The files of batches, in OpenAI's words: what clients upload, and what came of it. */
final class FilesEndpoint extends BatchAccess {
  FilesEndpoint(Loop loop, Optional<BatchSettings> settings) {
    super(loop, settings);
  }

  void upload(Arrival arrival) {
    String type = Objects.requireNonNullElse(arrival.http().getHeader("content-type"), "");
    posted(
        arrival,
        Dialect.OPENAI_CHAT,
        (exchange, caller, body) ->
            loop.elsewhere(() -> MultipartForm.read(type, body))
                .compose(form -> keep(caller, form)));
  }

  private Future<byte[]> keep(Caller caller, Optional<Map<String, MultipartForm.Field>> form) {
    MultipartForm.Field file = form.map(fields -> fields.get("file")).orElse(null);
    if (file == null) {
      throw wrong("file", "multipart/form-data with a file and the purpose \"batch\"");
    }
    MultipartForm.Field purpose = form.orElseThrow().get("purpose");
    if (purpose == null || !purpose.text().equals("batch")) {
      throw wrong("purpose", "\"batch\"");
    }
    Instant now = loop.gateway().clock().instant();
    var kept =
        new StoredFile(
            caller.organisation(),
            caller.keyId(),
            "file-" + newId(),
            HeaderText.clean(file.fileName()),
            now,
            now.plus(settings.orElseThrow().kept()),
            file.value().length,
            file.value());
    return loop.stored(files.keep(kept))
        .compose(fits ->
            fits
                ? Future.succeededFuture(bytes(BatchJson.file(kept)))
                : Future.failedFuture(Refusal.because(tooManyFiles())));
  }

  void list(Arrival arrival) {
    asked(
        arrival,
        Dialect.OPENAI_CHAT,
        (exchange, caller) ->
            loop.stored(files.list(caller.organisation(), caller.keyId(), PAGE))
                .map(found ->
                    bytes(
                        BatchJson.list(
                            found.stream().map(BatchJson::file).toList(), false, true))));
  }

  void one(Arrival arrival) {
    String id = segment(arrival, 3);
    asked(
        arrival,
        Dialect.OPENAI_CHAT,
        (exchange, caller) ->
            resultsOf(id).isPresent()
                ? batch(caller, resultsOf(id).get())
                    .map(batch -> bytes(BatchJson.resultFile(batch, id)))
                : stored(caller, id).map(file -> bytes(BatchJson.file(file))));
  }

  void content(Arrival arrival) {
    String id = segment(arrival, 3);
    Optional<String> batch = resultsOf(id);
    if (batch.isPresent()) {
      boolean succeeded = id.startsWith(BatchJson.OUTPUT);
      Function<BatchItem.Result, byte[]> line =
          item ->
              (item.end() == End.SUCCEEDED) == succeeded ? BatchJson.openAiLine(item) : new byte[0];
      results(arrival, Dialect.OPENAI_CHAT, batch.get(), line);
    } else {
      asked(
          arrival,
          Dialect.OPENAI_CHAT,
          (exchange, caller) -> stored(caller, id).map(StoredFile::content));
    }
  }

  void forget(Arrival arrival) {
    String id = segment(arrival, 3);
    asked(
        arrival,
        Dialect.OPENAI_CHAT,
        (exchange, caller) ->
            loop.stored(files.forget(caller.organisation(), caller.keyId(), id))
                .map(there -> {
                  if (!there) {
                    throw Refusal.because(missing("file", id));
                  }
                  return bytes(BatchJson.deleted(id, "file"));
                }));
  }

  private static Optional<String> resultsOf(String file) {
    return file.startsWith(BatchJson.OUTPUT) || file.startsWith(BatchJson.ERRORS)
        ? Optional.of(file.substring(BatchJson.OUTPUT.length()))
        : Optional.empty();
  }

  private static ChatError tooManyFiles() {
    return new ChatError(
        413,
        Kind.TOO_LARGE,
        "too_many_files",
        "this key keeps files of 1 GiB already: delete some");
  }
}
