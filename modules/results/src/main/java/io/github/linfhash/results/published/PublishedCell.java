package io.github.linfhash.results.published;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * One number of a printed table.
 *
 * @param method the row's name as printed
 * @param bits the code length N
 * @param metric our key of the metric
 * @param printed the number
 * @param flags what is wrong with it, if anything
 */
public record PublishedCell(String method, int bits, String metric, PrintedPercent printed, Set<PublishedFlag> flags) {
    public PublishedCell {
        EnumSet<PublishedFlag> copy = EnumSet.noneOf(PublishedFlag.class);
        copy.addAll(flags);
        flags = Collections.unmodifiableSet(copy);
    }

    /** The number as a fraction within 0..1. */
    public double fraction() {
        return printed.fraction();
    }
}
