package io.github.linfhash.advisor.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.Diagnosis;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.advisor.advice.Targets;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.io.binding.StrictReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Advice as JSON of the schema {@value #SCHEMA}; docs/schemas has it, docs/quantizers-reference.md describes it. */
public final class AdviceJson {
    static final String SCHEMA = "linfhash-advice/2";

    /** Leaves out what is null. The keys are in the order of the components. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .build();

    private AdviceJson() {}

    /** Returns a record as indented JSON that ends in a line break. */
    public static String text(Record report) {
        return StrictReader.toJson(JSON.valueToTree(report)) + "\n";
    }

    private record Report(
            @JsonUnwrapped Head head,
            List<Row> answer,
            @Nullable Today today,
            List<String> notes,
            List<String> leftOut,
            List<Advice.Refused> refused,
            Advice.@Nullable Screening screening,
            List<Long> seeds,
            List<Measured> quantizers,
            List<Advised> advice) {}

    private record Head(
            String schema,
            Vectors vectors,
            int neighbors,
            @Nullable String engine,
            @Nullable Quality floats,
            Advice.@Nullable Judged judgments) {}

    private record Vectors(
            @JsonUnwrapped Advice.Sample sample,
            Similarity similarity,
            @JsonUnwrapped Diagnosis.Duplicates duplicates,
            Advice.@Nullable Origin origin,
            @JsonUnwrapped Advice.Skipped skipped,
            Diagnosis.Lengths lengths,
            @JsonUnwrapped Diagnosis.Shape shape) {}

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

    private record Today(
            String quantizer,
            int bytes,
            long memoryBytes,
            @Nullable Long indexBytes) {
        static Today of(Advice advice, EngineSnippet paste) {
            AdviceListing listing = new AdviceListing(advice, paste);
            OptionalDouble index = listing.today();
            return new Today(
                    paste.vectors(),
                    Float.BYTES * advice.sample().dimension(),
                    Math.round(listing.floatBytes()),
                    index.isPresent() ? Math.round(index.getAsDouble()) : null);
        }
    }

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

    private record Measured(
            @JsonUnwrapped QuantizerResult.Code code,
            @JsonUnwrapped Means recall,
            @Nullable Means predicted,
            Means choosing,
            @Nullable Map<String, Means> rescored,
            QuantizerResult.@Nullable Seen fitted,
            @Nullable Map<Integer, Double> recallOfSampledQueries,
            @JsonUnwrapped @Nullable Quality quality,
            @JsonUnwrapped QuantizerResult.Effort effort) {}

    private record Quality(
            @Nullable Double map,
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
    public record Means(Map<Integer, Double> recall, Map<Integer, List<Double>> interval) {
        /** Returns the means of recalls, and their intervals. */
        public static Means of(Map<Integer, CrossedMean> recalls) {
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

    /**
     * Returns all measurements, and the advice for each target.
     *
     * @param paste what the user of an engine pastes, for the choices; null without an engine
     */
    public static String of(Advice advice, @Nullable EngineSnippet paste) {
        AdviceSentences sentences = new AdviceSentences(advice);
        Advice.Judged judged = advice.judged();
        Diagnosis found = advice.diagnosis();
        return text(new Report(
                new Head(
                        SCHEMA,
                        new Vectors(
                                advice.sample(),
                                advice.question().similarity(),
                                found.duplicates(),
                                advice.origin(),
                                advice.unmeasured().skipped(),
                                found.lengths(),
                                found.shape()),
                        advice.question().neighbors(),
                        paste == null ? null : paste.engine().toString(),
                        Quality.of(advice.labels(), judged == null ? null : judged.floats()),
                        judged),
                advice.answer().stream().map(row -> row(advice, row, paste)).toList(),
                paste == null ? null : Today.of(advice, paste),
                Stream.concat(paste == null ? Stream.of() : paste.notes().stream(), sentences.notes().stream())
                        .toList(),
                advice.unmeasured().leftOut(),
                advice.unmeasured().refused(),
                advice.unmeasured().screening(),
                advice.question().seeds(),
                advice.quantizers().stream().map(AdviceJson::measured).toList(),
                advice.question().targets().stream()
                        .map(target -> advised(advice, advice.target(target), sentences, paste))
                        .toList()));
    }

    private static Measured measured(QuantizerResult measured) {
        QuantizerResult.Recalls predicted = measured.predicted();
        Map<String, Means> rescored = new LinkedHashMap<>();
        measured.rescored()
                .forEach(one -> rescored.put(one.from(), Means.of(one.recall().all())));
        return new Measured(
                measured.code(),
                Means.of(measured.recall().all()),
                predicted == null ? null : Means.of(predicted.all()),
                Means.of(measured.expected().choosing()),
                rescored.isEmpty() ? null : rescored,
                measured.seen(),
                measured.ofSampled(),
                Quality.of(measured.labels(), measured.gain()),
                measured.effort());
    }

    private static Row row(Advice advice, Targets.AnswerRow row, @Nullable EngineSnippet paste) {
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
                new AdviceListing(advice, paste).command(row.choice()).orElse(null));
    }

    private static @Nullable Integer number(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    private static Chosen chosen(Advice advice, Targets.Choice choice) {
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
            Advice advice, Targets.Target target, AdviceSentences sentences, @Nullable EngineSnippet paste) {
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
