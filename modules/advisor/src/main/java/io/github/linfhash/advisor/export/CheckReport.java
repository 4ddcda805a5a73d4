package io.github.linfhash.advisor.export;

import static io.github.linfhash.advisor.export.AdviceSentences.format;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.linfhash.advisor.advice.Check;
import io.github.linfhash.advisor.advice.DriftProfile;
import io.github.linfhash.advisor.advice.DriftProfile.Interval;
import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The check of a fitted quantizer on vectors of today, as text or as JSON of the schema {@value #SCHEMA}. */
public final class CheckReport {
    private static final String SCHEMA = "linfhash-check/1";

    private CheckReport() {}

    /** Returns tables of recall and drift, and the verdict. */
    public static String text(Check check) {
        DriftProfile.Found now = check.now().found();
        String first = "recall@" + now.neighbors() + " now";
        Listing recall = check.recallFitted().isPresent()
                ? new Listing("oversampling", first, "when fitted", "difference, points")
                : new Listing("oversampling", first);
        recall(check).forEach((factor, at) -> {
            List<String> cells = new ArrayList<>(List.of(factor + "x", shown(at.now)));
            if (at.fitted != null && at.difference != null) {
                cells.add(shown(at.fitted));
                cells.add(format(
                        "%+.1f (%+.1f to %+.1f)",
                        100 * at.difference.mean(), 100 * at.difference.low(), 100 * at.difference.high()));
            }
            recall.add(cells);
        });
        StringBuilder text = new StringBuilder(recall.text());
        text.append(format(
                "Among %d vectors, over %d queries%s; 95%% intervals in brackets.\n",
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
        return Percent.of(recall.mean(), recall.low(), recall.high());
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

    private record Fitted(String name, int bytes, int dimension, Similarity similarity) {}

    private record Among(int rows, int queries, boolean queriesDrawn, int neighbors, int oversampling) {}

    private record At(Interval now, @Nullable Interval fitted, Check.@Nullable Difference difference) {}

    private record Outcome(Set<Check.Part> failed, boolean passes, String verdict) {}

    private static Map<Integer, At> recall(Check check) {
        Map<Integer, At> recall = new TreeMap<>();
        Map<Integer, Interval> fitted = check.recallFitted().orElse(Map.of());
        Map<Integer, Check.Difference> differences = check.differences().orElse(Map.of());
        check.recallNow()
                .forEach((factor, now) -> recall.put(factor, new At(now, fitted.get(factor), differences.get(factor))));
        return recall;
    }

    /** Returns all numbers, as indented JSON that ends in a line break. */
    public static String json(Check check, FittedQuantizer quantizer) {
        DriftProfile.Found now = check.now().found();
        return AdviceJson.text(new Report(
                SCHEMA,
                new Fitted(quantizer.name(), quantizer.bytes(), quantizer.dimension(), quantizer.similarity()),
                new Among(check.rows(), now.queries(), now.queriesDrawn(), now.neighbors(), check.oversampling()),
                recall(check),
                check.obstacle().isEmpty() ? null : check.obstacle(),
                check.drift().orElse(null),
                check.limits(),
                new Outcome(check.failed(), !check.fails(), check.verdict())));
    }
}
