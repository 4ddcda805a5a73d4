package io.github.linfhash.engines.report;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.linfhash.advisor.export.AdviceJson;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.engines.measure.Filtered;
import io.github.linfhash.engines.measure.GraphOrScan;
import io.github.linfhash.engines.measure.Growth;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.Measurement.Answer;
import io.github.linfhash.engines.measure.Measurement.Measured;
import io.github.linfhash.engines.measure.OperatingPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A measurement as JSON of the schema {@value #SCHEMA}, which docs/schemas describes. */
public final class MeasureJson {
    /** The name and version of the schema. */
    public static final String SCHEMA = "linfhash-measure/1";

    private static final double GIGA = 1e9;

    private MeasureJson() {}

    private record Report(
            @JsonUnwrapped Head head,
            List<Chosen> answers,
            List<Point> settings,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Search> filters,
            @Nullable Double exactWinsFrom,
            @Nullable List<Double> noIndexReaches,
            @Nullable GraphOrScan graphOrScan,
            List<String> leftOut) {}

    private record Head(
            String schema,
            String engine,
            Map<String, String> server,
            Vectors vectors,
            int neighbors,
            long seed,
            double seconds,
            boolean complete) {}

    private record Vectors(
            long rows,
            int dimension,
            Similarity similarity,
            int choosingQueries,
            int reportingQueries,
            boolean queriesDrawn) {}

    private record Mean(double recall, List<Double> interval) {
        static Mean of(CrossedMean mean) {
            return new Mean(mean.mean(), List.of(mean.low(), mean.high()));
        }
    }

    private record Chosen(
            double target,
            boolean reached,
            @JsonUnwrapped Numbers numbers,
            @JsonUnwrapped Mean recall,
            int builds,
            String create,
            String search,
            @Nullable Double price,
            @Nullable Grown growth) {}

    private record Point(
            @JsonUnwrapped Numbers numbers, @JsonUnwrapped Mean recall) {}

    /** The numbers of an operating point but its recall. Parameters and the effort have keys of their own. */
    private record Numbers(
            String type,
            @JsonAnyGetter Map<String, Object> values,
            int candidates,
            double choosingRecall,
            @JsonUnwrapped Size size,
            @JsonUnwrapped Speed speed,
            @JsonUnwrapped @Nullable OfServer server,
            @Nullable Loss loss,
            @Nullable Double distanceRatio) {
        static Numbers of(Measured one) {
            Measurement.Plan plan = one.plan();
            Measurement.Losses losses = one.losses();
            return new Numbers(
                    one.type().name(),
                    parameters(one.point()),
                    one.point().candidates(),
                    one.choosing().mean(),
                    new Size(
                            one.indexBytes(),
                            one.built().heapBytes(),
                            one.built().seconds()),
                    new Speed(
                            one.latency().p50(),
                            one.latency().p95(),
                            one.latency().perSecond(),
                            one.clients().clients(),
                            one.perSecondOfAll()),
                    plan == null
                            ? null
                            : new OfServer(
                                    one.built().memory(),
                                    one.built().inMemory(),
                                    plan.hit(),
                                    plan.read(),
                                    plan.usesIndex()),
                    losses == null ? null : new Loss(losses.code(), losses.index()),
                    one.distanceRatio());
        }
    }

    private record Size(long indexBytes, long heapBytes, double buildSeconds) {}

    private record Speed(
            double p50Millis,
            double p95Millis,
            double queriesPerSecond,
            int clients,
            double queriesPerSecondOfClients) {}

    private record OfServer(
            long buildMemoryBytes, boolean builtInMemory, double blocksHit, double blocksRead, boolean indexUsed) {}

    private record Loss(double code, double graph) {}

    private record Search(
            String method,
            @Nullable String iterativeScan,
            double selectivity,
            int queries,
            @JsonUnwrapped Mean recall,
            @Nullable Double worstGroup,
            double worstTenth,
            @JsonUnwrapped Returned returned) {}

    private record Returned(double rowsReturned, double rowsWanted, double p50Millis, double p95Millis) {}

    private record Grown(
            long databaseSize,
            List<Part> sizes,
            @Nullable String refused,
            @Nullable Predicted effort,
            @Nullable Predicted candidates,
            @Nullable Predicted indexBytes,
            @Nullable Double price) {}

    private record Part(
            int rows, @Nullable Double effort, @Nullable Double candidates, long indexBytes) {}

    private record Predicted(double value, List<Double> interval) {
        static @Nullable Predicted of(Growth.@Nullable Predicted number) {
            return number == null ? null : new Predicted(number.value(), List.of(number.low(), number.high()));
        }
    }

    /**
     * All that was measured, and the answers, as indented JSON that ends in a line break.
     *
     * @param price of a gigabyte of memory; null for none
     */
    public static String of(Measurement measurement, @Nullable Double price) {
        Measurement.Vectors vectors = measurement.vectors();
        List<Filtered> filters = measurement.filters().all();
        return AdviceJson.text(new Report(
                new Head(
                        SCHEMA,
                        measurement.server().name(),
                        measurement.server().versions(),
                        new Vectors(
                                vectors.rows(),
                                vectors.dimension(),
                                vectors.similarity(),
                                vectors.choosing(),
                                vectors.reporting(),
                                vectors.sampled()),
                        vectors.neighbors(),
                        vectors.seed(),
                        measurement.seconds(),
                        measurement.complete()),
                measurement.answers().stream().map(one -> chosen(one, price)).toList(),
                measurement.points().stream()
                        .map(one -> new Point(Numbers.of(one), Mean.of(one.recall())))
                        .toList(),
                filters.stream().map(MeasureJson::search).toList(),
                filters.isEmpty() ? null : boxed(Filtered.exactWinsFrom(filters, measurement.hardest())),
                filters.isEmpty() ? null : Filtered.unreached(filters, measurement.hardest()),
                GraphOrScan.of(measurement).orElse(null),
                measurement.leftOut()));
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    /** The parameters of a build and the effort by their keys. */
    static Map<String, Object> parameters(OperatingPoint point) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (IndexType.Parameter one : point.index().type().parameters()) {
            int value = point.index().parameter(one.name());
            values.put(one.key(), one.flag() ? (Object) (value == 1) : (Object) value);
        }
        IndexType.Parameter effort = point.index().type().effort();
        if (effort != null) {
            values.put(effort.key(), point.effort());
        }
        return values;
    }

    private static Chosen chosen(Answer answer, @Nullable Double price) {
        Growth growth = answer.growth();
        return new Chosen(
                answer.target(),
                answer.reached(),
                Numbers.of(answer.measured()),
                Mean.of(answer.recall()),
                answer.builds(),
                answer.snippet().create(),
                answer.snippet().search(),
                price == null ? null : price * answer.measured().indexBytes() / GIGA,
                growth == null ? null : grown(growth, price));
    }

    private static Grown grown(Growth growth, @Nullable Double price) {
        return new Grown(
                growth.databaseSize(),
                growth.sizes().stream()
                        .map(size -> new Part(
                                size.rows(),
                                size.needed() == null ? null : size.needed().effort(),
                                size.needed() == null ? null : size.needed().candidates(),
                                size.indexBytes()))
                        .toList(),
                growth.refused().isEmpty() ? null : growth.refused().strip(),
                Predicted.of(growth.effort()),
                Predicted.of(growth.candidates()),
                Predicted.of(growth.indexBytes()),
                price == null || growth.indexBytes() == null
                        ? null
                        : price * growth.indexBytes().value() / GIGA);
    }

    private static Search search(Filtered one) {
        return new Search(
                one.method(),
                one.iterativeScan(),
                one.selectivity(),
                one.queries(),
                Mean.of(one.recall()),
                one.worstGroup(),
                one.worstTenth(),
                new Returned(one.returned(), one.wanted(), one.p50(), one.p95()));
    }
}
