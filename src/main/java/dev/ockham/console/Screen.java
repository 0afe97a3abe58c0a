package dev.ockham.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The files of the operator's screens, as they are in the jar. */
public enum Screen {
  HTML("console.html"),
  SCRIPT("console.js"),
  STYLE("console.css"),
  OPENAPI("openapi.json");

  private final String resource;

  Screen(String resource) {
    this.resource = resource;
  }

  public byte[] read() {
    try (InputStream in = Screen.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
