package io.github.linfhash.reports.audit;

import io.github.linfhash.reports.published.PublishedFlag;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that is wrong with printed numbers.
 *
 * @param flag what
 * @param method the row's name as printed
 * @param bits the code length N
 * @param radius the radius of the Hamming balls
 * @param sentence what was found, with the numbers that show it
 * @param corrected what would be right, as fractions by metric key; empty where nothing follows from the rest
 */
public record Finding(
        PublishedFlag flag, String method, int bits, int radius, String sentence, Map<String, Double> corrected) {
    public Finding {
        corrected = Collections.unmodifiableMap(new LinkedHashMap<>(corrected));
    }

    /** The keys of the metrics that the finding is about. */
    public List<String> metrics() {
        return List.of("precision@" + radius, "recall@" + radius, "f1@" + radius);
    }

    static Finding of(PublishedFlag flag, BallGroup group, String sentence) {
        return of(flag, group, sentence, Map.of());
    }

    static Finding of(PublishedFlag flag, BallGroup group, String sentence, Map<String, Double> corrected) {
        return new Finding(
                flag, group.method(), group.bits(), group.radius(), group.place() + ": " + sentence, corrected);
    }
}
