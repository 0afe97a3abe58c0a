package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.JsonText;
import java.util.List;
import java.util.Optional;

/** A client's body as it came, and where its top-level fields are. */
public final class RawBody {

  /** A top-level field by its decoded name; ends are exclusive byte offsets. */
  record Field(String name, int nameStart, int valueStart, int valueEnd) {}

  private final Dialect dialect;
  private final byte[] bytes;
  private final List<Field> fields;

  RawBody(Dialect dialect, byte[] bytes, List<Field> fields) {
    this.dialect = dialect;
    this.bytes = bytes;
    this.fields = List.copyOf(fields);
  }

  public Dialect dialect() {
    return dialect;
  }

  public int length() {
    return bytes.length;
  }

  /** How many bytes the value of a top-level field has; 0 if there is no such field. */
  public int lengthOf(String name) {
    return field(name).map(field -> field.valueEnd() - field.valueStart()).orElse(0);
  }

  /** The value of a top-level field as JSON on one line; empty where it is null or not there. */
  Optional<JsonText> json(String name) {
    return field(name)
        .map(field ->
            new String(bytes, field.valueStart(), field.valueEnd() - field.valueStart(), UTF_8)
                // Between values only: inside strings JSON has no line ends.
                .replace('\n', ' ')
                .replace('\r', ' '))
        .filter(text -> !text.equals("null"))
        .map(JsonText::new);
  }

  byte[] bytes() {
    return bytes;
  }

  List<Field> fields() {
    return fields;
  }

  Optional<Field> field(String name) {
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }
}
