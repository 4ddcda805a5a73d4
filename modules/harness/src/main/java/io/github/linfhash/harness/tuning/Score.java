package io.github.linfhash.harness.tuning;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a configuration did.
 *
 * @param trial its number, from 0
 * @param values the drawn options, by path
 * @param mapOfFolds mAP among the held-out images of each fold; empty if a training failed
 * @param meanMap their mean, or 0 if a training failed
 * @param precisionOfFolds precision within Hamming radius 2 of each fold, for the record
 * @param failure why a training failed, or null
 */
record Score(
        int trial,
        Map<String, Object> values,
        List<Double> mapOfFolds,
        double meanMap,
        List<Double> precisionOfFolds,
        @Nullable String failure) {}
