package dev.ockham.serve;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatError.Kind;
import java.time.Duration;
import java.util.List;

/** The errors that this room itself tells clients. */
final class Errors {
  private Errors() {}

  static ChatError noKey() {
    return new ChatError(
        401,
        Kind.AUTHENTICATION,
        "missing_api_key",
        "no key: send one of Ockham's keys as \"Authorization: Bearer KEY\" or \"x-api-key: KEY\""
            + " (make one with: ./ockham key create)");
  }

  static ChatError wrongKey() {
    return new ChatError(
        401,
        Kind.AUTHENTICATION,
        "invalid_api_key",
        "this key is not one of Ockham's, or it was revoked: send a key that begins with \"ock_\""
            + " (make one with: ./ockham key create)");
  }

  static ChatError needsAdmin() {
    return new ChatError(
        403, Kind.PERMISSION, "admin_only", "this needs an admin key, and the key is a client's");
  }

  static ChatError tooLarge(long limit) {
    return new ChatError(
        413,
        Kind.TOO_LARGE,
        "request_too_large",
        "the request body is longer than "
            + limit
            + " bytes, the limit here (server.max-body): send less, or raise it");
  }

  static ChatError tooSlow(Duration limit) {
    return new ChatError(
        408,
        Kind.TIMEOUT,
        "request_timeout",
        "the request body did not arrive within " + limit.toSeconds() + " s");
  }

  static ChatError otherRequest() {
    return new ChatError(
        422,
        Kind.INVALID_REQUEST,
        "idempotency_key_reused",
        "another request was sent with this Idempotency-Key: send a key of its own with each"
            + " request, and the same key only with the same bytes");
  }

  static ChatError answerNotKept() {
    return new ChatError(
        409,
        Kind.INVALID_REQUEST,
        "idempotent_answer_not_kept",
        "this request was answered before, and the answer was longer than is kept ("
            + Idempotency.LONGEST
            + " bytes): send it with another Idempotency-Key to pay for another answer");
  }

  static ChatError keyTooLong() {
    return new ChatError(
        400,
        Kind.INVALID_REQUEST,
        "idempotency_key_too_long",
        "the Idempotency-Key is longer than 255 characters: send a shorter one, such as a UUID");
  }

  static ChatError packed(String coding) {
    return new ChatError(
        415,
        Kind.INVALID_REQUEST,
        "unsupported_encoding",
        "content-encoding \""
            + coding
            + "\": packed bodies are not unpacked here (expected: none)");
  }

  static ChatError stopping() {
    return new ChatError(
        503,
        Kind.OVERLOADED,
        "stopping",
        "this gateway is being stopped, and the time for requests under way is over: try again");
  }

  static ChatError busy(String with) {
    return new ChatError(
        503, Kind.OVERLOADED, "overloaded", "Ockham is busy with " + with + ": try again shortly");
  }

  static ChatError journalFull(String why) {
    return new ChatError(
        503, Kind.OVERLOADED, "journal_unavailable", "Ockham cannot book calls now: " + why);
  }

  static ChatError notFound(String method, String path) {
    return new ChatError(
        404,
        Kind.NOT_FOUND,
        "not_found",
        "there is nothing at "
            + method
            + " "
            + path
            + " (chat is at POST /v1/chat/completions, /v1/responses, /v1/messages,"
            + " /v1beta/models/{model}:generateContent and /model/{model}/converse; our own API is"
            + " described at GET /api/v1/openapi.json)");
  }

  static ChatError wrongMethod(String method, String path, String allowed) {
    return new ChatError(
        405,
        Kind.INVALID_REQUEST,
        "method_not_allowed",
        method + " is not possible at " + path + " (expected: " + allowed + ")");
  }

  static ChatError noSuchModel() {
    return new ChatError(
        404,
        Kind.NOT_FOUND,
        "model_not_found",
        "there is no model of this name, or this key may not use it: the list of models has all"
            + " that it may name");
  }

  static ChatError wrongTags() {
    return new ChatError(
        400,
        Kind.INVALID_REQUEST,
        "invalid_tags",
        "x-ockham-tags: wrong (expected: at most "
            + RequestScopes.MOST_TAGS
            + " names separated by commas, such as cost-centre=42,env=prod)");
  }

  static ChatError wrongParameter(String name, String expected) {
    return new ChatError(
        400, Kind.INVALID_REQUEST, "invalid_value", name + ": wrong (expected: " + expected + ")");
  }

  static ChatError noEmbeddings(String model) {
    return new ChatError(
        400,
        Kind.INVALID_REQUEST,
        "no_embeddings",
        "the provider of \""
            + model
            + "\" has no embeddings (expected: a model of an OpenAI-compatible provider)");
  }

  /** The turn that a request goes on from. */
  static ChatError noSuchResponse() {
    return new ChatError(
        400,
        Kind.INVALID_REQUEST,
        "previous_response_not_found",
        "previous_response_id: this key has kept no such response, or one before it is gone, or all"
            + " of them are longer than one request may be: send the whole conversation as input");
  }

  /** By the name of the field that asks for what was kept. */
  static ChatError responsesNotKept(String field) {
    return new ChatError(
        400,
        Kind.INVALID_REQUEST,
        "previous_response_not_found",
        field
            + ": nothing is kept that it could go on from (only POST /v1/responses keeps responses,"
            + " and only with privacy.keep-responses): send the whole conversation as input");
  }

  /** An item that is only named. */
  static ChatError noSuchItem(String id) {
    return new ChatError(
        400,
        Kind.INVALID_REQUEST,
        "item_not_found",
        "input: the item_reference \""
            + HeaderText.clean(id)
            + "\" names no item of a response that this key has kept, or they are too long together:"
            + " send the item itself");
  }

  /** Items that are only named, where none are kept. */
  static ChatError itemsNotKept() {
    return new ChatError(
        400,
        Kind.INVALID_REQUEST,
        "item_not_found",
        "input: an item_reference names an item, and none are kept that it could name (only POST"
            + " /v1/responses keeps responses, and only with privacy.keep-responses): send the item"
            + " itself");
  }

  static ChatError noBackground() {
    return new ChatError(
        400,
        Kind.INVALID_REQUEST,
        "unsupported_parameter",
        "background: responses are not made in the background here (expected: false, or no such"
            + " field)");
  }

  static ChatError noSuchKeptResponse() {
    return new ChatError(
        404, Kind.NOT_FOUND, "response_not_found", "this key has kept no such response");
  }

  static ChatError noWebSocket() {
    return new ChatError(
        426,
        Kind.INVALID_REQUEST,
        "no_websocket",
        "WebSocket is not spoken here: send the request as a POST");
  }

  static ChatError bug() {
    return new ChatError(
        500,
        Kind.SERVER,
        "internal_error",
        "Ockham failed on this request; its id is in x-ockham-request-id, the reason in the log");
  }

  /**
   * Nobody can be asked now.
   *
   * @param standings how each deployment stands
   */
  static ChatError allDown(List<String> standings) {
    return new ChatError(
        503,
        Kind.OVERLOADED,
        "no_deployment_available",
        "no deployment that may serve this can be called now: " + String.join("; ", standings));
  }

  /** All who can be asked have said that they have too much to do. */
  static ChatError allThrottled(List<String> standings) {
    return new ChatError(
        429,
        Kind.RATE_LIMIT,
        "providers_throttled",
        "all providers that may serve this have too much to do: " + String.join("; ", standings));
  }
}
