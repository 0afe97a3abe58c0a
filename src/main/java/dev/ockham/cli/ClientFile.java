package dev.ockham.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client's own settings file, in JSON. What was there before is kept beside it, and comes back
 * byte for byte if nobody else edited the file since.
 */
final class ClientFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final long MAX_BYTES = 4 << 20;

  /** What a change would be. */
  sealed interface Plan {
    /**
     * @param lines what is taken out and put in, marked - and +
     */
    record Change(String after, List<String> lines) implements Plan {}

    record Unchanged() implements Plan {}

    record Unreadable(String problem) implements Plan {}
  }

  /** What became of undoing. */
  sealed interface Undone {
    record Restored() implements Undone {}

    /** Somebody edited the file since, and that was kept. */
    record TakenOut() implements Undone {}

    record Nothing(String why) implements Undone {}
  }

  private final Path path;

  ClientFile(Path path) throws IOException {
    this.path = Files.exists(path) ? path.toRealPath() : path;
  }

  Path path() {
    return path;
  }

  Path backup() {
    return path.resolveSibling(path.getFileName() + ".before-ockham");
  }

  Plan plan(SequencedMap<String, String> settings) throws IOException {
    Optional<ObjectNode> before = read(path);
    if (before.isEmpty()) {
      return new Plan.Unreadable(
          path
              + " is not a JSON object of at most "
              + MAX_BYTES
              + " bytes; mend it first, or set these by hand: "
              + String.join(", ", settings.keySet()));
    }
    ObjectNode after = before.get().deepCopy();
    var lines = new ArrayList<String>();
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      String name = setting.getKey().replace('/', '.');
      JsonNode old = after.at("/" + setting.getKey());
      if (old.isString() && old.asString().equals(setting.getValue())) {
        continue;
      }
      if (!old.isMissingNode()) {
        // What stands there may be another service's credential.
        boolean secret = name.matches("(?i).*(token|key).*");
        lines.add("- " + name + " = " + (secret ? "(a secret, kept in the backup)" : old));
      }
      if (!set(after, List.of(setting.getKey().split("/")), setting.getValue())) {
        return new Plan.Unreadable(
            path
                + ": "
                + name
                + " cannot be set, since something on its way is not an object."
                + " Set it by hand.");
      }
      lines.add("+ " + name + " = " + setting.getValue());
    }
    return lines.isEmpty() ? new Plan.Unchanged() : new Plan.Change(text(after), lines);
  }

  void apply(Plan.Change change) throws IOException {
    Files.createDirectories(Optional.ofNullable(path.getParent()).orElseThrow());
    if (!Files.exists(backup())) {
      write(backup(), Files.exists(path) ? Files.readAllBytes(path) : new byte[0]);
    }
    write(path, change.after().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Takes back what was applied.
   *
   * @param settings the paths that were set
   */
  Undone undo(List<String> settings) throws IOException {
    if (!Files.exists(backup())) {
      return new Undone.Nothing("there is no " + backup() + ", so nothing here was changed.");
    }
    byte[] before = Files.readAllBytes(backup());
    Optional<ObjectNode> original = read(backup());
    Optional<ObjectNode> current = read(path);
    if (original.isEmpty() || current.isEmpty()) {
      return new Undone.Nothing(
          path + " or its backup is no JSON any more. The backup is " + backup() + ".");
    }
    for (String setting : settings) {
      List<String> parts = List.of(setting.split("/"));
      JsonNode old = original.get().at("/" + setting);
      if (old.isMissingNode()) {
        remove(current.get(), parts, original.get());
      } else {
        set(current.get(), parts, old);
      }
    }
    boolean untouched = current.get().equals(original.get());
    if (untouched && before.length == 0) {
      Files.deleteIfExists(path);
    } else {
      write(path, untouched ? before : text(current.get()).getBytes(StandardCharsets.UTF_8));
    }
    Files.delete(backup());
    return untouched ? new Undone.Restored() : new Undone.TakenOut();
  }

  /** Empty where it is no JSON object; an absent or empty file is an empty object. */
  private static Optional<ObjectNode> read(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return Optional.of(JSON.createObjectNode());
    }
    if (Files.size(file) > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      return JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static boolean set(ObjectNode root, List<String> parts, String value) {
    return set(root, parts, JSON.getNodeFactory().stringNode(value));
  }

  private static boolean set(ObjectNode root, List<String> parts, JsonNode value) {
    ObjectNode at = root;
    for (String part : parts.subList(0, parts.size() - 1)) {
      JsonNode next = at.path(part);
      if (next.isMissingNode()) {
        next = at.putObject(part);
      }
      if (!(next instanceof ObjectNode object)) {
        return false;
      }
      at = object;
    }
    at.set(parts.getLast(), value);
    return true;
  }

  /** Removes a setting, and the objects around it that only it had made. */
  private static void remove(ObjectNode root, List<String> parts, ObjectNode original) {
    for (int depth = parts.size(); depth > 0; depth--) {
      String parent = pointer(parts.subList(0, depth - 1));
      String here = pointer(parts.subList(0, depth));
      boolean leaf = depth == parts.size();
      boolean ours = original.at(here).isMissingNode();
      if (root.at(parent) instanceof ObjectNode object
          && ours
          && (leaf || root.at(here).isEmpty())) {
        object.remove(parts.get(depth - 1));
      }
    }
  }

  private static String pointer(List<String> parts) {
    return parts.isEmpty() ? "" : "/" + String.join("/", parts);
  }

  private static String text(ObjectNode root) {
    return JSON.writeValueAsString(root) + "\n";
  }

  /** Whole or not at all, and for its owner only: a key is in it. */
  private static void write(Path file, byte[] bytes) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.write(next, bytes);
    try {
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
