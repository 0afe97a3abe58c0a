package dev.ockham.config;

/**
 * One thing wrong with a configuration, for its reader.
 *
 * @param line where, counted from 1; 0 where no line is to blame
 * @param path such as {@code models.fast.price.input}; empty for the file as a whole
 * @param value what stands there; never a secret
 * @param expected what should
 */
public record ConfigProblem(int line, String path, String value, String expected) {
  @Override
  public String toString() {
    String where = path.isEmpty() ? "" : path + ": ";
    String at = line == 0 ? "" : "line " + line + ": ";
    return at + where + "\"" + value + "\" (expected: " + expected + ")";
  }
}
