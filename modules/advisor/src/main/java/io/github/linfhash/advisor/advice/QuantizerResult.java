package io.github.linfhash.advisor.advice;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.statistics.CrossedMean;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of a quantizer with its options.
 *
 * @param code what a code is
 * @param recall among the searched vectors
 * @param predicted among all vectors of the database, or as many of them as recall is predicted for; null where all were searched
 * @param rescored the decisive recall where codes smaller than the vectors are kept for rescoring
 * @param seen the recall among vectors that the quantizer was fitted to; null where none were searched
 * @param ofSampled the recall of queries that were drawn from the vectors, for each oversampling; null where all queries were
 * @param labels label metrics; null without labels
 * @param gain nDCG of the first ten; null without judgments
 * @param effort seeds and times
 */
public record QuantizerResult(
        Code code,
        Recalls recall,
        @Nullable Recalls predicted,
        List<Rescored> rescored,
        @Nullable Seen seen,
        @Nullable Map<Integer, Double> ofSampled,
        @Nullable Labeled labels,
        @Nullable CrossedMean gain,
        Effort effort) {
    /**
     * A kind of code.
     *
     * @param name the quantizer
     * @param options its record of options
     * @param bytes of a code, per-vector metadata included
     * @param modelBytes of what encoding needs besides, such as codebooks and rotations
     * @param learned whether the quantizer was fitted to some vectors, and recall is that of others
     */
    public record Code(
            String name,
            @JsonSerialize(using = OptionsJson.class) Record options,
            int bytes,
            long modelBytes,
            @JsonProperty("ofNewVectors") boolean learned) {}

    /**
     * How a quantizer was measured.
     *
     * @param seeds how many seeds were measured; 1 for deterministic quantizers
     * @param nanosPerDistance the time of one estimate on one core
     * @param trainSeconds the mean time of fitting, while another quantizer may be measured
     * @param encodeSeconds the mean time of encoding the database
     */
    public record Effort(int seeds, double nanosPerDistance, double trainSeconds, double encodeSeconds) {}

    /**
     * For each oversampling, ascending, the mean recall with its interval of 95%.
     *
     * @param all over all queries
     * @param choosing over the half of the queries that quantizers are chosen by
     * @param reported over the other half, on which no choice depends
     */
    public record Recalls(
            Map<Integer, CrossedMean> all, Map<Integer, CrossedMean> choosing, Map<Integer, CrossedMean> reported) {}

    /**
     * Recall after the best codes were rescored by what is kept of their vectors.
     *
     * @param from the quantizer that rescores
     * @param bytes that it keeps of each vector
     * @param recall among all vectors, or as many of them as the sample can tell of
     */
    public record Rescored(String from, int bytes, Recalls recall) {}

    /**
     * Recall among vectors that a quantizer was fitted to, and among as many new ones; of the first seed and the same queries.
     *
     * @param recallOfSeen for each oversampling
     * @param recallOfNew for each oversampling
     */
    public record Seen(Map<Integer, Double> recallOfSeen, Map<Integer, Double> recallOfNew) {}

    /**
     * The quality of a ranking by labels.
     *
     * @param map mean average precision over the whole ranking
     * @param precision of the first ten
     */
    public record Labeled(CrossedMean map, CrossedMean precision) {}

    /** Returns the name of the quantizer. */
    public String name() {
        return code.name;
    }

    /** Returns the record of its options. */
    public Record options() {
        return code.options;
    }

    /** Returns the bytes of a code, per-vector metadata included. */
    public int bytes() {
        return code.bytes;
    }

    /** Returns the decisive recall: the predicted one, or the measured one where all vectors were searched. */
    public Recalls expected() {
        return predicted == null ? recall : predicted;
    }

    /** Returns the decisive recall of all queries at an oversampling. It is shown, but no choice depends on it. */
    public CrossedMean at(int oversampling) {
        return Objects.requireNonNull(expected().all().get(oversampling));
    }

    /** Returns the decisive recall of the queries that choose, at an oversampling. */
    public CrossedMean choosingAt(int oversampling) {
        return Objects.requireNonNull(expected().choosing().get(oversampling));
    }

    /** Returns the bytes of a code with its share of the model, which so many vectors share. */
    public double bytesAt(int vectors) {
        return code.bytes + (double) code.modelBytes / vectors;
    }

    /** Writes a quantizer's record of options as one JSON object, by the names without their groups. */
    public static final class OptionsJson extends JsonSerializer<Record> {
        @Override
        public void serialize(Record options, JsonGenerator out, SerializerProvider serializers) throws IOException {
            out.writeStartObject();
            for (OptionEntry option : OptionEntry.of(options)) {
                out.writePOJOField(option.shortName(), option.value());
            }
            out.writeEndObject();
        }
    }
}
