package dev.ockham.distil;

import dev.ockham.lab.CleanRows;
import dev.ockham.lab.QuestionStem;
import dev.ockham.lab.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The texts the token table is fitted on, none of which anything is tested on. */
final class FittingTexts {
  private static final int SENTENCES = 40_000;
  private static final int GLOSSES = 70_000;

  private FittingTexts() {}

  /** Prompts, their sentences, vocabulary words and WordNet's glosses, in that order, without duplicates. */
  static List<String> collect(CleanRows clean, List<String> vocabulary, Path wordNet) throws IOException {
    Set<String> texts = new LinkedHashSet<>();
    clean.rows().stream().map(Row::prompt).forEach(texts::add);
    texts.addAll(firstByDigest(sentences(clean), SENTENCES));
    vocabulary.stream()
        .filter(piece -> !piece.startsWith("##") && !piece.startsWith("["))
        .forEach(texts::add);
    texts.addAll(firstByDigest(glosses(wordNet), GLOSSES));
    texts.removeIf(clean::overlaps);
    return List.copyOf(texts);
  }

  private static Set<String> sentences(CleanRows clean) {
    Set<String> sentences = new LinkedHashSet<>();
    for (Row row : clean.rows()) {
      for (String sentence : row.prompt().split("(?<=[.?!;])\\s+|\\n+")) {
        if (sentence.length() >= 12) {
          sentences.add(sentence.strip());
        }
      }
    }
    return sentences;
  }

  private static Set<String> glosses(Path wordNet) throws IOException {
    Set<String> glosses = new LinkedHashSet<>();
    for (String part : List.of("adj", "adv", "noun", "verb")) {
      for (String line : Files.readAllLines(wordNet.resolve("data." + part), StandardCharsets.UTF_8)) {
        int bar = line.indexOf("| ");
        if (bar > 0 && !line.startsWith(" ")) {
          glosses.add(line.substring(bar + 2).strip());
        }
      }
    }
    return glosses;
  }

  private static List<String> firstByDigest(Set<String> texts, int most) {
    return new ArrayList<>(texts)
        .stream().sorted(Comparator.comparing(text -> new QuestionStem(text).sha256())).limit(most).toList();
  }
}
