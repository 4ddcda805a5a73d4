package io.github.linfhash.reports.tables;

import java.util.OptionalDouble;

/**
 * A number measured with several seeds.
 *
 * @param mean the arithmetic mean
 * @param spread the sample standard deviation (n - 1 in the denominator); empty for a single seed
 * @param n how many seeds
 */
public record Summary(double mean, OptionalDouble spread, int n) {}
