package io.github.linfhash.results.claims;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a claim is tested. Each measure at each code length is a case; a case holds if its subject is beyond all others,
 * and the claim holds if the stated share of cases does.
 *
 * @param kind what is claimed of the subject
 * @param subject whom the claim is about
 * @param others whom it is compared with; none for {@link Kind#DECREASING}
 * @param measures keys of metrics, or {@code NAME@end}, the last value of a training curve; of {@link Kind#DECREASING},
 *     names of training curves
 * @param share of the cases that have to hold, from 0 to 1; 0 stands for at least one
 * @param scale what differences are taken of; linear where it is not stated
 * @param margin how far beyond the others the subject is claimed to be, in units of the scale; 0 where it is not stated
 */
public record ClaimTest(
        Kind kind,
        ClaimSubject subject,
        List<ClaimSubject> others,
        List<String> measures,
        double share,
        @Nullable Scale scale,
        @Nullable Double margin) {

    /** What is claimed. */
    public enum Kind {
        /** The subject's measure is the higher one. */
        HIGHER,
        /** The subject's measure is the lower one. */
        LOWER,
        /** The subject leads at the smallest code length, and the lead falls as codes become longer. */
        VANISHING,
        /** A curve of the subject's training falls from epoch to epoch. */
        DECREASING
    }

    /** What differences are taken of. */
    public enum Scale {
        /** The measures themselves. */
        LINEAR,
        /** Their decimal logarithms: a difference of 1 is an order of magnitude. */
        LOG10
    }

    /** @throws IllegalArgumentException if there is nothing to measure, nobody to compare with, or a number is outside its range */
    public ClaimTest {
        others = List.copyOf(others);
        measures = List.copyOf(measures);
        require(!measures.isEmpty(), "expected at least one measure, found none");
        require(
                others.isEmpty() == (kind == Kind.DECREASING),
                "expected others to compare with, and none for a trend, found " + others.size());
        require(share >= 0 && share <= 1, "expected a share from 0 to 1, found " + share);
        require(
                margin == null || (margin >= 0 && Double.isFinite(margin)),
                "expected a margin of at least 0, found " + margin);
    }

    /** The value on the scale. */
    double scaled(double value) {
        return scale == Scale.LOG10 ? Math.log10(value) : value;
    }

    /** The margin, signed as the subject's differences from the others are claimed to be. */
    double signedMargin() {
        double size = margin == null ? 0 : margin;
        return kind == Kind.LOWER ? -size : size;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
