package io.github.linfhash.reports.ranking;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.results.differences.ResultDifferences.DifferenceText;
import io.github.linfhash.results.differences.ResultDifferences.MethodDifferences;
import io.github.linfhash.results.differences.ResultDifferences.MetricDifference;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.QuantityText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The results of a submission as tables.
 *
 * @param name the name of its method
 * @param file the file of its results
 * @param evidence its results at the code lengths that are shown
 * @param baseline the results that it is compared with
 * @param metrics the metrics to show; the first ranks the summary
 */
public record SubmissionListing(
        String name, Path file, Evidence evidence, Optional<Baseline> baseline, List<Quantity> metrics) {
    public SubmissionListing {
        metrics = List.copyOf(metrics);
    }

    /** Results of other methods, and their file. */
    public record Baseline(Path file, Evidence evidence) {}

    /** Returns tables by name: {@code summary}, {@code metrics}, and with a baseline {@code against}. */
    public Map<String, Listing> tables() {
        List<MetricDifference> differences = baseline.map(
                        others -> MethodDifferences.of(evidence, name, others.evidence(), metrics))
                .orElse(List.of());
        Map<String, Listing> tables = new LinkedHashMap<>();
        tables.put("summary", summary(metrics.get(0), differences));
        tables.put("metrics", metricsTable());
        if (baseline.isPresent()) {
            tables.put(
                    "against",
                    Listing.of(differences)
                            .words("method", MetricDifference::method)
                            .number("bits", MetricDifference::bits)
                            .words("metric", one -> one.metric().key())
                            .number("method's", one -> Listing.number(DifferenceText.first(one)))
                            .number("submission's", one -> Listing.number(DifferenceText.second(one)))
                            .number("difference", one -> Listing.number(DifferenceText.difference(one)))
                            .number("p", one -> Listing.number(QuantityText.p(one.adjusted())))
                            .number("tests", MetricDifference::tests)
                            .number("seeds", MetricDifference::seeds));
        }
        return tables;
    }

    /** Returns the ranking by a metric, with the difference of the submission from each other method. */
    private Listing summary(Quantity metric, List<MetricDifference> differences) {
        List<SubmittedResults> given = new ArrayList<>();
        baseline.ifPresent(others -> given.add(given(others.file(), others.evidence())));
        given.add(given(file, evidence));
        List<Standing> standings = new ArrayList<>();
        for (Ranking ranking :
                Leaderboards.of(given, Map.of()).standings().get(0).rankings()) {
            if (!ranking.quantity().equals(metric)
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
                standings.add(new Standing(ranking.bits(), place, difference));
            }
        }
        Listing.OfRows<Standing> listing = Listing.of(standings)
                .number("bits", Standing::bits)
                .words("method", one -> one.place().participant().key())
                .number(
                        metric.key(),
                        one -> Listing.number(
                                DifferenceText.mean(metric, one.place().summary())))
                .number("seeds", one -> one.place().summary().n());
        return baseline.isEmpty()
                ? listing
                : listing.words(
                                "group",
                                one -> Listing.number(
                                        one.place().group() == 0
                                                ? ""
                                                : "g" + one.place().group()))
                        .number(
                                "p to best",
                                one -> Listing.number(QuantityText.p(one.place().p())))
                        .number("difference", one -> one.number(DifferenceText::difference))
                        .number("p", one -> one.number(difference -> QuantityText.p(difference.adjusted())))
                        .number("tests", one -> one.number(difference -> Integer.toString(difference.tests())));
    }

    /** A place in the ranking at a code length, and the difference of the submission from it. */
    private record Standing(int bits, Ranking.Place place, Optional<MetricDifference> difference) {
        @Nullable Object number(Function<MetricDifference, String> text) {
            return Listing.number(difference.map(text).orElse(""));
        }
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
            for (Quantity metric : metrics) {
                CellValues.summary(evidence, name, length, metric)
                        .ifPresent(summary -> listing.add(
                                length,
                                metric.key(),
                                Listing.number(DifferenceText.mean(metric, summary)),
                                summary.n()));
            }
        }
        return listing;
    }
}
