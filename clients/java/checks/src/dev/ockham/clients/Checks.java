package dev.ockham.clients;

import java.util.function.Function;

/**
 * What every library is asked to do, and how it tells what came of it: one line of JSON for each
 * check, as in {@code clients/js/checks.mjs}.
 */
public final class Checks {
  public static final String URL = System.getenv("OCKHAM_URL");
  public static final String KEY = System.getenv("OCKHAM_KEY");
  public static final String MODEL = System.getenv("OCKHAM_MODEL");

  public static final String TOOL = "weather";
  public static final String TOOL_SAYS = "Tells the weather of a city.";
  public static final String RESULT = "sunny";

  private static final String QUESTION = "What is the capital of France?";
  private static final String ERRAND = "What is the weather in Oslo?";
  private static final String REFUSED = "Please throttle me.";

  /** An answer and its tokens. */
  public record Said(String text, long input, long output) {}

  /** Which tool was called for which city, and the answer after it. */
  public record Looped(String called, String city, String text) {}

  /** How a library fails: its status, where its exception tells it, else what it says. */
  public interface Status {
    int of(Throwable thrown);
  }

  private Checks() {}

  public static void run(
      Function<String, Said> chat,
      Function<String, Said> stream,
      Function<String, Looped> tools,
      Status status) {
    said("chat", chat.apply(QUESTION));
    said("stream", stream.apply(QUESTION));
    Looped looped = tools.apply(ERRAND);
    System.out.println(
        "{\"check\":\"tools\",\"called\":%s,\"city\":%s,\"text\":%s}"
            .formatted(quoted(looped.called), quoted(looped.city), quoted(looped.text)));
    int code = 200;
    String message = "";
    try {
      chat.apply(REFUSED);
    } catch (RuntimeException e) {
      code = status.of(e);
      message = String.valueOf(e.getMessage());
    }
    System.out.println(
        "{\"check\":\"error\",\"status\":%d,\"message\":%s}".formatted(code, quoted(message)));
    System.out.flush();
    System.exit(0); // pools of threads would keep it alive
  }

  private static void said(String check, Said said) {
    System.out.println(
        "{\"check\":\"%s\",\"text\":%s,\"input\":%d,\"output\":%d}"
            .formatted(check, quoted(said.text), said.input, said.output));
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\' || c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
