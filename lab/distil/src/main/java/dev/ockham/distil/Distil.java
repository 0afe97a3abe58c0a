package dev.ockham.distil;

import dev.ockham.lab.CleanRows;
import dev.ockham.learn.WeightsFile;
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
  private static final int DIMENSIONS = 128;
  private static final double RIDGE = 0.03;
  private static final float START = 0.3f;

  /** The components are those of prompts and sentences, which come first. */
  private static final int PROJECTED = 40_000;
  private static final int STEPS = 30;
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
    WordPiece tokenizer = new WordPiece(vocabulary);
    List<String> texts =
        FittingTexts.collect(clean, vocabulary, WORDNET).stream()
            .filter(text -> tokenizer.split(text, 0, text.length(), new int[1]) > 0)
            .toList();
    System.out.printf("%,d clean rows, %,d texts%n", clean.rows().size(), texts.size());
    int[][] pieces = split(texts, tokenizer);
    float[][] vectors = teach(pieces, cache.resolve("teacher-" + texts.hashCode() + ".bin"));
    float[][] table =
        OnnxEmbeddings.read(resource("/all-minilm-l6-v2-q.onnx"), vocabulary.size(), Teacher.DIMENSIONS);
    for (float[] row : table) {
      for (int d = 0; d < row.length; d++) {
        row[d] *= START;
      }
    }
    TokenRegression regression = new TokenRegression(pieces, vocabulary.size(), RIDGE);
    regression.fit(table, vectors, STEPS);
    Projection projection = Projection.of(means(regression, pieces, table), DIMENSIONS);
    WeightsFile.Builder file =
        new EncoderFile(vocabulary, texts).build(table, regression.weights(), projection);
    file.note("recipe", "ridge %s, %d CG steps, start %s".formatted(RIDGE, STEPS, START));
    Files.write(Path.of(args[2]), file.build());
    System.out.println(WeightsFile.parse(file.build()).orThrow().checksum());
  }

  private static float[][] means(TokenRegression regression, int[][] pieces, float[][] table) {
    float[][] means = new float[Math.min(pieces.length, PROJECTED)][Teacher.DIMENSIONS];
    for (int i = 0; i < means.length; i++) {
      float[] shares = regression.shares(pieces[i]);
      for (int t = 0; t < shares.length; t++) {
        for (int d = 0; d < Teacher.DIMENSIONS; d++) {
          means[i][d] += shares[t] * table[pieces[i][t]][d];
        }
      }
    }
    return means;
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
