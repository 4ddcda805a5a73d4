package io.github.linfhash.baselines.pairs;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.baselines.plain.PlainLoops;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PshTest {
    private static final FeatureMatrix FEATURES = Samples.clusters(60, 9, 3, 4);
    private static final TrainingContext CONTEXT = TrainingContext.quiet(2);
    private static final Psh PSH = new Psh(new Psh.Options(300));

    static Stream<Labels> labels() {
        return Stream.of(Samples.classes(60, 3), Samples.labelSets(60, 5, 6));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void codesEqualThePlainLoopsOverAllFeaturesMidpointsAndPairs(Labels labels) {
        TrainingSet training = new TrainingSet(FEATURES, labels, FEATURES);
        LabeledPairs pairs = LabeledPairs.draw(training, 300, CONTEXT.random());
        double[][] columns = PlainLoops.transpose(PlainLoops.rows(FEATURES));
        double[] thresholds = new double[columns.length];
        double[] gaps = new double[columns.length];
        for (int j = 0; j < columns.length; j++) {
            thresholds[j] = PlainLoops.bestThreshold(columns[j], pairs, pairs.gains());
            gaps[j] = truePositives(columns[j], thresholds[j], pairs, true)
                    - truePositives(columns[j], thresholds[j], pairs, false);
        }
        List<Integer> best = IntStream.range(0, columns.length)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -gaps[j]))
                .limit(5)
                .toList();
        double[][] values = new double[FEATURES.rows()][5];
        for (int i = 0; i < values.length; i++) {
            for (int b = 0; b < 5; b++) {
                values[i][b] = columns[best.get(b)][i] - thresholds[best.get(b)];
            }
        }

        HashFunction function = PSH.train(training, 5, CONTEXT);

        PlainLoops.assertSignsUpToComplement(function.encode(FEATURES), values);
        assertThat(function.parameters()).isEqualTo(10);
    }

    /** The share of pairs of one kind that have both ends on one side. */
    private static double truePositives(double[] values, double threshold, LabeledPairs pairs, boolean similar) {
        int counted = 0;
        int together = 0;
        for (int k = 0; k < pairs.size(); k++) {
            if (pairs.similar(k) == similar) {
                counted++;
                together += values[pairs.first(k)] > threshold == values[pairs.second(k)] > threshold ? 1 : 0;
            }
        }
        return (double) together / counted;
    }

    @Test
    void theFeatureThatTellsClassesApartComesFirstAndConstantOnesNever() {
        FeatureMatrix features = FeatureMatrix.copyOf(
                new float[][] {{7, 1, 10}, {7, 2, 11}, {7, 1.5f, 30}, {7, 0.5f, 31}, {7, 2.5f, 32}, {7, 1, 12}});
        TrainingSet training = new TrainingSet(features, ClassLabels.of(0, 0, 1, 1, 1, 0), features);

        BinaryCodes codes = PSH.train(training, 1, CONTEXT).encode(features);

        assertThat(codes.toBytes()).containsExactly(0, 0, 1, 1, 1, 0);
        assertBadInput(() -> PSH.train(training, 3, CONTEXT))
                .hasMessage(
                        "psh: a code of 3 bits needs as many features that vary, but only 2 of the 3 features do; ask for fewer bits");
        assertBadInput(() -> PSH.train(training, 4, CONTEXT))
                .hasMessage(
                        "psh: a code of 4 bits needs features of dimension 4 or more, but these have 3; ask for 3 bits or fewer");
    }

    @Test
    void unlabeledImagesDoNotMatter() {
        Labels labels = Samples.classes(60, 3);
        TrainingSet one = new TrainingSet(FEATURES, labels, FEATURES);
        TrainingSet other = new TrainingSet(FEATURES, labels, Samples.clusters(80, 9, 1, 77));

        assertThat(PSH.train(one, 4, CONTEXT).encode(FEATURES))
                .isEqualTo(PSH.train(other, 4, CONTEXT).encode(FEATURES));
    }
}
