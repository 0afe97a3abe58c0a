package dev.ockham.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a reader must know of the machine to compare: no names, no addresses. */
final class Machine {
  private Machine() {}

  static Map<String, Object> describe(Instant now) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("at", now.toString());
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("cpu", first("/proc/cpuinfo", "model name"));
    facts.put("memory", first("/proc/meminfo", "MemTotal"));
    facts.put("kernel", System.getProperty("os.version"));
    facts.put("java", Runtime.version().toString());
    return facts;
  }

  private static String first(String file, String label) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(label))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
