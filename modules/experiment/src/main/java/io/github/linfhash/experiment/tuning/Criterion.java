package io.github.linfhash.experiment.tuning;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The criteria by which configurations are ranked; higher is better for each. */
public enum Criterion {
    /** Mean average precision, as a mean over trainings. */
    MAP(StandardMetrics.MAP),
    /** Precision within Hamming radius 2, as it is to be expected in the protocol's database. */
    PRECISION_2(StandardMetrics.PRECISION_2),
    /** Recall within Hamming radius 2, of all held-out pairs together. */
    RECALL_2(StandardMetrics.RECALL_2),
    /** Precision at Hamming radius 0, as it is to be expected in the protocol's database. */
    PRECISION_0(StandardMetrics.PRECISION_0),
    /** The share of the nearest float neighbors among as many best ones by code, as a mean over trainings; no label is looked at. */
    NEIGHBOR_RECALL(StandardMetrics.NEIGHBOR_RECALLS.get(0));

    private final String key;

    Criterion(Metric metric) {
        this(metric.quantity());
    }

    Criterion(Quantity quantity) {
        key = quantity.key();
    }

    /** The key, as results have it. */
    @JsonValue
    public String key() {
        return key;
    }

    /**
     * The criterion of a key.
     *
     * @throws IllegalArgumentException if there is none
     */
    @JsonCreator
    public static Criterion of(String key) {
        return Arrays.stream(values())
                .filter(criterion -> criterion.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + Arrays.stream(values()).map(Criterion::key).collect(Collectors.joining(", ")) + ", found '"
                        + key + "'"));
    }

    /**
     * The value of a configuration.
     *
     * @param database rows of the protocol's database
     */
    double of(TrialResult measured, int database) {
        return switch (this) {
            case MAP -> measured.map();
            case PRECISION_2 -> measured.within2().precision(database);
            case RECALL_2 -> measured.within2().recall();
            case PRECISION_0 -> measured.within0().precision(database);
            case NEIGHBOR_RECALL -> measured.neighborRecall();
        };
    }
}
