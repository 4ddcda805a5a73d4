package io.github.linfhash.advisor.export;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.AnswerRow;
import io.github.linfhash.advisor.advice.Diagnosis;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.advisor.engine.EngineSnippet;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.io.binding.StrictReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Advice as JSON of the schema {@value #SCHEMA}; docs/schemas has it, docs/quantizers-reference.md describes it. */
public final class AdviceJson {
    static final String SCHEMA = "linfhash-advice/2";

    private AdviceJson() {}

    /**
     * All that was measured, and the advice for each target, as indented JSON that ends in a line break.
     *
     * @param paste what the user of an engine pastes, for the choices; null without an engine
     */
    public static String of(Advice advice, @Nullable EngineSnippet paste) {
        ObjectNode json = new JsonMapper().createObjectNode().put("schema", SCHEMA);
        addVectors(json.putObject("vectors"), advice);
        json.put("neighbors", advice.neighbors());
        if (paste != null) {
            json.put("engine", paste.engine().name().toLowerCase(Locale.ROOT));
        }
        Advice.Judged judged = advice.judged();
        if (advice.floats() != null) {
            add(json.withObject("/floats"), advice.floats());
        }
        if (judged != null) {
            add(json.withObject("/floats"), judged.floats());
            json.putObject("judgments")
                    .put("queries", judged.queries())
                    .put("queriesLeftOut", advice.queries() - judged.queries())
                    .put("ofOtherQueries", judged.ofOtherQueries())
                    .put("ofOtherVectors", judged.ofOtherRows());
        }
        ArrayNode answer = json.putArray("answer");
        advice.answer().forEach(row -> add(answer.addObject(), advice, row, paste));
        ArrayNode notes = json.putArray("notes");
        if (paste != null) {
            paste.notes().forEach(notes::add);
        }
        advice.notes().forEach(notes::add);
        ArrayNode leftOut = json.putArray("leftOut");
        advice.leftOut().forEach(leftOut::add);
        ArrayNode refused = json.putArray("refused");
        advice.refused()
                .forEach(one -> refused.addObject()
                        .put("name", one.name())
                        .put("options", Advice.options(one.options()))
                        .put("reason", one.reason()));
        Advice.Screening screening = advice.screening();
        if (screening != null) {
            ObjectNode screened =
                    json.putObject("screening").put("rows", screening.rows()).put("queries", screening.queries());
            ArrayNode dropped = screened.putArray("dropped");
            screening.dropped().forEach(one -> {
                ObjectNode named = dropped.addObject().put("name", one.name());
                addOptions(named, one.options());
                ObjectNode recall = named.put("bytes", one.bytes()).putObject("recall");
                one.recall().forEach((factor, mean) -> recall.put(factor.toString(), mean));
            });
        }
        ArrayNode seeds = json.putArray("seeds");
        advice.seeds().forEach(seeds::add);
        ArrayNode quantizers = json.putArray("quantizers");
        advice.quantizers().forEach(measured -> add(quantizers.addObject(), measured));
        ArrayNode targets = json.putArray("advice");
        for (double target : Advice.TARGETS) {
            ObjectNode one = targets.addObject();
            add(one, advice, advice.target(target));
            if (paste != null) {
                one.put("paste", paste.lines(advice, advice.target(target)));
            }
        }
        return StrictReader.toJson(json) + "\n";
    }

    private static void addVectors(ObjectNode json, Advice advice) {
        Diagnosis found = advice.diagnosis();
        json.put("rows", advice.rows())
                .put("trainingRows", advice.training())
                .put("givenRows", advice.givenRows())
                .put("predictedRows", advice.predictedRows())
                .put("dimension", advice.dimension())
                .put("queries", advice.queries())
                .put("queriesDrawn", advice.drawn())
                .put("similarity", advice.similarity().name().toLowerCase(Locale.ROOT))
                .put("exactDuplicatesOfQueries", found.exactDuplicates())
                .put("nearDuplicatesOfQueries", found.nearDuplicates())
                .put("copies", found.copies())
                .put("groupedQueries", found.grouped())
                .put("inGroups", found.inGroups());
        Advice.Origin origin = advice.origin();
        if (origin != null) {
            json.putObject("origin")
                    .put("medianDistance", origin.given())
                    .put("medianDistanceOfSampled", origin.sampled())
                    .put("p", origin.p())
                    .put("elsewhere", origin.elsewhere());
        }
        addSkipped(json, "skippedVectors", advice.skipped().vectors());
        addSkipped(json, "skippedQueries", advice.skipped().queries());
        ArrayNode lengths = json.putArray("lengths");
        lengths.add(found.leastLength()).add(found.meanLength()).add(found.greatestLength());
        json.put("centering", found.centering())
                .put("flatness", found.flatness())
                .put("isotropy", found.isotropy())
                .put("largestHub", found.largestHub());
        if (Double.isNaN(found.intrinsicDimension())) {
            json.putNull("intrinsicDimension");
        } else {
            json.put("intrinsicDimension", found.intrinsicDimension());
        }
    }

    private static void addSkipped(ObjectNode json, String name, List<Integer> rows) {
        if (!rows.isEmpty()) {
            ArrayNode array = json.putArray(name);
            rows.forEach(array::add);
        }
    }

    private static void add(ObjectNode json, QuantizerResult measured) {
        json.put("name", measured.name());
        addOptions(json, measured.options());
        json.put("bytes", measured.bytes())
                .put("modelBytes", measured.modelBytes())
                .put("ofNewVectors", measured.learned());
        add(json, measured.recall().all());
        if (measured.predicted() != null) {
            add(json.putObject("predicted"), measured.predicted().all());
        }
        add(json.putObject("choosing"), measured.expected().choosing());
        for (QuantizerResult.Rescored one : measured.rescored()) {
            add(json.withObject("/rescored").putObject(one.from()), one.recall().all());
        }
        QuantizerResult.Seen seen = measured.seen();
        if (seen != null) {
            ObjectNode compared = json.putObject("fitted");
            addMeans(compared.putObject("recallOfSeen"), seen.seen());
            addMeans(compared.putObject("recallOfNew"), seen.fresh());
        }
        if (measured.ofSampled() != null) {
            addMeans(json.putObject("recallOfSampledQueries"), measured.ofSampled());
        }
        if (measured.labels() != null) {
            add(json, measured.labels());
        }
        if (measured.gain() != null) {
            add(json, measured.gain());
        }
        json.put("seeds", measured.seeds())
                .put("nanosPerDistance", measured.nanosPerDistance())
                .put("trainSeconds", measured.trainSeconds())
                .put("encodeSeconds", measured.encodeSeconds());
    }

    private static void addMeans(ObjectNode json, Map<Integer, Double> means) {
        means.forEach((factor, mean) -> json.put(factor.toString(), mean));
    }

    /** Adds {@code options}, by name. */
    static void addOptions(ObjectNode json, Record options) {
        ObjectNode named = json.putObject("options");
        for (OptionEntry option : OptionEntry.of(options)) {
            named.putPOJO(Advice.shortName(option), value(option.value()));
        }
    }

    /** Adds what was measured at each oversampling, and its interval. */
    static void add(ObjectNode json, Map<Integer, CrossedMean> recalls) {
        ObjectNode recall = json.putObject("recall");
        ObjectNode intervals = json.putObject("interval");
        recalls.forEach((factor, interval) -> {
            recall.put(factor.toString(), interval.mean());
            intervals.putArray(factor.toString()).add(interval.low()).add(interval.high());
        });
    }

    private static void add(ObjectNode json, QuantizerResult.Labeled labels) {
        json.put(StandardMetrics.MAP.key(), labels.map().mean());
        json.putArray("mapInterval").add(labels.map().low()).add(labels.map().high());
        json.put("precision10", labels.precision().mean());
        json.putArray("precision10Interval")
                .add(labels.precision().low())
                .add(labels.precision().high());
    }

    private static void add(ObjectNode json, CrossedMean gain) {
        json.put("ndcg10", gain.mean());
        json.putArray("ndcg10Interval").add(gain.low()).add(gain.high());
    }

    private static @Nullable Object value(@Nullable Object option) {
        return option instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : option;
    }

    private static void add(ObjectNode json, Advice advice, AnswerRow row, @Nullable EngineSnippet paste) {
        if (row.target().isPresent()) {
            json.put("target", row.target().getAsDouble());
        }
        json.put("reached", row.reached());
        if (row.target().isPresent() && !row.reached()) {
            advice.neededQueries(row.target().getAsDouble()).ifPresent(needed -> json.put("neededQueries", needed));
        }
        add(json, advice, row.choice());
        json.put("timesSmaller", row.timesSmaller()).put("memoryBytes", Math.round(row.memoryBytes()));
        if (paste != null && paste.countsIndex()) {
            json.put("indexBytes", Math.round(paste.indexBytes(advice, row.choice())));
        }
        ArrayNode rescoring = json.putArray("rescoring");
        for (AnswerRow.Rescoring one : row.rescoring()) {
            ObjectNode kept = rescoring
                    .addObject()
                    .put("from", one.from())
                    .put("bytes", one.bytes())
                    .put("bytesReadPerQuery", one.readBytes())
                    .put("recall", one.recall().mean());
            kept.putArray("interval").add(one.recall().low()).add(one.recall().high());
            kept.put("reached", one.reached());
        }
        AnswerTable.command(advice, row).ifPresent(command -> json.put("command", command));
    }

    private static void add(ObjectNode json, Advice advice, Advice.Target target) {
        json.put("target", target.target()).put("reached", target.choice().isPresent());
        if (advice.ofPart()) {
            json.put("reachedAmongPredicted", target.reached());
        }
        advice.neededQueries(target.target()).ifPresent(needed -> json.put("neededQueries", needed));
        add(json, advice, target.nearest());
        ArrayNode alternatives = json.putArray("alternatives");
        target.alternatives().forEach(choice -> add(alternatives.addObject(), advice, choice));
        json.put("sentence", advice.sentence(target.target()));
    }

    private static void add(ObjectNode json, Advice advice, Advice.Choice choice) {
        json.put("quantizer", choice.quantizer().name())
                .put("options", Advice.options(choice.quantizer().options()))
                .put("bytes", choice.quantizer().bytes())
                .put("bytesWithModel", choice.quantizer().bytesAt(advice.givenRows()))
                .put("oversampling", choice.oversampling())
                .put("recall", choice.recall().mean());
        json.putArray("interval").add(choice.recall().low()).add(choice.recall().high());
        json.put("rescoredPerQuery", advice.rescoredCodes(choice));
    }
}
