package dev.ockham.lab;

import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.AskKinds;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.WeightsFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The weights inside the jar. Each call reads them anew: keep what it returns. */
public final class ShippedWeights {
  private ShippedWeights() {}

  /** The token table that all shipped ability weights belong to. */
  public static Encoder encoder() {
    return Encoder.load(file("/dev/ockham/learn/encoder.bin")).orThrow();
  }

  /**
   * What is known of models and asks before any traffic; clean of every benchmark and of the demo's
   * questions.
   */
  public static AbilityModel prior(Encoder encoder) {
    return AbilityModel.load(file("/dev/ockham/learn/prior.bin"), encoder).orThrow();
  }

  /** What tells the kinds of asks apart before any traffic; clean of every benchmark. */
  public static AskKinds asks(Encoder encoder) {
    return AskKinds.load(file("/dev/ockham/learn/asks.bin"), encoder).orThrow();
  }

  /** Trained on the demo's own training part: for the demo only. */
  public static AbilityModel demo(Encoder encoder) {
    return AbilityModel.load(file("/dev/ockham/demo/demo.bin"), encoder).orThrow();
  }

  static WeightsFile file(String resource) {
    try (InputStream in = ShippedWeights.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its resource " + resource);
      }
      return WeightsFile.parse(in.readAllBytes()).orThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("The program's resource " + resource + " cannot be read", e);
    }
  }
}
