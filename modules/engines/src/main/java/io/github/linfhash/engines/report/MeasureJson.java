package io.github.linfhash.engines.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.engines.measure.Filtered;
import io.github.linfhash.engines.measure.Growth;
import io.github.linfhash.engines.measure.IndexSpec;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.Measurement.Answer;
import io.github.linfhash.engines.measure.Measurement.Measured;
import io.github.linfhash.io.binding.StrictReader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A measurement as JSON of the schema {@value #SCHEMA}, which docs/schemas describes. */
public final class MeasureJson {
    /** The name and version of the schema. */
    public static final String SCHEMA = "linfhash-measure/1";

    private static final double GIGA = 1e9;
    private static final JsonMapper MAPPER = new JsonMapper();

    private MeasureJson() {}

    /**
     * All that was measured, and the answers, as indented JSON that ends in a line break.
     *
     * @param price of a gigabyte of memory; null for none
     */
    public static String of(Measurement measurement, @Nullable Double price) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("schema", SCHEMA)
                .put("engine", measurement.server().name().toString());
        ObjectNode server = json.putObject("server");
        measurement.server().versions().forEach(server::put);
        Measurement.Vectors vectors = measurement.vectors();
        json.putObject("vectors")
                .put("rows", vectors.rows())
                .put("dimension", vectors.dimension())
                .put("similarity", vectors.similarity().name().toLowerCase(Locale.ROOT))
                .put("choosingQueries", vectors.choosing())
                .put("reportingQueries", vectors.reporting())
                .put("queriesDrawn", vectors.sampled());
        json.put("neighbors", vectors.neighbors())
                .put("seed", vectors.seed())
                .put("seconds", measurement.seconds())
                .put("complete", measurement.complete());
        ArrayNode answers = json.putArray("answers");
        for (Answer answer : measurement.answers()) {
            ObjectNode one = answers.addObject();
            one.put("target", answer.target()).put("reached", answer.reached());
            add(one, answer.measured());
            add(one, answer.recall());
            one.put("builds", answer.builds())
                    .put("create", measurement.create(answer))
                    .put("search", measurement.search(answer));
            if (price != null) {
                one.put("price", price * answer.measured().indexBytes() / GIGA);
            }
            if (answer.growth() != null) {
                add(one.putObject("growth"), answer.growth(), price);
            }
        }
        ArrayNode settings = json.putArray("settings");
        measurement.settings().forEach(measured -> {
            ObjectNode one = settings.addObject();
            add(one, measured);
            add(one, measured.recall());
        });
        if (!measurement.filters().isEmpty()) {
            ArrayNode filters = json.putArray("filters");
            measurement.filters().forEach(one -> add(filters.addObject(), one));
            Filtered.exactWinsFrom(measurement.filters(), measurement.hardest())
                    .ifPresent(selectivity -> json.put("exactWinsFrom", selectivity));
            ArrayNode unreached = json.putArray("noIndexReaches");
            Filtered.unreached(measurement.filters(), measurement.hardest()).forEach(unreached::add);
        }
        ArrayNode leftOut = json.putArray("leftOut");
        measurement.leftOut().forEach(leftOut::add);
        return StrictReader.toJson(json) + "\n";
    }

    private static void add(ObjectNode json, Growth growth, @Nullable Double price) {
        json.put("databaseSize", growth.databaseSize());
        ArrayNode sizes = json.putArray("sizes");
        growth.sizes().forEach(size -> {
            ObjectNode one = sizes.addObject().put("rows", size.rows());
            Growth.Needed needed = size.needed();
            if (needed != null) {
                one.put("effort", needed.effort()).put("candidates", needed.candidates());
            }
            one.put("indexBytes", size.indexBytes());
        });
        if (!growth.refused().isEmpty()) {
            json.put("refused", growth.refused().strip());
        }
        add(json, "effort", growth.effort());
        add(json, "candidates", growth.candidates());
        add(json, "indexBytes", growth.indexBytes());
        if (price != null && growth.indexBytes() != null) {
            json.put("price", price * growth.indexBytes().value() / GIGA);
        }
    }

    private static void add(ObjectNode json, String name, Growth.@Nullable Predicted predicted) {
        if (predicted != null) {
            ObjectNode one = json.putObject(name).put("value", predicted.value());
            one.putArray("interval").add(predicted.low()).add(predicted.high());
        }
    }

    private static void add(ObjectNode json, Filtered filtered) {
        json.put("method", filtered.method());
        if (filtered.iterativeScan() != null) {
            json.put("iterativeScan", filtered.iterativeScan());
        }
        json.put("selectivity", filtered.selectivity()).put("queries", filtered.queries());
        add(json, filtered.recall());
        if (filtered.worstGroup() != null) {
            json.put("worstGroup", filtered.worstGroup());
        }
        json.put("worstTenth", filtered.worstTenth())
                .put("rowsReturned", filtered.returned())
                .put("rowsWanted", filtered.wanted())
                .put("p50Millis", filtered.p50())
                .put("p95Millis", filtered.p95());
    }

    private static void add(ObjectNode json, CrossedMean recall) {
        json.put("recall", recall.mean());
        json.putArray("interval").add(recall.low()).add(recall.high());
    }

    private static void add(ObjectNode json, Measured measured) {
        IndexSpec index = measured.setting().index();
        json.put("type", index.type().toString());
        index.numbers(measured.setting().effort()).forEach((key, value) -> json.set(key, MAPPER.valueToTree(value)));
        json.put("candidates", measured.setting().candidates())
                .put("choosingRecall", measured.choosing().mean())
                .put("indexBytes", measured.indexBytes())
                .put("heapBytes", measured.heapBytes())
                .put("buildSeconds", measured.buildSeconds())
                .put("p50Millis", measured.p50())
                .put("p95Millis", measured.p95())
                .put("queriesPerSecond", measured.perSecond())
                .put("clients", measured.clients())
                .put("queriesPerSecondOfClients", measured.perSecondOfAll());
        if (measured.plan() != null) {
            json.put("buildMemoryBytes", measured.buildMemory())
                    .put("builtInMemory", measured.inMemory())
                    .put("blocksHit", measured.plan().hit())
                    .put("blocksRead", measured.plan().read())
                    .put("indexUsed", measured.plan().usesIndex());
        }
        json.putObject("loss").put("code", measured.codeLoss()).put("graph", measured.graphLoss());
    }
}
