package dev.ockham.distil;

import dev.ockham.lab.CleanRows;
import dev.ockham.learn.WordPiece;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Builds the encoder's resource: {@code Distil <routing data folder> <cache folder> <encoder file to write>}. */
public final class Distil {
  private static final int LONGEST = 256;
  private static final Path WORDNET = Path.of("/usr/share/wordnet");

  private Distil() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 3) {
      System.err.println("Give the routing data folder, a folder for teacher vectors, and the file to write.");
      System.exit(2);
    }
    Path data = Path.of(args[0]);
    Path cache = Files.createDirectories(Path.of(args[1]));
    List<String> vocabulary = vocabulary();
    List<String> pool = pool(data);
    CleanRows clean = CleanRows.read(data, pool);
    List<String> texts = FittingTexts.collect(clean, vocabulary, WORDNET);
    System.out.printf("%,d clean rows, %,d texts%n", clean.rows().size(), texts.size());
    int[][] pieces = split(texts, new WordPiece(vocabulary));
    float[][] vectors = teach(pieces, cache.resolve("teacher-" + texts.hashCode() + ".bin"));
    System.out.println(vectors.length);
  }

  private static List<String> pool(Path data) {
    List<String> models = new ArrayList<>();
    new JsonMapper()
        .readTree(data.resolve("mmlu-pro-prices.json").toFile())
        .forEachEntry((model, price) -> models.add(model));
    return models;
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream in = Distil.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is not on the class path: is the model's jar a dependency?");
      }
      return in.readAllBytes();
    }
  }

  private static List<String> vocabulary() throws IOException {
    JsonNode pieces =
        new JsonMapper().readTree(resource("/all-minilm-l6-v2-q-tokenizer.json")).at("/model/vocab");
    String[] ordered = new String[pieces.size()];
    pieces.forEachEntry((piece, number) -> ordered[number.asInt()] = piece);
    return List.of(ordered);
  }

  private static int[][] split(List<String> texts, WordPiece tokenizer) {
    int[][] pieces = new int[texts.size()][];
    int[] room = new int[LONGEST - 2];
    for (int i = 0; i < pieces.length; i++) {
      int count = tokenizer.split(texts.get(i), 0, texts.get(i).length(), room);
      pieces[i] = java.util.Arrays.copyOf(room, count);
    }
    return pieces;
  }

  private static float[][] teach(int[][] pieces, Path cache) throws Exception {
    float[][] vectors = new float[pieces.length][Teacher.DIMENSIONS];
    if (Files.exists(cache)) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(cache)).order(ByteOrder.LITTLE_ENDIAN);
      for (float[] vector : vectors) {
        bytes.asFloatBuffer().get(vector);
        bytes.position(bytes.position() + 4 * vector.length);
      }
      return vectors;
    }
    byte[] onnx = resource("/all-minilm-l6-v2-q.onnx");
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        done.add(threads.submit(() -> teachSome(onnx, pieces, vectors, next)));
      }
      for (Future<?> one : done) {
        one.get();
      }
    }
    try (FileChannel file = FileChannel.open(cache, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * Teacher.DIMENSIONS).order(ByteOrder.LITTLE_ENDIAN);
      for (float[] vector : vectors) {
        bytes.clear().asFloatBuffer().put(vector);
        file.write(bytes);
      }
    }
    return vectors;
  }

  private static int teachSome(byte[] onnx, int[][] pieces, float[][] vectors, AtomicInteger next)
      throws Exception {
    try (Teacher teacher = new Teacher(onnx)) {
      for (int i = next.getAndIncrement(); i < pieces.length; i = next.getAndIncrement()) {
        teacher.encode(pieces[i], pieces[i].length, vectors[i]);
        if (i % 5_000 == 0) {
          System.out.printf("%,d of %,d texts%n", i, pieces.length);
        }
      }
      return 0;
    }
  }
}
