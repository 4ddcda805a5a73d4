package io.github.linfhash.results.published;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A defect of a published number. */
public enum PublishedFlag {
    RECALL_F1_SWAPPED("recall-f1-swapped", "Recall and F1 fit the published precision only if they are swapped."),
    PRECISION_AS_FRACTION(
            "precision-as-fraction", "Precision is published as a fraction, but all other numbers are in percent."),
    RECALL_AS_FRACTION(
            "recall-as-fraction", "Recall is published as a fraction, but all other numbers are in percent."),
    F1_AS_FRACTION("f1-as-fraction", "F1 is published as a fraction, but all other numbers are in percent."),
    F1_NOT_HARMONIC_MEAN(
            "f1-not-harmonic-mean",
            "F1 is not the harmonic mean of the published precision and recall, for any rounding."),
    RECALL_ABOVE_LARGER_RADIUS(
            "recall-above-larger-radius", "Recall is larger than within a larger radius, which is impossible."),
    PRECISION_ABOVE_CEILING(
            "precision-above-ceiling",
            "Precision is above the share of queries with any relevant item, as implied by the other rows of the"
                    + " table."),
    SELF_MATCHES(
            "self-matches",
            "Several methods have the same numbers, which happens if the queries are in the database and find themselves."),
    RANKING_AS_FRACTION(
            "ranking-as-fraction",
            "A mean over rankings is published as a fraction, but all other numbers are in percent."),
    ABOVE_ANSWERABLE(
            "above-answerable",
            "The number is above the share of queries with any relevant item. The other queries count as zero."),
    OUT_OF_RANGE("out-of-range", "The number is outside 0 to 100%.");

    private final String key;
    private final String sentence;

    PublishedFlag(String key, String sentence) {
        this.key = key;
        this.sentence = sentence;
    }

    /** Its name in data files. */
    public String key() {
        return key;
    }

    /** Returns its meaning as a sentence for people. */
    public String sentence() {
        return sentence;
    }

    /** The names of all flags, after commas. */
    static String keys() {
        return Arrays.stream(values()).map(PublishedFlag::key).collect(Collectors.joining(", "));
    }

    /** The flag of a name in a data file. */
    public static Optional<PublishedFlag> of(String key) {
        return Arrays.stream(values()).filter(flag -> flag.key.equals(key)).findFirst();
    }
}
