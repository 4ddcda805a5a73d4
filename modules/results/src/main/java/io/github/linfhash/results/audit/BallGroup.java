package io.github.linfhash.results.audit;

import io.github.linfhash.results.published.PrintedPercent;
import java.util.List;

/**
 * What is printed of one method's Hamming balls: precision, recall and F1, which constrain each other.
 *
 * @param method the row's name as printed
 * @param bits the code length N
 * @param radius the radius of the balls
 * @param precision the mean precision
 * @param recall the mean recall
 * @param f1 their harmonic mean
 */
record BallGroup(
        String method, int bits, int radius, PrintedPercent precision, PrintedPercent recall, PrintedPercent f1) {
    /** What messages call it. */
    String place() {
        return place(method, bits) + ", radius " + radius;
    }

    /** The keys of its metrics. */
    List<String> metrics() {
        return List.of("precision@" + radius, "recall@" + radius, "f1@" + radius);
    }

    /** What messages call a row at a code length; 0 where the table does not say it. */
    static String place(String method, int bits) {
        return bits == 0 ? method : method + ", " + bits + " bits";
    }

    /** Whether a value of precision and a value of recall within rounding have a harmonic mean that rounds to F1. */
    boolean isHarmonic() {
        return isHarmonic(Interval.of(precision), Interval.of(recall), Interval.of(f1));
    }

    static boolean isHarmonic(Interval precision, Interval recall, Interval f1) {
        return precision.harmonicMean(recall).overlaps(f1);
    }
}
