package io.github.linfhash.engines.watch;

/**
 * An interval of a mean of numbers from 0 to 1.
 *
 * @param mean of the numbers
 * @param low the lower end
 * @param high the upper end
 * @param count how many numbers there are
 */
public record Interval(double mean, double low, double high, long count) {}
