package io.github.linfhash.advisor.export;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.advisor.advice.Check;
import io.github.linfhash.advisor.advice.DriftProfile;
import io.github.linfhash.advisor.advice.DriftProfile.Interval;
import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.listings.Listing;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

    /** All numbers, as indented JSON that ends in a line break. */
    public static String json(Check check, FittedQuantizer quantizer) {
        ObjectNode json = new JsonMapper().createObjectNode().put("schema", SCHEMA);
        json.putObject("quantizer")
                .put("name", quantizer.name())
                .put("bytes", quantizer.bytes())
                .put("dimension", quantizer.dimension())
                .put("similarity", quantizer.similarity().name().toLowerCase(Locale.ROOT));
        DriftProfile.Found now = check.now().found();
        json.put("rows", check.rows())
                .put("queries", now.queries())
                .put("queriesDrawn", now.queriesDrawn())
                .put("neighbors", now.neighbors())
                .put("oversampling", check.oversampling());
        check.recallNow().forEach((factor, recall) -> {
            ObjectNode at = json.withObject("/recall").putObject(factor.toString());
            at.putObject("now")
                    .put("mean", recall.mean())
                    .put("low", recall.low())
                    .put("high", recall.high());
            check.recallFitted()
                    .map(fitted -> Objects.requireNonNull(fitted.get(factor)))
                    .ifPresent(fitted -> at.putObject("fitted")
                            .put("mean", fitted.mean())
                            .put("low", fitted.low())
                            .put("high", fitted.high()));
            check.differences()
                    .map(differences -> Objects.requireNonNull(differences.get(factor)))
                    .ifPresent(less -> at.putObject("difference")
                            .put("mean", less.mean())
                            .put("low", less.low())
                            .put("high", less.high()));
        });
        if (!check.obstacle().isEmpty()) {
            json.put("notCompared", check.obstacle());
        }
        check.drift()
                .ifPresent(drift -> json.putObject("drift")
                        .put("meanShift", drift.meanShift())
                        .put("byChance", drift.byChance())
                        .put("mostByChance", drift.mostByChance())
                        .put("normRatio", drift.normRatio())
                        .put("spreadRatio", drift.spreadRatio()));
        if (check.limits().leastRecall() != null) {
            json.put("minRecall", check.limits().leastRecall());
        }
        if (check.limits().mostShift() != null) {
            json.put("maxShift", check.limits().mostShift());
        }
        ArrayNode failed = json.putArray("failed");
        check.failed().forEach(part -> failed.add(part.name().toLowerCase(Locale.ROOT)));
        return StrictReader.toJson(json.put("passes", !check.fails()).put("verdict", check.verdict())) + "\n";
    }
}
