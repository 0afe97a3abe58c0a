package dev.ockham.route;

/**
 * What the score trades: dollars for a good answer against dollars spent.
 *
 * @param dollarsPerGoodAnswer what one good answer is worth; the higher, the dearer the models
 *     chosen
 */
public record Objective(double dollarsPerGoodAnswer) {}
