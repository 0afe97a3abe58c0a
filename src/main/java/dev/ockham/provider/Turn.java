package dev.ockham.provider;

import dev.ockham.catalog.Deployment;
import dev.ockham.provider.Health.Admission;
import java.time.Duration;

/**
 * One call's place at a deployment, from when it was chosen until the call is over. How it ends is
 * told once; for the event loop of its request.
 */
public final class Turn {
  private final Balancer balancer;
  private final Balancer.Member member;
  private final boolean probe;
  private boolean began;
  private boolean over;

  Turn(Balancer balancer, Balancer.Member member, Admission admission) {
    this.balancer = balancer;
    this.member = member;
    this.probe = admission == Admission.PROBE;
  }

  public Deployment deployment() {
    return member.deployment();
  }

  /** The answer began, so long after it was asked. */
  public void began(boolean streamed, long nanos) {
    if (!began && !over) {
      began = true;
      member.health().began(streamed, nanos);
    }
  }

  /** The call was not made, or says nothing of the deployment. */
  public void unused() {
    if (!over) {
      over = true;
      member.health().unused(probe);
    }
  }

  public void ended(AttemptEnd end) {
    if (over) {
      return;
    }
    switch (end) {
      case AttemptEnd.Completed _ -> answered();
      case AttemptEnd.BrokenOff _ -> brokeOff();
      case AttemptEnd.ClientLeft _ -> {
        if (began) {
          answered();
        } else {
          unused();
        }
      }
      case AttemptEnd.Failed failed -> failed(failed);
    }
  }

  private void failed(AttemptEnd.Failed failed) {
    switch (failed.failure()) {
      // what a client asked for is no fault of the deployment
      case ProviderFailure.Rejected _, ProviderFailure.ModelUnknown _ -> answered();
      case ProviderFailure.Inexpressible _, ProviderFailure.NoRoom _ -> unused();
      case ProviderFailure.CredentialRefused(var error, var forbidden) -> refused(forbidden);
      default -> RetryAfter.cooling(failed).ifPresentOrElse(this::throttled, this::failed);
    }
  }

  private void answered() {
    over = true;
    balancer.refused.accepted(member.provider());
    balancer.refused.accepted(member.name());
    member.health().answered(probe);
  }

  /** It answers, if not to the end: that tells against it beside others that do. */
  private void brokeOff() {
    over = true;
    member.health().brokeOff(probe);
  }

  private void failed() {
    over = true;
    member.health().failed(probe, balancer.now());
  }

  private void throttled(Duration wait) {
    over = true;
    member.health().throttled(probe, balancer.now(), wait);
  }

  /** What is forbidden may be the request, until it is all requests. */
  private void refused(boolean forbidden) {
    over = true;
    boolean often = member.health().forbade(probe);
    if (!forbidden) {
      balancer.refused.add(member.provider(), member.provider(), balancer.now());
    } else if (often) {
      balancer.refused.add(member.name(), member.provider(), balancer.now());
    }
  }
}
