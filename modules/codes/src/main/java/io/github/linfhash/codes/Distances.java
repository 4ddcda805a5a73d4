package io.github.linfhash.codes;

/** Estimated distances from one query to codes that lie in memory. */
@FunctionalInterface
public interface Distances {
    /**
     * The estimated distance to a code: a smaller one is nearer. Values order the codes for one query; they are in no unit that two
     * quantizers share, and may be negative.
     */
    float to(int code);
}
