package io.github.linfhash.quantizers.advice;

import io.github.linfhash.core.statistics.CrossedMean;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of a quantizer with its options.
 *
 * @param name the quantizer
 * @param options its record of options
 * @param bytes of a code, side information included
 * @param modelBytes of what encoding needs besides, such as codebooks and rotations
 * @param seeds how many seeds were measured; 1 where nothing is random
 * @param recall for each oversampling, ascending, the mean recall with its interval of 95 %, over all queries
 * @param choosing the same over the half of the queries that quantizers are chosen by
 * @param reported the same over the other half, which no choice has seen
 * @param nanosPerDistance the time of one estimate on one core
 * @param trainSeconds the mean time of fitting
 * @param encodeSeconds the mean time of encoding the database
 * @param trend the recall of the choosing queries among the first rows of the database and among all, ascending in rows; empty where the database was measured
 *     whole
 * @param labels label metrics; null without labels
 * @param gain nDCG of the first ten; null without judgments
 */
public record Measured(
        String name,
        Record options,
        int bytes,
        long modelBytes,
        int seeds,
        Map<Integer, CrossedMean> recall,
        Map<Integer, CrossedMean> choosing,
        Map<Integer, CrossedMean> reported,
        double nanosPerDistance,
        double trainSeconds,
        double encodeSeconds,
        List<Trend> trend,
        @Nullable Labeled labels,
        @Nullable CrossedMean gain) {
    /**
     * The recall where there are so many rows.
     *
     * @param rows of the part
     * @param recall for each oversampling
     */
    public record Trend(int rows, Map<Integer, CrossedMean> recall) {
        /** The recall at one of the oversamplings. */
        CrossedMean at(int oversampling) {
            return Objects.requireNonNull(recall.get(oversampling));
        }
    }

    /**
     * What a ranking is worth by labels.
     *
     * @param map mean average precision over the whole ranking
     * @param precision of the first ten
     */
    public record Labeled(CrossedMean map, CrossedMean precision) {}

    /**
     * Returns whether recall falls as rows are added: at the least oversampling, its interval of 95 % among all measured rows lies
     * below the one among fewer of them. At larger factors recall is often too close to 1 to show this.
     *
     * @return false where the trend is not known
     */
    public boolean falls() {
        double high = Objects.requireNonNull(choosing.get(least())).high();
        return trend.stream().anyMatch(part -> part.at(least()).low() > high);
    }

    /**
     * Returns the recall that is lost at the least oversampling each time the rows double, where it is lost fastest.
     *
     * @return 0 where recall does not {@linkplain #falls() fall}
     */
    public double fallPerDoubling() {
        double steepest = 0;
        for (int part = 1; part < trend.size() && falls(); part++) {
            Trend before = trend.get(part - 1);
            Trend after = trend.get(part);
            double doublings = Math.log((double) after.rows() / before.rows()) / Math.log(2);
            steepest = Math.max(
                    steepest, (before.at(least()).mean() - after.at(least()).mean()) / doublings);
        }
        return steepest;
    }

    /** The least of the oversamplings. */
    int least() {
        return recall.keySet().stream().mapToInt(Integer::intValue).min().orElseThrow();
    }

    /** The recall at one of the oversamplings. */
    public CrossedMean at(int oversampling) {
        return Objects.requireNonNull(recall.get(oversampling));
    }

    /** The bytes of a code with its share of the model, where so many vectors have codes. */
    public double bytesAt(int vectors) {
        return bytes + (double) modelBytes / vectors;
    }
}
