package dev.ockham.testing;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.StringJoiner;

/** The class path of this test, for a process that a test starts. */
public final class ClassPath {
  private ClassPath() {}

  /** Of the process, and of the loader that a launcher of tests may have put before it. */
  public static String text() {
    var path = new StringJoiner(File.pathSeparator);
    if (ClassPath.class.getClassLoader() instanceof URLClassLoader loader) {
      for (URL url : loader.getURLs()) {
        path.add(url.getPath());
      }
    }
    return path.add(System.getProperty("java.class.path")).toString();
  }
}
