package dev.ockham.ledger;

/** Where the token counts of a settlement come from. */
public enum Basis {
  /** The provider reported them. */
  REPORTED("reported"),
  /** The stream was cut or said nothing: counted from what was seen, or expected. */
  ESTIMATED("estimated"),
  /** The process died before settling: what was expected when the hold was made. */
  RECOVERED("recovered");

  private final String wireName;

  Basis(String wireName) {
    this.wireName = wireName;
  }

  /** The name in our API; never changes. */
  public String wireName() {
    return wireName;
  }

  public boolean isEstimate() {
    return this != REPORTED;
  }
}
