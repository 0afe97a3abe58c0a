package dev.ockham.dialect;

/** How much may be kept of an answer while it comes: a provider may never end one. */
final class Bound {
  static final int MOST = 8 * 1024 * 1024;

  private long kept;

  /** Counts what is about to be kept, in characters. */
  void add(int chars) {
    kept += chars;
    if (kept > MOST) {
      throw Rejected.reply("The provider sent more at once than is kept of an answer");
    }
  }
}
