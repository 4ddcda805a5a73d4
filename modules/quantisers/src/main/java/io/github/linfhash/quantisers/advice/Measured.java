package io.github.linfhash.quantisers.advice;

import io.github.linfhash.core.statistics.MeanInterval;
import java.util.Map;
import java.util.Objects;

/**
 * What was measured of a quantiser with its options.
 *
 * @param name the quantiser
 * @param options its record of options
 * @param bytes of a code, side information included
 * @param seeds how many seeds were measured; 1 where nothing is random
 * @param recall for each oversampling, ascending, the mean recall with its interval of 95 %
 * @param nanosPerDistance the time of one estimate on one core
 * @param trainSeconds the mean time of fitting
 * @param encodeSeconds the mean time of encoding the database
 */
public record Measured(
        String name,
        Record options,
        int bytes,
        int seeds,
        Map<Integer, MeanInterval> recall,
        double nanosPerDistance,
        double trainSeconds,
        double encodeSeconds) {
    /** The recall at one of the oversamplings. */
    public MeanInterval at(int oversampling) {
        return Objects.requireNonNull(recall.get(oversampling));
    }
}
