package io.github.linfhash.baselines.pairs;

/**
 * A threshold on a real value, and how well it separates.
 *
 * @param value T; the bit is 1 above it
 * @param gain the sum of the gains of the pairs that it separates
 */
public record Threshold(float value, double gain) {}
