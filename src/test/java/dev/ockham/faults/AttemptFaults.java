package dev.ockham.faults;

import java.util.List;

/** What providers do wrong before they answer. */
final class AttemptFaults {
  private static final String TEST = "dev.ockham.serve.AttemptFaultsTest";

  static final List<Fault> ALL =
      List.of(
          Fault.held(
              "F1",
              "a provider has too much to do: 429",
              "that deployment is left alone for as long as it says; another answers, or a short"
                  + " wait is waited; each attempt is recorded",
              TEST),
          Fault.held(
              "F2",
              "500, 502, 503 or 504",
              "repeated before the first byte only, elsewhere or after a wait, within a budget; who"
                  + " was refused twice is told x-should-retry: false",
              TEST),
          Fault.held(
              "F3",
              "529, or an overload told in a stream before anything else",
              "taken as too much to do: another deployment answers",
              TEST),
          Fault.held(
              "F4",
              "a provider does not accept our credential",
              "it is not shown again until it changes; /ready and a metric say so; the provider's"
                  + " words are not told",
              TEST),
          Fault.held(
              "F5",
              "a provider accepts the call and says nothing",
              "given up at the deadline for the first byte; another deployment answers",
              TEST),
          Fault.held(
              "F30",
              "nobody can be called",
              "503 with Retry-After at once; a probe finds them well again",
              TEST));

  private AttemptFaults() {}
}
