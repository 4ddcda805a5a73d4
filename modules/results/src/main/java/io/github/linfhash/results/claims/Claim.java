package io.github.linfhash.results.claims;

import static io.github.linfhash.io.binding.StrictReader.require;

import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.results.schema.Configuration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sentence of a publication that can be tested.
 *
 * @param id its name in the program
 * @param place where it stands
 * @param quotation a few of its words
 * @param sentence what it says, in our words
 * @param hypothesis what is tested, in terms of methods, metrics and code lengths
 * @param alternative what is true if the hypothesis is not
 * @param test how it is tested
 */
public record Claim(
        String id,
        String place,
        String quotation,
        String sentence,
        String hypothesis,
        String alternative,
        ClaimTest test) {
    private static final int LONGEST_QUOTATION = 80;

    /** @throws IllegalArgumentException if the id is no such name, or the quotation is more than a few words */
    public Claim {
        if (!id.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException("expected an id of lower case, digits and hyphens, found '" + id + "'");
        }
        if (quotation.length() > LONGEST_QUOTATION) {
            throw new IllegalArgumentException("expected a quotation of at most " + LONGEST_QUOTATION
                    + " characters, found " + quotation.length());
        }
    }

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

        /** The kind of a claim. */
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

        /** The scale on which differences are taken. */
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
    }

    /**
     * Whom a claim is about: a method or one of its variants, perhaps with certain values of some options.
     *
     * @param method the method's name
     * @param variant of a method that results have in several variants, the one that is meant; null for the variant that was tuned for the measure, or else
     *     {@value #DEFAULT_VARIANT}
     * @param options values by name of an option, as texts; null where any will do
     */
    public record ClaimSubject(
            String method,
            @Nullable String variant,
            @Nullable Map<String, String> options) {
        /** The variant that is meant where none is named. */
        public static final String DEFAULT_VARIANT = "tuned";

        /** A method with any options. */
        public static ClaimSubject of(String method) {
            return new ClaimSubject(method, null, null);
        }

        /** Returns the name in messages and tables where nothing is known of variants. */
        public String name() {
            return name(RunKey.entry(method, variant == null ? "" : variant));
        }

        /** Returns the given name, followed by the required options if there are any. */
        String name(String called) {
            return required().isEmpty()
                    ? called
                    : called
                            + required().entrySet().stream()
                                    .map(entry -> entry.getKey() + " " + entry.getValue())
                                    .collect(Collectors.joining(", ", " (", ")"));
        }

        boolean fits(Configuration summary, String meantVariant) {
            return summary.name().equals(method)
                    && (summary.variant().isEmpty() || summary.variant().equals(meantVariant))
                    && required().entrySet().stream()
                            .allMatch(entry -> summary.options().containsKey(entry.getKey())
                                    && String.valueOf(summary.options().get(entry.getKey()))
                                            .equals(entry.getValue()))
                    // An option that is another one at some length or with some seed is not the required one of the
                    // method.
                    && Collections.disjoint(summary.changing(), required().keySet());
        }

        /**
         * The variants that may be meant where the method has several, of which the first that is there counts.
         *
         * @param tuned the variant that was tuned for the measure; null where none is named
         */
        List<String> meantVariants(@Nullable String tuned) {
            return variant != null
                    ? List.of(variant)
                    : tuned != null ? List.of(tuned, DEFAULT_VARIANT) : List.of(DEFAULT_VARIANT);
        }

        Map<String, String> required() {
            return options == null ? Map.of() : new LinkedHashMap<>(options);
        }
    }
}
