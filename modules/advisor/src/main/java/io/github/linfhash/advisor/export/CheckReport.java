package io.github.linfhash.advisor.export;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.linfhash.advisor.advice.Check;
import io.github.linfhash.advisor.advice.DriftProfile;
import io.github.linfhash.advisor.advice.DriftProfile.Interval;
import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.io.listings.Listing;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The check of a fitted quantizer on vectors of today, as text or as JSON of the schema {@value #SCHEMA}. */
public final class CheckReport {
    private static final String SCHEMA = "linfhash-check/1";

    private CheckReport() {}

    /** Tables of recall and drift, and the verdict. */
    public static String text(Check check) {
        DriftProfile.Found now = check.now().found();
        Optional<Map<Integer, Interval>> fitted = check.recallFitted();
        Optional<Map<Integer, Check.Difference>> differences = check.differences();
        Listing recall = fitted.isPresent()
                ? new Listing("oversampling", "recall@" + now.neighbors() + " now", "when fitted", "difference")
                : new Listing("oversampling", "recall@" + now.neighbors() + " now");
        check.recallNow().forEach((factor, interval) -> {
            if (fitted.isPresent()) {
                Check.Difference less =
                        Objects.requireNonNull(differences.orElseThrow().get(factor));
                recall.add(
                        factor + "x",
                        shown(interval),
                        shown(Objects.requireNonNull(fitted.get().get(factor))),
                        format("%+.3f (%+.3f to %+.3f)", less.mean(), less.low(), less.high()));
            } else {
                recall.add(factor + "x", shown(interval));
            }
        });
        StringBuilder text = new StringBuilder(recall.text());
        text.append(format(
                "Among %d vectors, over %d queries%s; 95%% intervals in brackets.%n",
                check.rows(), now.queries(), now.queriesDrawn() ? " sampled from them" : ""));
        if (!check.obstacle().isEmpty()) {
            text.append("Not compared with the recall when fitted: ")
                    .append(check.obstacle())
                    .append(".\n");
        }
        check.drift().ifPresent(drift -> {
            Listing moved = new Listing("drift", "");
            moved.add(
                    "distance of the means",
                    format(
                            "%.3f standard deviations of the vectors (by chance: %.3f, more than %.3f in one of 1,000 cases)",
                            drift.meanShift(), drift.byChance(), drift.mostByChance()));
            moved.add("mean norm", format("%.3f times that when fitted", drift.normRatio()));
            moved.add("standard deviation", format("%.3f times that when fitted", drift.spreadRatio()));
            text.append('\n').append(moved.text());
        });
        return text.append('\n').append(check.verdict()).append('\n').toString();
    }

    private static String shown(Interval recall) {
        return format("%.3f (%.3f to %.3f)", recall.mean(), recall.low(), recall.high());
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values).replace(System.lineSeparator(), "\n");
    }

    private record Report(
            String schema,
            Fitted quantizer,
            @JsonUnwrapped Among among,
            Map<Integer, At> recall,
            @Nullable String notCompared,
            Check.@Nullable Drift drift,
            @JsonUnwrapped Check.Limits limits,
            @JsonUnwrapped Outcome outcome) {}

    private record Fitted(String name, int bytes, int dimension, String similarity) {}

    private record Among(int rows, int queries, boolean queriesDrawn, int neighbors, int oversampling) {}

    private record At(Interval now, @Nullable Interval fitted, Check.@Nullable Difference difference) {}

    private record Outcome(List<String> failed, boolean passes, String verdict) {}

    /** Returns all numbers, as indented JSON that ends in a line break. */
    public static String json(Check check, Quantizer quantizer) {
        DriftProfile.Found now = check.now().found();
        Map<Integer, At> recall = new TreeMap<>();
        check.recallNow()
                .forEach((factor, interval) -> recall.put(
                        factor,
                        new At(
                                interval,
                                check.recallFitted()
                                        .map(fitted -> fitted.get(factor))
                                        .orElse(null),
                                check.differences()
                                        .map(differences -> differences.get(factor))
                                        .orElse(null))));
        return AdviceJson.text(new Report(
                SCHEMA,
                new Fitted(
                        quantizer.name(),
                        quantizer.bytes(),
                        quantizer.dimension(),
                        quantizer.similarity().name().toLowerCase(Locale.ROOT)),
                new Among(check.rows(), now.queries(), now.queriesDrawn(), now.neighbors(), check.oversampling()),
                recall,
                check.obstacle().isEmpty() ? null : check.obstacle(),
                check.drift().orElse(null),
                check.limits(),
                new Outcome(
                        check.failed().stream()
                                .map(part -> part.name().toLowerCase(Locale.ROOT))
                                .toList(),
                        !check.fails(),
                        check.verdict())));
    }
}
