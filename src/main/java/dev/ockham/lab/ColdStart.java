package dev.ockham.lab;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Model;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.lab.AskCorpus.Labelled;
import dev.ockham.policy.Caller;
import dev.ockham.route.Decision;
import dev.ockham.route.Fleet;
import dev.ockham.route.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where a fleet of which nothing was learned sends everyday and demanding asks, beside what the
 * length of the ask alone would tell.
 */
public final class ColdStart {
  /** A model is small that is this much less able than the ablest of the fleet. */
  private static final double SMALLER = 0.1;

  /** The share of demanding asks that may go to a small model. */
  private static final double BAR = 0.05;

  private static final Caller ANYONE =
      new Caller("default", "none", "none", Caller.Role.CLIENT, List.of(), Set.of());

  private final Fleet fleet;
  private final double ablest;

  public ColdStart(Fleet fleet) {
    this.fleet = fleet;
    ablest =
        fleet.catalog().all().stream()
            .filter(model -> route().contains(model.id()))
            .mapToDouble(model -> model.priorSkill().orElse(0))
            .max()
            .orElse(0);
  }

  /** One ask with where it went. */
  public record Sent(boolean hard, String kind, boolean small, String model, String text) {}

  /**
   * Shares of asks sent to a small model.
   *
   * @param hard of the demanding ones
   * @param trivial of the everyday ones
   */
  public record Shares(double hard, double trivial) {}

  /** Sends one half of the everyday asks, {@code open} or {@code sealed}, through the router. */
  public List<Sent> send(String half) {
    List<Sent> sent = new ArrayList<>();
    for (Labelled ask : AskCorpus.half(half)) {
      Decision decision = new Router().decide(request(ask), ANYONE, Conversation.UNKNOWN, fleet);
      if (decision instanceof Decision.Chosen chosen) {
        Model model = chosen.first();
        boolean small = model.priorSkill().orElse(0) < ablest - SMALLER;
        sent.add(new Sent(ask.hard(), ask.kind().label(), small, model.id(), ask.text()));
      }
    }
    return sent;
  }

  /** The router's shares. */
  public static Shares shares(List<Sent> sent) {
    return new Shares(share(sent, true), share(sent, false));
  }

  private static double share(List<Sent> sent, boolean hard) {
    List<Sent> of = sent.stream().filter(each -> each.hard() == hard).toList();
    return of.stream().filter(Sent::small).count() / (double) Math.max(1, of.size());
  }

  /**
   * What a limit on length would do at its best on these very asks: as many of the everyday ones as
   * can be sent to a small model while at most 5 % of the demanding ones are. Shorter than the
   * limit, or longer than it: whichever does better.
   */
  public static Shares byLengthWithinBar(List<Sent> sent) {
    return bestByLength(sent, shares -> shares.hard() <= BAR ? shares.trivial() : -1);
  }

  /** The limit on length that tells the two best apart on these very asks. */
  public static Shares byLength(List<Sent> sent) {
    return bestByLength(sent, shares -> shares.trivial() - shares.hard());
  }

  private interface Merit {
    double of(Shares shares);
  }

  private static Shares bestByLength(List<Sent> sent, Merit merit) {
    Shares best = new Shares(0, 0);
    for (Sent at : sent) {
      for (boolean shorter : new boolean[] {true, false}) {
        int limit = at.text().length();
        List<Sent> moved =
            sent.stream()
                .map(each ->
                    new Sent(
                        each.hard(),
                        each.kind(),
                        shorter ? each.text().length() <= limit : each.text().length() >= limit,
                        each.model(),
                        each.text()))
                .toList();
        Shares shares = shares(moved);
        best = merit.of(shares) > merit.of(best) ? shares : best;
      }
    }
    return best;
  }

  private List<String> route() {
    return fleet.route(Fleet.AUTO).orElseThrow().candidates();
  }

  private static ChatRequest request(Labelled ask) {
    if (!ask.agent()) {
      return ChatRequest.asking(Fleet.AUTO, List.of(said(Role.USER, ask.text())));
    }
    return ChatRequest.asking(
        Fleet.AUTO,
        List.of(
            said(
                Role.USER,
                "<system-reminder>Tasks so far: none. Follow the style of the repository and"
                    + " never prove, design or debug anything unasked.</system-reminder>\n"
                    + ask.text()),
            said(Role.ASSISTANT, "I'll look at the files first."),
            said(
                Role.USER,
                "<system-reminder>The file README.md was changed by the user.</system-reminder>")));
  }

  private static Message said(Role role, String text) {
    return new Message(role, List.of(new Part.Text(text)));
  }
}
