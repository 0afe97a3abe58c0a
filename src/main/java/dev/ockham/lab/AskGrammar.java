package dev.ockham.lab;

import dev.ockham.lab.AskCorpus.Labelled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes many asks of few patterns: {@code [a|b]} picks one, <code>{slot}</code> is filled in. The
 * same fillers stand in everyday and in demanding patterns, so that what is asked tells, not what
 * it is about. Some variants get a greeting, a thank-you, lower case or typos.
 */
final class AskGrammar {
  private final Map<String, List<String>> slots = new HashMap<>();
  private final SplittableRandom random;

  AskGrammar(Map<String, String> sections, SplittableRandom random) {
    this.random = random;
    sections.forEach((name, text) ->
        slots.put(
            name,
            text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.replace("\\n", "\n").replace("\\t", "\t"))
                .toList()));
  }

  /** So many variants of a pattern; the same one may come twice. */
  List<String> variants(Labelled pattern, int count) {
    List<String> variants = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      variants.add(worn(expand(pattern.text())));
    }
    return variants;
  }

  /** An ask as people send it. */
  String worn(String ask) {
    String text = ask;
    if (random.nextInt(100) < 30) {
      text = pick("prefix") + text;
    }
    if (random.nextInt(100) < 15) {
      text = text + pick("suffix");
    }
    if (random.nextInt(100) < 25) {
      text = text.toLowerCase(Locale.ROOT);
    }
    return random.nextInt(100) < 20 ? withTypos(text) : text;
  }

  private String expand(String pattern) {
    var text = new StringBuilder();
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      int close = c == '[' ? pattern.indexOf(']', i) : c == '{' ? pattern.indexOf('}', i) : -1;
      if (close < 0) {
        text.append(c);
        i++;
      } else {
        String inside = pattern.substring(i + 1, close);
        text.append(c == '[' ? expand(alternative(inside)) : fill(inside));
        i = close + 1;
      }
    }
    return text.toString();
  }

  private String alternative(String inside) {
    String[] options = inside.split("\\|", -1);
    return options[random.nextInt(options.length)];
  }

  /** A slot that does not exist is text in braces. */
  private String fill(String slot) {
    return slots.containsKey(slot) ? pick(slot) : "{" + slot + "}";
  }

  private String pick(String slot) {
    List<String> fillers = slots.getOrDefault(slot, List.of(""));
    return fillers.get(random.nextInt(fillers.size()));
  }

  private String withTypos(String text) {
    var typed = new StringBuilder(text);
    int typos = 1 + text.length() / 60;
    for (int i = 0; i < typos; i++) {
      int at = random.nextInt(typed.length());
      if (at + 1 < typed.length() && Character.isLetter(typed.charAt(at))) {
        switch (random.nextInt(3)) {
          case 0 -> typed.deleteCharAt(at);
          case 1 -> typed.insert(at, typed.charAt(at));
          default -> {
            char c = typed.charAt(at);
            typed.setCharAt(at, typed.charAt(at + 1));
            typed.setCharAt(at + 1, c);
          }
        }
      }
    }
    return typed.toString();
  }
}
