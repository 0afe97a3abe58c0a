package dev.ockham.demo;

import dev.ockham.demo.Exchange.Answered;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which request carried which question: what it takes to check the demo's store from outside, for
 * the store itself keeps no text.
 */
final class Receipts {
  static final String FILE = "receipts.jsonl";

  private Receipts() {}

  /** One JSON object a line: request, question and the model that the answer's header named. */
  static void write(Path folder, List<Answered> answers) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(FILE))) {
      for (Answered answer : answers) {
        out.write(
            Voice.JSON
                .createObjectNode()
                .put("request_id", answer.requestId())
                .put("question_id", answer.question().id())
                .put("model", answer.model())
                .toString());
        out.write('\n');
      }
    }
  }
}
