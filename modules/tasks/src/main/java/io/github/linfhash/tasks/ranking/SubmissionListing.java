package io.github.linfhash.tasks.ranking;

import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.results.differences.ResultDifferences.DifferenceText;
import io.github.linfhash.results.differences.ResultDifferences.MethodDifferences;
import io.github.linfhash.results.differences.ResultDifferences.MetricDifference;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.NumberText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a submission as tables.
 *
 * @param name of its method
 * @param file of its results
 * @param evidence results of the code lengths that are shown
 * @param baseline the results that it is compared with
 * @param metrics to show, by key; the first ranks the summary
 */
public record SubmissionListing(
        String name, Path file, Evidence evidence, Optional<Baseline> baseline, List<String> metrics) {
    public SubmissionListing {
        metrics = List.copyOf(metrics);
    }

    /** Results of other methods, and their file. */
    public record Baseline(Path file, Evidence evidence) {}

    /** Tables by name: {@code summary}, {@code metrics}, and with a baseline {@code against}. */
    public Map<String, Listing> tables() {
        List<MetricDifference> differences = baseline.map(
                        others -> MethodDifferences.of(evidence, name, others.evidence(), metrics))
                .orElse(List.of());
        Map<String, Listing> tables = new LinkedHashMap<>();
        tables.put("summary", summary(metrics.get(0), differences));
        tables.put("metrics", metricsTable());
        if (baseline.isPresent()) {
            Listing tests = new Listing(
                    "method", "bits", "metric", "method's", "submission's", "difference", "p", "tests", "seeds");
            for (MetricDifference difference : differences) {
                List<String> cells = new ArrayList<>(List.of(difference.method()));
                cells.addAll(DifferenceText.cells(difference));
                cells.remove(cells.size() - 1);
                cells.add(cells.size() - 1, Integer.toString(difference.tests()));
                tests.add(numbers(cells, 0));
            }
            tables.put("against", tests);
        }
        return tables;
    }

    /** The ranking by one metric, as a site of these results has it; beside it how far the submission is from each. */
    private Listing summary(String metric, List<MetricDifference> differences) {
        List<SubmittedResults> given = new ArrayList<>();
        baseline.ifPresent(others -> given.add(given(others.file(), others.evidence())));
        given.add(given(file, evidence));
        Listing listing = baseline.isEmpty()
                ? new Listing("bits", "method", metric, "seeds")
                : new Listing("bits", "method", metric, "seeds", "group", "p to best", "difference", "p", "tests");
        for (Ranking ranking :
                Leaderboards.of(given, Map.of()).standings().get(0).rankings()) {
            if (!ranking.quantity().key().equals(metric)
                    || !evidence.results().protocol().bits().contains(ranking.bits())) {
                continue;
            }
            for (Ranking.Place place : ranking.places()) {
                RankedConfiguration participant = place.participant();
                Optional<MetricDifference> difference = differences.stream()
                        .filter(one -> !participant.given().file().equals(file)
                                && one.method().equals(participant.method().entry())
                                && one.bits() == ranking.bits()
                                && one.metric().equals(metric))
                        .findFirst();
                List<String> cells = new ArrayList<>(List.of(
                        Integer.toString(ranking.bits()),
                        participant.key(),
                        DifferenceText.mean(metric, place.summary()),
                        Integer.toString(place.summary().n())));
                if (baseline.isPresent()) {
                    cells.addAll(List.of(
                            place.group() == 0 ? "" : "g" + place.group(),
                            NumberText.p(place.p()),
                            difference.map(DifferenceText::difference).orElse(""),
                            difference.map(one -> NumberText.p(one.adjusted())).orElse(""),
                            difference.map(one -> Integer.toString(one.tests())).orElse("")));
                }
                listing.add(numbers(cells, 1));
            }
        }
        return listing;
    }

    /** The cells, numbers as such, except for the name of the method. */
    private static List<@Nullable Object> numbers(List<String> cells, int method) {
        List<@Nullable Object> numbers = new ArrayList<>();
        for (int c = 0; c < cells.size(); c++) {
            numbers.add(c == method ? cells.get(c) : Listing.number(cells.get(c)));
        }
        return numbers;
    }

    private static SubmittedResults given(Path file, Evidence evidence) {
        String folder = String.valueOf(
                Objects.requireNonNull(file.toAbsolutePath().normalize().getParent())
                        .getFileName());
        return new SubmittedResults(
                file, folder, evidence.results(), Optional.empty(), Optional.empty(), evidence.queries());
    }

    private Listing metricsTable() {
        Listing listing = new Listing("bits", "metric", "mean", "seeds");
        for (int length : evidence.results().protocol().bits()) {
            for (String metric : metrics) {
                CellValues.summary(evidence, name, length, metric)
                        .ifPresent(summary -> listing.add(
                                length, metric, Listing.number(DifferenceText.mean(metric, summary)), summary.n()));
            }
        }
        return listing;
    }
}
