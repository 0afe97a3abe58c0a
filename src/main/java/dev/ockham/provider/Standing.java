package dev.ockham.provider;

/** Whether a deployment is called, and if not, why. */
public enum Standing {
  /** It is called. */
  CLOSED("closed"),
  /** It failed; nobody is sent there. */
  OPEN("open"),
  /** It failed; one call sees whether it still does. */
  HALF_OPEN("half_open"),
  /** It said that it has too much to do. */
  COOLING("cooling"),
  /** It is slower or fails more often than the model's other deployments, which are called. */
  EJECTED("ejected"),
  /** It does not accept our credential. */
  REFUSED("credential_refused");

  private final String wireName;

  Standing(String wireName) {
    this.wireName = wireName;
  }

  /** The name in metrics; never changes. */
  public String wireName() {
    return wireName;
  }
}
