package dev.ockham.route;

import dev.ockham.agent.Conversation;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.policy.Caller;
import dev.ockham.route.Adoption.Rung;
import java.util.List;
import java.util.Optional;

/**
 * All that a decision reads of one request beside the abilities that are expected of each model:
 * made again from both, with routes and catalog of the same versions, it comes out the same. Holds
 * no text of the prompt.
 *
 * @param requested the model, alias or route the client named
 * @param defaultRoute the route that {@code auto} meant
 * @param rung how far the router may go; empty where nothing is set
 * @param seed of the draws by run
 * @param reading what was read off the text; empty before it was
 */
public record Inputs(
    String requested,
    String defaultRoute,
    Needs needs,
    Turn turn,
    Caller caller,
    Conversation conversation,
    Wish wish,
    Optional<Rung> rung,
    long seed,
    Optional<Reading> reading) {

  /**
   * Where in a conversation a request stands.
   *
   * @param toolResults whether what came after the model's last turn has a tool's result in it
   * @param reasoning whether it has reasoning in it that only its maker can read
   */
  public record Turn(boolean toolResults, boolean reasoning) {
    static Turn of(ChatRequest request) {
      return new Turn(goesOnWithTools(request.messages()), holdsReasoning(request.messages()));
    }

    private static boolean holdsReasoning(List<Message> messages) {
      for (Message message : messages) {
        for (Part part : message.parts()) {
          if (part instanceof Part.Reasoning reasoning && reasoning.state().isPresent()) {
            return true;
          }
        }
      }
      return false;
    }

    private static boolean goesOnWithTools(List<Message> messages) {
      for (int i = messages.size() - 1; i >= 0; i--) {
        Role role = messages.get(i).role();
        if (role == Role.TOOL) {
          return true;
        }
        if (role == Role.ASSISTANT) {
          return false;
        }
      }
      return false;
    }
  }

  /**
   * What lets a request past the router.
   *
   * @param optedOut its client wants the model it named
   * @param bypassed the operator has broken the glass
   */
  public record Wish(boolean optedOut, boolean bypassed) {
    public static final Wish NONE = new Wish(false, false);
  }

  /**
   * What was read off the text, without its features, which are deleted sooner.
   *
   * @param far whether it is unlike anything that was learned from
   */
  public record Reading(String domain, double distance, boolean far) {
    static Reading of(Scores scores) {
      return scores
          .features()
          .map(features -> new Reading(features.domain(), features.distance(), scores.far()))
          .orElseGet(() -> new Reading("", 0, scores.far()));
    }
  }

  static Inputs of(
      ChatRequest request, Caller caller, Conversation conversation, Wish wish, Fleet fleet) {
    Route route = fleet.route(request.model()).orElseGet(fleet::automatic);
    return new Inputs(
        request.model(),
        fleet.defaultRoute(),
        Needs.of(request),
        Turn.of(request),
        caller,
        conversation,
        wish,
        fleet.adoption().of(caller.scopes(), Optional.empty(), route),
        fleet.adoption().seed(),
        Optional.empty());
  }

  /** These of a conversation nobody remembers. */
  Inputs unpinned() {
    return new Inputs(
        requested,
        defaultRoute,
        needs,
        turn,
        caller,
        new Conversation("", conversation.root(), Optional.empty(), 0),
        wish,
        rung,
        seed,
        reading);
  }

  /** These with what was read off the text, unless they have it from when it was read. */
  Inputs read(Scores scores) {
    if (reading.isPresent()) {
      return this;
    }
    return new Inputs(
        requested,
        defaultRoute,
        needs,
        turn,
        caller,
        conversation,
        wish,
        rung,
        seed,
        Optional.of(Reading.of(scores)));
  }
}
