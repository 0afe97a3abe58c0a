package dev.ockham.provider;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatError.Kind;
import io.netty.handler.proxy.ProxyConnectException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why a provider gave no answer. Its text never holds a credential or a body. */
public sealed interface ProviderFailure {
  /** What the client is told if nobody else can answer. */
  ChatError error();

  /** Whether another model may be asked instead. */
  default boolean mayFallBack() {
    return true;
  }

  /** No connection could be made, or no place in the queue for one. */
  record Unreachable(ChatError error) implements ProviderFailure {}

  /** The connection broke before an answer began. */
  record HungUp(ChatError error) implements ProviderFailure {}

  /** A deadline passed before an answer began. */
  record TooSlow(ChatError error) implements ProviderFailure {}

  /** The provider has too much to do: 429 and 529. */
  record Throttled(ChatError error) implements ProviderFailure {}

  /** The provider failed: 5xx, or an error where an answer should have begun. */
  record Faulty(ChatError error) implements ProviderFailure {}

  /**
   * The provider does not accept our credential.
   *
   * @param forbidden 403: it knows who we are, and forbids this call at least
   */
  record CredentialRefused(ChatError error, boolean forbidden) implements ProviderFailure {}

  /** Our account at the provider has no money or quota left; the client's own budget has. */
  record AccountRefused(ChatError error) implements ProviderFailure {}

  /** The provider does not know the model: another one may. */
  record ModelUnknown(ChatError error) implements ProviderFailure {}

  /** The provider said something that is not its protocol, such as a login page or a redirect. */
  record Misspoke(ChatError error) implements ProviderFailure {}

  /** Its dialect has no words for what was asked; it was not called. */
  record Inexpressible(ChatError error) implements ProviderFailure {}

  /** This gateway is being stopped, and gives nobody more time. */
  record Stopping(ChatError error) implements ProviderFailure {
    @Override
    public boolean mayFallBack() {
      return false;
    }
  }

  /** There is no memory here for its reply now. */
  record NoRoom(ChatError error) implements ProviderFailure {
    @Override
    public boolean mayFallBack() {
      return false;
    }
  }

  /** The provider refuses the request itself: another model would be asked the same. */
  record Rejected(ChatError error) implements ProviderFailure {
    @Override
    public boolean mayFallBack() {
      return false;
    }
  }

  /** The failure that an error reply of a provider is. */
  static ProviderFailure ofReply(String endpoint, ChatError said) {
    return switch (said.status()) {
      case 401, 403 -> {
        String message =
            "provider \"%s\" refused Ockham's credential (%d): check the key of this provider"
                .formatted(endpoint, said.status());
        yield new CredentialRefused(
            new ChatError(502, Kind.SERVER, "provider_credential_refused", message),
            said.status() == 403);
      }
      case 402 -> new AccountRefused(outOfFunds(endpoint, said));
      case 404 -> new ModelUnknown(said);
      case 408 -> new TooSlow(said);
      case 429, 529 ->
          said.kind() == Kind.BUDGET
              ? new AccountRefused(outOfFunds(endpoint, said))
              : new Throttled(said);
      default ->
          switch (said.kind()) {
            // some providers tell of themselves, and not of the request, with other statuses
            case RATE_LIMIT -> new Throttled(said);
            case SERVER, OVERLOADED, TIMEOUT -> new Faulty(said);
            default -> said.status() >= 500 ? new Faulty(said) : new Rejected(said);
          };
    };
  }

  private static ChatError outOfFunds(String endpoint, ChatError said) {
    String message =
        "provider \"%s\" refuses Ockham's account (%d): check its funds and quota. It said: %s"
            .formatted(endpoint, said.status(), said.message());
    return new ChatError(502, Kind.SERVER, "provider_account_refused", message);
  }

  /** In words of ours: an exception's own may name the provider's address to a client. */
  static String whyNotConnected(Throwable cause) {
    return switch (cause) {
      case Authorization.NoToken own -> "no access token: " + own.getMessage();
      case ProxyConnectException _ -> "the proxy did not pass the connection on";
      case UnknownHostException _ -> "its host name does not resolve";
      case SSLException _ -> "TLS failed, such as an untrusted certificate";
      case ConnectException _ -> "the connection was refused";
      case TimeoutException _ -> "no connection in time";
      default -> "no connection";
    };
  }

  static ChatError unreachable(String endpoint, String why) {
    String message = "provider \"%s\" cannot be reached: %s".formatted(endpoint, why);
    return new ChatError(502, Kind.SERVER, "provider_unreachable", message);
  }

  static ChatError tooSlow(String endpoint, String waitedFor) {
    String message = "provider \"%s\" took too long: waited %s".formatted(endpoint, waitedFor);
    return new ChatError(504, Kind.TIMEOUT, "provider_timeout", message);
  }

  static ChatError noRoom() {
    String message = "Ockham is busy with other long replies: try again shortly";
    return new ChatError(503, Kind.OVERLOADED, "overloaded", message);
  }

  static ChatError misspoke(String endpoint, String what) {
    String message = "provider \"%s\" answered with %s".formatted(endpoint, what);
    return new ChatError(502, Kind.SERVER, "provider_protocol_error", message);
  }
}
