package dev.ockham.distil;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/** The sentence encoder being distilled: mean of its last hidden states, normalised. */
final class Teacher implements AutoCloseable {
  static final int DIMENSIONS = 384;
  private static final long BEGIN = 101;
  private static final long END = 102;

  private final OrtEnvironment environment;
  private final OrtSession session;

  Teacher(byte[] onnx) throws OrtException {
    environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    session = environment.createSession(onnx, options);
  }

  /** One text at a time: dynamic quantisation would let the neighbours of a batch change its vector. */
  void encode(int[] pieces, int count, float[] out) throws OrtException {
    int length = count + 2;
    long[] ids = new long[length];
    long[] ones = new long[length];
    for (int i = 0; i < count; i++) {
      ids[i + 1] = pieces[i];
    }
    ids[0] = BEGIN;
    ids[length - 1] = END;
    java.util.Arrays.fill(ones, 1);
    long[] shape = {1, length};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[length]), shape);
        OrtSession.Result result =
            session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      mean(((OnnxTensor) result.get(0)).getFloatBuffer(), length, out);
    }
  }

  private static void mean(FloatBuffer states, int length, float[] out) {
    double norm = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      double sum = 0;
      for (int t = 0; t < length; t++) {
        sum += states.get(t * DIMENSIONS + d);
      }
      out[d] = (float) sum;
      norm += sum * sum;
    }
    float scale = (float) (1 / Math.sqrt(norm));
    for (int d = 0; d < DIMENSIONS; d++) {
      out[d] *= scale;
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
