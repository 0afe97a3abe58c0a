package dev.ockham.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Mean cost against mean quality of some ways of choosing, and their non-decreasing concave hull:
 * what mixing them at random reaches.
 */
record CostCurve(List<Point> points) {
  /** One way of choosing: mean cost a row, mean quality. */
  record Point(double cost, double quality) {}

  public CostCurve {
    points = List.copyOf(points);
  }

  /** From the cheapest point upwards, never falling, never bending upwards. */
  List<Point> hull() {
    List<Point> sorted =
        points.stream()
            .sorted(
                Comparator.comparingDouble(Point::cost)
                    .thenComparing(Comparator.comparingDouble(Point::quality).reversed()))
            .toList();
    List<Point> hull = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (Point point : sorted) {
      if (point.quality() <= best) {
        continue;
      }
      best = point.quality();
      while (hull.size() >= 2 && bends(hull.get(hull.size() - 2), hull.getLast(), point)) {
        hull.removeLast();
      }
      hull.add(point);
    }
    return hull;
  }

  private static boolean bends(Point a, Point b, Point c) {
    return (b.quality() - a.quality()) * (c.cost() - a.cost())
        <= (c.quality() - a.quality()) * (b.cost() - a.cost());
  }

  /** The mean height of the hull between two costs; flat to the right of its last point. */
  double meanHeight(double from, double to) {
    List<Point> hull = hull();
    if (to <= from) {
      return height(hull, to);
    }
    double area = 0;
    double at = from;
    for (Point point : hull) {
      double next = Math.clamp(point.cost(), at, to);
      area += (next - at) * (height(hull, at) + height(hull, next)) / 2;
      at = next;
    }
    return (area + (to - at) * height(hull, to)) / (to - from);
  }

  /** The mean height of the hull over the costs that it spans itself (RouterBench's AIQ). */
  double ownMeanHeight() {
    List<Point> hull = hull();
    return meanHeight(hull.getFirst().cost(), hull.getLast().cost());
  }

  /** The height of the hull at a cost. */
  double heightAt(double cost) {
    return height(hull(), cost);
  }

  /** Left of the first point its own height: what is cheaper is not worse by definition. */
  private static double height(List<Point> hull, double cost) {
    if (cost <= hull.getFirst().cost()) {
      return hull.getFirst().quality();
    }
    for (int i = 1; i < hull.size(); i++) {
      Point b = hull.get(i);
      if (cost <= b.cost()) {
        Point a = hull.get(i - 1);
        return a.quality()
            + (b.quality() - a.quality()) * (cost - a.cost()) / (b.cost() - a.cost());
      }
    }
    return hull.getLast().quality();
  }
}
