package dev.ockham.provider;

import dev.ockham.provider.Balancer.Member;
import java.util.List;

/**
 * How likely each deployment of a model is to get the next call. The share of one is its weight,
 * divided by what is under way there per weight, times the square of how fast it begins to answer
 * beside the fastest. Those that are slow keep a little, by which it is seen when they get well.
 */
final class Shares {
  private static final double LEAST = 0.01;

  private final double[] shares;

  /**
   * @param lastResort includes those that were left out as outliers
   */
  Shares(List<Member> members, boolean streamed, long now, boolean lastResort) {
    shares = new double[members.size()];
    Health.Look[] looks = new Health.Look[members.size()];
    double fastest = Double.MAX_VALUE;
    for (int i = 0; i < looks.length; i++) {
      looks[i] = members.get(i).health().look(now, streamed);
      if (looks[i].admits() && looks[i].samples() > 0) {
        fastest = Math.min(fastest, looks[i].latency());
      }
    }
    for (int i = 0; i < looks.length; i++) {
      if (looks[i].admits() && (lastResort || !looks[i].ejected())) {
        shares[i] = share(looks[i], members.get(i).deployment().weight(), fastest);
      }
    }
  }

  private static double share(Health.Look look, int weight, double fastest) {
    double speed = look.samples() == 0 || look.latency() == 0 ? 1 : fastest / look.latency();
    double load = 1 + (double) look.inFlight() / weight;
    return weight * Math.max(LEAST, speed * speed) / load;
  }

  void leaveOut(int which) {
    shares[which] = 0;
  }

  /**
   * Draws one by its share; −1 where none is left.
   *
   * @param chance in [0, 1)
   */
  int draw(double chance) {
    double total = 0;
    for (double share : shares) {
      total += share;
    }
    double left = chance * total;
    int last = -1;
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0) {
        last = i;
        left -= shares[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }
}
