package io.github.linfhash.results.published;

import java.util.Arrays;
import java.util.Optional;

/** What is wrong with a printed number. */
public enum PublishedFlag {
    RECALL_F1_SWAPPED("recall-f1-swapped", "Recall and F1 fit the printed precision only when they change places."),
    PRECISION_AS_FRACTION(
            "precision-as-fraction", "Precision is printed as a fraction, while every other number is in percent."),
    RECALL_AS_FRACTION(
            "recall-as-fraction", "Recall is printed as a fraction, while every other number is in percent."),
    F1_AS_FRACTION("f1-as-fraction", "F1 is printed as a fraction, while every other number is in percent."),
    F1_NOT_HARMONIC_MEAN(
            "f1-not-harmonic-mean",
            "F1 is not the harmonic mean of the printed precision and recall, whatever was rounded off."),
    RECALL_ABOVE_LARGER_RADIUS(
            "recall-above-larger-radius",
            "Recall is larger than within the larger radius, which contains the smaller: impossible."),
    PRECISION_ABOVE_CEILING(
            "precision-above-ceiling",
            "Precision is above the share of queries that have anything relevant at all, as the table's other rows"
                    + " imply it."),
    SELF_MATCHES(
            "self-matches",
            "Several methods print the same numbers, as they do when queries are in the database and find themselves."),
    RANKING_AS_FRACTION(
            "ranking-as-fraction",
            "A mean over rankings is printed as a fraction, while every other number is in percent."),
    ABOVE_ANSWERABLE(
            "above-answerable",
            "The number is above the share of queries that have anything relevant: the others count zero."),
    OUT_OF_RANGE("out-of-range", "The number is outside 0 to 100 %.");

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

    /** What it says of a number, for people. */
    public String sentence() {
        return sentence;
    }

    /** The flag of a name in a data file. */
    public static Optional<PublishedFlag> of(String key) {
        return Arrays.stream(values()).filter(flag -> flag.key.equals(key)).findFirst();
    }
}
