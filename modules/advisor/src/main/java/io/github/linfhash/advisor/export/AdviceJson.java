package io.github.linfhash.advisor.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.AnswerRow;
import io.github.linfhash.advisor.advice.Choice;
import io.github.linfhash.advisor.advice.Diagnosis;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.advisor.advice.Sample;
import io.github.linfhash.advisor.advice.Target;
import io.github.linfhash.advisor.advice.Targets;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.io.binding.StrictReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Advice as JSON of the schema {@value #SCHEMA}; docs/schemas has it, docs/quantizers-reference.md describes it. */
public final class AdviceJson {
    static final String SCHEMA = "linfhash-advice/2";

    /** Leaves out what is null. The keys are in the order of the components. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private AdviceJson() {}

    /** Returns a record as indented JSON that ends in a line break. */
    static String text(Record report) {
        return StrictReader.toJson(JSON.valueToTree(report)) + "\n";
    }

    private record Report(
            @JsonUnwrapped Head head,
            List<Row> answer,
            List<String> notes,
            List<String> leftOut,
            List<Refused> refused,
            @Nullable Screening screening,
            List<Long> seeds,
            List<Measured> quantizers,
            List<Advised> advice) {}

    private record Head(
            String schema,
            Vectors vectors,
            int neighbors,
            @Nullable String engine,
            @Nullable Quality floats,
            @Nullable Judgments judgments) {}

    private record Judgments(int queries, int queriesLeftOut, int ofOtherQueries, int ofOtherVectors) {}

    private record Vectors(
            @JsonUnwrapped Sample sample,
            String similarity,
            @JsonUnwrapped Diagnosis.Duplicates duplicates,
            boolean inGroups,
            @Nullable Origin origin,
            @Nullable List<Integer> skippedVectors,
            @Nullable List<Integer> skippedQueries,
            List<Double> lengths,
            @JsonUnwrapped Shape shape) {}

    private record Origin(double medianDistance, double medianDistanceOfSampled, double p, boolean elsewhere) {}

    private record Shape(
            double centering,
            double flatness,
            double isotropy,
            double largestHub,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            Double intrinsicDimension) {}

    private record Row(
            @Nullable Double target,
            boolean reached,
            @Nullable Integer neededQueries,
            @JsonUnwrapped Chosen choice,
            double timesSmaller,
            long memoryBytes,
            @Nullable Long indexBytes,
            List<Rescoring> rescoring,
            @Nullable String command) {}

    private record Chosen(
            String quantizer,
            String options,
            int bytes,
            double bytesWithModel,
            int oversampling,
            @JsonUnwrapped Mean recall,
            long rescoredPerQuery) {}

    private record Mean(double recall, List<Double> interval) {
        static Mean of(CrossedMean mean) {
            return new Mean(mean.mean(), AdviceJson.interval(mean));
        }
    }

    private record Rescoring(
            String from,
            int bytes,
            long bytesReadPerQuery,
            @JsonUnwrapped Mean recall,
            boolean reached) {}

    private record Refused(String name, String options, String reason) {}

    private record Screening(int rows, int queries, List<Dropped> dropped) {}

    private record Dropped(String name, ObjectNode options, int bytes, Map<Integer, Double> recall) {}

    private record Measured(
            @JsonUnwrapped Code code,
            @JsonUnwrapped Means recall,
            @Nullable Means predicted,
            Means choosing,
            @Nullable Map<String, Means> rescored,
            @Nullable Fitted fitted,
            @Nullable Map<Integer, Double> recallOfSampledQueries,
            @JsonUnwrapped @Nullable Quality quality,
            @JsonUnwrapped QuantizerResult.Effort effort) {}

    private record Code(String name, ObjectNode options, int bytes, long modelBytes, boolean ofNewVectors) {}

    private record Fitted(Map<Integer, Double> recallOfSeen, Map<Integer, Double> recallOfNew) {}

    private record Quality(
            @JsonProperty("map") @Nullable Double map,
            @Nullable List<Double> mapInterval,
            @Nullable Double precision10,
            @Nullable List<Double> precision10Interval,
            @Nullable Double ndcg10,
            @Nullable List<Double> ndcg10Interval) {
        static @Nullable Quality of(QuantizerResult.@Nullable Labeled labels, @Nullable CrossedMean gain) {
            return labels == null && gain == null
                    ? null
                    : new Quality(
                            labels == null ? null : labels.map().mean(),
                            labels == null ? null : interval(labels.map()),
                            labels == null ? null : labels.precision().mean(),
                            labels == null ? null : interval(labels.precision()),
                            gain == null ? null : gain.mean(),
                            gain == null ? null : interval(gain));
        }
    }

    private record Advised(
            double target,
            boolean reached,
            @Nullable Boolean reachedAmongPredicted,
            @Nullable Integer neededQueries,
            @JsonUnwrapped Chosen choice,
            List<Chosen> alternatives,
            String sentence,
            @Nullable String paste) {}

    /**
     * Means at each oversampling.
     *
     * @param interval of 95%: the lower and the upper end
     */
    record Means(Map<Integer, Double> recall, Map<Integer, List<Double>> interval) {
        static Means of(Map<Integer, CrossedMean> recalls) {
            Map<Integer, Double> means = new TreeMap<>();
            Map<Integer, List<Double>> intervals = new TreeMap<>();
            recalls.forEach((factor, mean) -> {
                means.put(factor, mean.mean());
                intervals.put(factor, AdviceJson.interval(mean));
            });
            return new Means(means, intervals);
        }
    }

    private static List<Double> interval(CrossedMean mean) {
        return List.of(mean.low(), mean.high());
    }

    /** Returns options by name. */
    static ObjectNode options(Record options) {
        ObjectNode named = JSON.createObjectNode();
        for (OptionEntry option : OptionEntry.of(options)) {
            named.putPOJO(
                    option.shortName(),
                    option.value() instanceof Enum<?> constant
                            ? constant.name().toLowerCase(Locale.ROOT)
                            : option.value());
        }
        return named;
    }

    /**
     * Returns all measurements, and the advice for each target.
     *
     * @param paste what the user of an engine pastes, for the choices; null without an engine
     */
    public static String of(Advice advice, @Nullable EngineSnippet paste) {
        AdviceSentences sentences = new AdviceSentences(advice);
        Advice.Judged judged = advice.fullPrecision().judged();
        Advice.Screening screening = advice.unmeasured().screening();
        return text(new Report(
                new Head(
                        SCHEMA,
                        vectors(advice),
                        advice.question().neighbors(),
                        paste == null ? null : paste.engine().name().toLowerCase(Locale.ROOT),
                        Quality.of(advice.fullPrecision().labels(), judged == null ? null : judged.floats()),
                        judged == null
                                ? null
                                : new Judgments(
                                        judged.queries(),
                                        advice.sample().queries() - judged.queries(),
                                        judged.ofOtherQueries(),
                                        judged.ofOtherRows())),
                advice.answer().stream().map(row -> row(advice, row, paste)).toList(),
                Stream.concat(paste == null ? Stream.of() : paste.notes().stream(), sentences.notes().stream())
                        .toList(),
                advice.unmeasured().leftOut(),
                advice.unmeasured().refused().stream()
                        .map(one -> new Refused(one.name(), OptionEntry.words(one.options()), one.reason()))
                        .toList(),
                screening == null
                        ? null
                        : new Screening(
                                screening.rows(),
                                screening.queries(),
                                screening.dropped().stream()
                                        .map(one -> new Dropped(
                                                one.name(), options(one.options()), one.bytes(), one.recall()))
                                        .toList()),
                advice.question().seeds(),
                advice.quantizers().stream().map(AdviceJson::measured).toList(),
                Advice.TARGETS.stream()
                        .map(target -> advised(advice, advice.target(target), sentences, paste))
                        .toList()));
    }

    private static Vectors vectors(Advice advice) {
        Diagnosis found = advice.diagnosis();
        Advice.Origin origin = advice.origin();
        Advice.Skipped skipped = advice.unmeasured().skipped();
        Diagnosis.Shape shape = found.shape();
        return new Vectors(
                advice.sample(),
                advice.question().similarity().name().toLowerCase(Locale.ROOT),
                found.duplicates(),
                found.duplicates().inGroups(),
                origin == null ? null : new Origin(origin.given(), origin.sampled(), origin.p(), origin.elsewhere()),
                skipped.vectors().isEmpty() ? null : skipped.vectors(),
                skipped.queries().isEmpty() ? null : skipped.queries(),
                List.of(
                        found.lengths().least(),
                        found.lengths().mean(),
                        found.lengths().greatest()),
                new Shape(
                        shape.centering(),
                        shape.flatness(),
                        shape.isotropy(),
                        shape.largestHub(),
                        Double.isNaN(shape.intrinsicDimension()) ? null : shape.intrinsicDimension()));
    }

    private static Measured measured(QuantizerResult measured) {
        QuantizerResult.Code code = measured.code();
        QuantizerResult.Seen seen = measured.seen();
        Map<String, Means> rescored = new LinkedHashMap<>();
        measured.rescored()
                .forEach(one -> rescored.put(one.from(), Means.of(one.recall().all())));
        return new Measured(
                new Code(code.name(), options(code.options()), code.bytes(), code.modelBytes(), code.learned()),
                Means.of(measured.recall().all()),
                measured.predicted() == null
                        ? null
                        : Means.of(measured.predicted().all()),
                Means.of(measured.expected().choosing()),
                rescored.isEmpty() ? null : rescored,
                seen == null ? null : new Fitted(seen.seen(), seen.fresh()),
                measured.ofSampled(),
                Quality.of(measured.labels(), measured.gain()),
                measured.effort());
    }

    private static Row row(Advice advice, AnswerRow row, @Nullable EngineSnippet paste) {
        Double target = row.target().isPresent() ? row.target().getAsDouble() : null;
        return new Row(
                target,
                row.reached(),
                target == null || row.reached()
                        ? null
                        : number(advice.target(target).neededQueries()),
                chosen(advice, row.choice()),
                row.timesSmaller(),
                Math.round(row.memoryBytes()),
                paste == null || !paste.countsIndex() ? null : Math.round(paste.indexBytes(advice, row.choice())),
                row.rescoring().stream()
                        .map(one -> new Rescoring(
                                one.from(), one.bytes(), one.readBytes(), Mean.of(one.recall()), one.reached()))
                        .toList(),
                AnswerTable.command(advice, row).orElse(null));
    }

    private static @Nullable Integer number(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    private static Chosen chosen(Advice advice, Choice choice) {
        QuantizerResult quantizer = choice.quantizer();
        return new Chosen(
                quantizer.name(),
                OptionEntry.words(quantizer.options()),
                quantizer.bytes(),
                quantizer.bytesAt(advice.sample().givenRows()),
                choice.oversampling(),
                Mean.of(choice.recall()),
                new Targets(advice).rescoredCodes(choice));
    }

    private static Advised advised(
            Advice advice, Target target, AdviceSentences sentences, @Nullable EngineSnippet paste) {
        return new Advised(
                target.target(),
                target.choice().isPresent(),
                advice.sample().ofPart() ? target.reached() : null,
                number(target.neededQueries()),
                chosen(advice, target.nearest()),
                target.alternatives().stream()
                        .map(choice -> chosen(advice, choice))
                        .toList(),
                sentences.target(target.target()),
                paste == null ? null : paste.lines(advice, target));
    }
}
