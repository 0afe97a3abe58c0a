package dev.ockham.report;

/** Cells of comma-separated values as RFC 4180 has them. */
final class Csv {
  private static final String FORMULA = "=+-@\t\r";

  private Csv() {}

  /**
   * Quoted where it must be. Names come from clients: one that a spreadsheet would take for a
   * formula is given an apostrophe before it; numbers are left as they are.
   */
  static String cell(String value) {
    String safe = value;
    if (!value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 && !isNumber(value)) {
      safe = "'" + value;
    }
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  private static boolean isNumber(String value) {
    return value.matches("-?[0-9]+(\\.[0-9]+)?");
  }
}
