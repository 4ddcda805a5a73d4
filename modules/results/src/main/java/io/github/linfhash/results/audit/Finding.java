package io.github.linfhash.results.audit;

import io.github.linfhash.results.published.PublishedFlag;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Something that is wrong with published numbers.
 *
 * @param flag what
 * @param method the row's name as published
 * @param bits the code length N; 0 where the table does not say
 * @param metrics the keys of the metrics that the finding is about
 * @param sentence what was found, with the numbers that show it
 * @param arithmetic why: what the published digits may stand for, and what follows
 * @param corrected what would be right, as fractions by metric key; empty where nothing follows from the rest
 */
public record Finding(
        PublishedFlag flag,
        String method,
        int bits,
        List<String> metrics,
        String sentence,
        String arithmetic,
        Map<String, Double> corrected) {
    public Finding {
        metrics = List.copyOf(metrics);
        corrected = Collections.unmodifiableMap(new TreeMap<>(corrected));
    }

    /** Returns the corrected value of a metric, as a fraction; empty if it does not follow from the rest. */
    public Optional<Double> corrected(String metric) {
        return Optional.ofNullable(corrected.get(metric));
    }
}
