package dev.ockham.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * The items in a client's body of OpenAI's Responses that are only named, {@code {"type":
 * "item_reference", "id": …}}, because an answer told before has them.
 */
public final class ItemReferences {
  private static final String TYPE = "item_reference";

  private final byte[] body;
  private final List<Reference> references;

  /** Where an item is named. */
  private record Reference(String id, int from, int to) {}

  private ItemReferences(byte[] body, List<Reference> references) {
    this.body = body;
    this.references = references;
  }

  /** Those of a body; none where it cannot be read, which its decoding will explain. */
  public static ItemReferences of(byte[] body) {
    var found = new ArrayList<Reference>();
    if (new String(body, StandardCharsets.ISO_8859_1).contains(TYPE)) {
      try (JsonReader in = JsonReader.ofClient(body)) {
        in.beginObject();
        while (in.nextField()) {
          if (in.name().equals("input") && in.isArray()) {
            read(in, found);
          } else {
            in.skip();
          }
        }
      } catch (Rejected | JacksonException notReadable) {
        found.clear();
      }
    }
    return new ItemReferences(body, found);
  }

  private static void read(JsonReader in, List<Reference> found) {
    while (in.nextElement()) {
      int from = in.offset();
      if (!in.isObject()) {
        in.skip();
        continue;
      }
      String type = "";
      String id = "";
      while (in.nextField()) {
        switch (in.name()) {
          case "type" -> type = in.textOrEmpty();
          case "id" -> id = in.textOrEmpty();
          default -> in.skip();
        }
      }
      if (type.equals(TYPE)) {
        found.add(new Reference(id, from, in.endOffset()));
      }
    }
  }

  public boolean isEmpty() {
    return references.isEmpty();
  }

  /** The items that are named, each once. */
  public Set<String> names() {
    var names = new LinkedHashSet<String>();
    references.forEach(reference -> names.add(reference.id));
    return names;
  }

  /** An item that none of these responses has; empty where each is there. */
  public Optional<String> missing(Map<String, byte[]> items) {
    return names().stream().filter(id -> !items.containsKey(id)).findFirst();
  }

  /** The body with the items themselves in the places where they are named. */
  public byte[] resolved(Map<String, byte[]> items) {
    var splices = new Splices();
    for (Reference reference : references) {
      byte[] item = items.getOrDefault(reference.id, Bytes.NONE);
      splices.replace(reference.from, reference.to, item);
    }
    return splices.applyTo(body);
  }

  /**
   * The items of an answer by their ids.
   *
   * @param response as a client was told it
   */
  public static Map<String, byte[]> itemsOf(byte[] response) {
    var items = new HashMap<String, byte[]>();
    try (JsonReader in = JsonReader.of(response)) {
      in.beginObject();
      while (in.nextField()) {
        if (in.name().equals("output") && in.isArray()) {
          items(in, response, items);
        } else {
          in.skip();
        }
      }
    } catch (Rejected | JacksonException notReadable) {
      return Map.of();
    }
    return items;
  }

  private static void items(JsonReader in, byte[] response, Map<String, byte[]> items) {
    while (in.nextElement()) {
      int from = in.offset();
      if (!in.isObject()) {
        in.skip();
        continue;
      }
      String id = "";
      while (in.nextField()) {
        if (in.name().equals("id")) {
          id = in.textOrEmpty();
        } else {
          in.skip();
        }
      }
      items.put(id, Arrays.copyOfRange(response, from, in.endOffset()));
    }
  }
}
