package io.github.linfhash.advisor.advice;

import io.github.linfhash.core.statistics.CrossedMean;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of a quantizer with its options.
 *
 * @param name the quantizer
 * @param options its record of options
 * @param bytes of a code, side information included
 * @param modelBytes of what encoding needs besides, such as codebooks and rotations
 * @param seeds how many seeds were measured; 1 where nothing is random
 * @param learned whether it was fitted to some vectors, and recall is that of new ones
 * @param recall among the searched vectors
 * @param predicted among all vectors, or as many of them as the sample can tell of; null where all were searched
 * @param rescored the decisive recall where something smaller than the vectors is kept for rescoring
 * @param seen what fitting gains among the vectors that it sees; null where none were searched
 * @param ofSampled the recall of queries that were drawn from the vectors, for each oversampling; null where all queries were
 * @param nanosPerDistance the time of one estimate on one core
 * @param trainSeconds the mean time of fitting, while another quantizer may be measured
 * @param encodeSeconds the mean time of encoding the database
 * @param labels label metrics; null without labels
 * @param gain nDCG of the first ten; null without judgments
 */
public record QuantizerResult(
        String name,
        Record options,
        int bytes,
        long modelBytes,
        int seeds,
        boolean learned,
        Recalls recall,
        @Nullable Recalls predicted,
        List<Rescored> rescored,
        @Nullable Seen seen,
        @Nullable Map<Integer, Double> ofSampled,
        double nanosPerDistance,
        double trainSeconds,
        double encodeSeconds,
        @Nullable Labeled labels,
        @Nullable CrossedMean gain) {
    /**
     * For each oversampling, ascending, the mean recall with its interval of 95%.
     *
     * @param all over all queries
     * @param choosing over the half of the queries that quantizers are chosen by
     * @param reported over the other half, which no choice has seen
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
     * @param seen for each oversampling
     * @param fresh for each oversampling
     */
    public record Seen(Map<Integer, Double> seen, Map<Integer, Double> fresh) {}

    /**
     * The quality of a ranking by labels.
     *
     * @param map mean average precision over the whole ranking
     * @param precision of the first ten
     */
    public record Labeled(CrossedMean map, CrossedMean precision) {}

    /** The recall that decides: the predicted one, or what was measured where nothing had to be predicted. */
    public Recalls expected() {
        return predicted == null ? recall : predicted;
    }

    /** The decisive recall of all queries at one of the oversamplings, which is shown and decides nothing. */
    public CrossedMean at(int oversampling) {
        return Objects.requireNonNull(expected().all().get(oversampling));
    }

    /** The decisive recall of the queries that choose, at one of the oversamplings. */
    public CrossedMean choosingAt(int oversampling) {
        return Objects.requireNonNull(expected().choosing().get(oversampling));
    }

    /** The bytes of a code with its share of the model, where so many vectors have codes. */
    public double bytesAt(int vectors) {
        return bytes + (double) modelBytes / vectors;
    }
}
