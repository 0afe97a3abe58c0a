package dev.ockham.serve;

/**
 * The pattern of a path with one name in it: {@code {id}} is one segment, {@code {model}} may hold
 * slashes, as the names of some models do.
 */
record PathTemplate(String before, String after, boolean slashes) {
  private static final String ID = "{id}";
  private static final String MODEL = "{model}";

  static boolean isOne(String path) {
    return path.indexOf('{') >= 0;
  }

  static PathTemplate of(String path) {
    boolean model = path.contains(MODEL);
    String name = model ? MODEL : ID;
    int at = path.indexOf(name);
    return new PathTemplate(path.substring(0, at), path.substring(at + name.length()), model);
  }

  boolean matches(String path) {
    int end = path.length() - after.length();
    return end > before.length()
        && path.startsWith(before)
        && path.endsWith(after)
        && (slashes || path.substring(before.length(), end).indexOf('/') < 0);
  }
}
