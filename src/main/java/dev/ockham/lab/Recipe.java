package dev.ockham.lab;

import java.util.List;

/**
 * The settings of training, chosen once on folds of training data and then left alone.
 *
 * @param headPenalty ridge penalty per row of the heads that predict quality
 * @param lengthPenalty ridge penalty per row of the heads that predict answer lengths
 * @param domainPenalty ridge penalty per row of the head that predicts the domain
 * @param domainSharpness how decidedly the domain is told from its scores
 * @param prototypes the groups of prototypes
 * @param blend the shares of domain table, prototypes and ridge head
 */
record Recipe(
    double headPenalty,
    double lengthPenalty,
    double domainPenalty,
    double domainSharpness,
    List<Group> prototypes,
    List<Double> blend) {

  /**
   * So many centres, told apart so sharply, each average shrunk to the mean by so many rows' worth.
   */
  record Group(int count, double sharpness, double shrinkage) {}

  /** What the shipped weights are made with. */
  static Recipe standard() {
    Group coarse = new Group(64, 20, 10);
    return new Recipe(
        0.02,
        0.02,
        0.002,
        8,
        List.of(coarse, coarse, coarse, new Group(256, 25, 10)),
        List.of(0.3, 0.3, 0.4));
  }

  Recipe withPrototypes(List<Group> groups) {
    return new Recipe(headPenalty, lengthPenalty, domainPenalty, domainSharpness, groups, blend);
  }
}
