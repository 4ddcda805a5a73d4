package io.github.linfhash.baselines.pairs;

import static io.github.linfhash.testing.InputErrors.assertBadInput;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.baselines.plain.JacobiEigen;
import io.github.linfhash.baselines.plain.PlainLoops;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoostedPshTest {
    private static final FeatureMatrix FEATURES = Samples.clusters(50, 7, 3, 8);
    private static final TrainingContext CONTEXT = TrainingContext.quiet(5);
    private static final int PAIRS = 250;

    static Stream<Labels> labels() {
        return Stream.of(Samples.classes(50, 3), Samples.labelSets(50, 5, 6));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void codesEqualThePlainLoopsUpToTheComplementOfABit(Labels labels) {
        TrainingSet training = new TrainingSet(FEATURES, labels, FEATURES);
        LabeledPairs pairs = LabeledPairs.draw(training, PAIRS, CONTEXT.random());

        BoostedPsh method = new BoostedPsh(new BoostedPsh.Options(PAIRS, 0.7));

        PlainLoops.assertSignsUpToComplement(
                method.train(training, 10, CONTEXT).encode(FEATURES), boosted(pairs, 10, 0.7));
    }

    private static double[][] boosted(LabeledPairs pairs, int bits, double step) {
        double[][] rows = PlainLoops.centered(PlainLoops.rows(FEATURES));
        double[] weights = new double[pairs.size()];
        Arrays.fill(weights, 1.0 / pairs.size());
        double[][] values = new double[rows.length][bits];
        for (int bit = 0; bit < bits; bit++) {
            double[] direction = direction(rows, pairs, weights);
            double[] projected = new double[rows.length];
            double[] gains = new double[weights.length];
            for (int i = 0; i < rows.length; i++) {
                projected[i] = PlainLoops.dot(direction, rows[i]);
            }
            for (int k = 0; k < gains.length; k++) {
                gains[k] = -sign(pairs.similar(k)) * weights[k];
            }
            double threshold = PlainLoops.bestThreshold(projected, pairs, gains);
            double total = 0;
            for (int k = 0; k < weights.length; k++) {
                double first = sign(projected[pairs.first(k)] > threshold);
                double second = sign(projected[pairs.second(k)] > threshold);
                weights[k] *= Math.exp(-step * sign(pairs.similar(k)) * first * second);
                total += weights[k];
            }
            for (int k = 0; k < weights.length; k++) {
                weights[k] /= total;
            }
            for (int i = 0; i < rows.length; i++) {
                values[i][bit] = projected[i] - threshold;
            }
        }
        return values;
    }

    private static double[] direction(double[][] rows, LabeledPairs pairs, double[] weights) {
        int d = rows[0].length;
        double[][] sum = new double[d][d];
        for (int k = 0; k < weights.length; k++) {
            double weight = sign(pairs.similar(k)) * weights[k];
            PlainLoops.addOuter(sum, rows[pairs.first(k)], rows[pairs.second(k)], weight);
            PlainLoops.addOuter(sum, rows[pairs.second(k)], rows[pairs.first(k)], weight);
        }
        return new JacobiEigen(sum).vectors[d - 1];
    }

    private static int sign(boolean positive) {
        return positive ? 1 : -1;
    }

    @Test
    void imagesWithoutAnyDifferenceAreRefused() {
        FeatureMatrix same = FeatureMatrix.copyOf(new float[][] {{1, 2}, {1, 2}, {1, 2}});
        TrainingSet training = new TrainingSet(same, ClassLabels.of(0, 0, 1), same);

        assertBadInput(() -> new BoostedPsh(new BoostedPsh.Options(5, 1)).train(training, 2, CONTEXT))
                .hasMessageContaining("0 were similar and 0 were dissimilar");
    }
}
