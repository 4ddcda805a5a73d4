package io.github.linfhash.data.manifest;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.data.vectors.LabeledFeatures;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is known of a data set's most frequent labels.
 *
 * @param rows how many rows carry at least one of them
 * @param counts how many rows carry each, by name, the most frequent first
 */
public record FrequentLabels(int rows, Map<String, Integer> counts) {
    public FrequentLabels {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        if (rows < 1 || counts.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected at least 1 row and the count of 1 label, found " + rows + " and " + counts.size());
        }
    }

    /**
     * Counts as many of the most frequent labels in some data.
     *
     * @return sentences that name the counts and say whether they are as expected
     * @throws InputException if they are not, and the data are not synthetic
     */
    List<String> compare(LabeledFeatures data, String title) {
        FrequentLabels found =
                count(data, Math.min(counts.size(), data.labelNames().size()));
        boolean same =
                rows == found.rows && List.copyOf(counts.entrySet()).equals(List.copyOf(found.counts.entrySet()));
        if (!same && !data.synthetic()) {
            throw new InputException(
                    "the labels are not those of " + title + ": expected " + this + ", found " + found);
        }
        String verdict = same ? "as expected" : "unlike " + title + ": not its rows, or not all of them";
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%,d of %,d rows carry at least one of the %d most frequent labels (%s)",
                        found.rows,
                        data.labels().size(),
                        found.counts.size(),
                        verdict),
                "The most frequent labels: " + found.shown() + " (" + verdict + ")");
    }

    private static FrequentLabels count(LabeledFeatures data, int most) {
        LabelSets sets = (LabelSets) data.labels();
        int[] frequent = sets.mostFrequent(most);
        int[] all = sets.counts();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int label : frequent) {
            counts.put(data.labelNames().get(label), all[label]);
        }
        LabelSets kept = sets.keep(frequent);
        int carrying = (int) IntStream.range(0, kept.size())
                .filter(row -> kept.count(row) > 0)
                .count();
        return new FrequentLabels(carrying, counts);
    }

    private String shown() {
        return counts.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return rows + " rows with one of " + shown();
    }
}
