package io.github.linfhash.baselines.pairs;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.baselines.plain.JacobiEigen;
import io.github.linfhash.baselines.plain.PlainLoops;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LdaHashTest {
    private static final int D = 6;
    private static final int PAIRS = 200;
    private static final FeatureMatrix FEATURES = Samples.clusters(60, D, 4, 9);
    private static final TrainingContext CONTEXT = TrainingContext.quiet(6);

    static Stream<Labels> labels() {
        return Stream.of(
                Samples.classes(60, 4),
                Samples.classes(60, 7),
                Samples.labelSets(60, 5, 1),
                Samples.labelSets(60, 3, 2));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void ldaCodesEqualTheGeneralizedEigenvectorsInPlainLoops(Labels labels) {
        assertPlainLda(labels, LdaHash.Covariances.ALL_PAIRS);
    }

    @ParameterizedTest
    @MethodSource("labels")
    void covariancesOfDrawnPairsAreThoseOfThePairsThatThresholdsSee(Labels labels) {
        assertPlainLda(labels, LdaHash.Covariances.DRAWN_PAIRS);
    }

    private static void assertPlainLda(Labels labels, LdaHash.Covariances which) {
        TrainingSet training = new TrainingSet(FEATURES, labels, FEATURES);
        LabeledPairs pairs = pairs(training);
        boolean all = labels instanceof ClassLabels && which == LdaHash.Covariances.ALL_PAIRS;
        double[][] similar = covariance(labels, pairs, true, all);
        double[][] dissimilar = covariance(labels, pairs, false, all);
        double trace = 0;
        for (int i = 0; i < D; i++) {
            trace += dissimilar[i][i];
        }
        for (int i = 0; i < D; i++) {
            similar[i][i] += 0.01 * trace / D;
            dissimilar[i][i] += 0.01 * trace / D;
        }
        double[][] root = inverseRoot(dissimilar);
        double[][] whitened = PlainLoops.timesTransposed(PlainLoops.timesTransposed(root, similar), root);
        double[][] directions = PlainLoops.timesTransposed(new JacobiEigen(whitened).vectors, root);

        for (double[] direction : directions) {
            JacobiEigen.fixSign(direction);
        }

        assertCodes(new LdaHash(new LdaHash.Options(PAIRS, 0.01, which)), training, directions);
    }

    @ParameterizedTest
    @MethodSource("labels")
    void difCodesEqualTheEigenvectorsOfTheDifferenceInPlainLoops(Labels labels) {
        TrainingSet training = new TrainingSet(FEATURES, labels, FEATURES);
        LabeledPairs pairs = pairs(training);
        double[][] difference = covariance(labels, pairs, true, labels instanceof ClassLabels);
        double[][] dissimilar = covariance(labels, pairs, false, labels instanceof ClassLabels);
        for (int i = 0; i < D; i++) {
            for (int j = 0; j < D; j++) {
                difference[i][j] = 0.8 * difference[i][j] - dissimilar[i][j];
            }
        }

        assertCodes(new DifHash(new DifHash.Options(PAIRS, 0.8)), training, new JacobiEigen(difference).vectors);
    }

    private static void assertCodes(HashingMethod method, TrainingSet training, double[][] directions) {
        LabeledPairs pairs = pairs(training);
        double[][] projected = PlainLoops.timesTransposed(directions, PlainLoops.rows(FEATURES));
        double[][] values = new double[FEATURES.rows()][D];
        for (int k = 0; k < D; k++) {
            double threshold = PlainLoops.bestThreshold(projected[k], pairs, pairs.gains());
            for (int i = 0; i < values.length; i++) {
                values[i][k] = projected[k][i] - threshold;
            }
        }
        PlainLoops.assertSignsUpToComplement(method.train(training, D, CONTEXT).encode(FEATURES), values);
    }

    private static LabeledPairs pairs(TrainingSet training) {
        return LabeledPairs.draw(training, PAIRS, CONTEXT.random());
    }

    /** Over all pairs of one kind, or over the drawn ones. */
    private static double[][] covariance(Labels labels, LabeledPairs pairs, boolean similar, boolean all) {
        double[][] rows = PlainLoops.rows(FEATURES);
        double[][] sum = new double[D][D];
        int count = 0;
        if (all) {
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < i; j++) {
                    count += add(sum, rows[i], rows[j], labels.similar(i, labels, j) == similar);
                }
            }
        } else {
            for (int k = 0; k < pairs.size(); k++) {
                count += add(sum, rows[pairs.first(k)], rows[pairs.second(k)], pairs.similar(k) == similar);
            }
        }
        for (double[] row : sum) {
            for (int j = 0; j < D; j++) {
                row[j] /= count;
            }
        }
        return sum;
    }

    private static int add(double[][] sum, double[] x, double[] y, boolean counted) {
        if (counted) {
            double[] difference = PlainLoops.minus(x, y);
            PlainLoops.addOuter(sum, difference, difference, 1);
        }
        return counted ? 1 : 0;
    }

    private static double[][] inverseRoot(double[][] positive) {
        JacobiEigen eigen = new JacobiEigen(positive);
        double[][] root = new double[D][D];
        for (int k = 0; k < D; k++) {
            PlainLoops.addOuter(root, eigen.vectors[k], eigen.vectors[k], 1 / Math.sqrt(eigen.values[k]));
        }
        return root;
    }

    @Test
    void theFirstBitTellsTwoClassesApartWhereAnotherDirectionVariesFarMore() {
        float[][] rows = new float[40][];
        int[] classes = new int[40];
        for (int i = 0; i < 40; i++) {
            classes[i] = i % 2;
            float within = (float) (0.05 * Math.cos(3 * i));
            rows[i] = new float[] {classes[i] + within, (float) (100 * Math.sin(i)), (float) Math.cos(5 * i)};
        }
        FeatureMatrix features = FeatureMatrix.copyOf(rows);
        TrainingSet training = new TrainingSet(features, ClassLabels.of(classes), features);
        double[][] expected = new double[40][1];
        for (int i = 0; i < 40; i++) {
            expected[i][0] = classes[i] - 0.5;
        }
        PlainLoops.assertSignsUpToComplement(
                LdaHash.SPEC
                        .create(new LdaHash.Options(100, 1e-6, LdaHash.Covariances.ALL_PAIRS))
                        .train(training, 1, CONTEXT)
                        .encode(features),
                expected);
    }

    @Test
    void moreBitsThanFeaturesAndImagesWithoutDifferencesAreRefused() {
        TrainingSet training = new TrainingSet(FEATURES, Samples.classes(60, 4), FEATURES);
        assertBadInput(() -> new LdaHash(LdaHash.SPEC.defaults()).train(training, 7, CONTEXT))
                .hasMessage(
                        "ldahash: a code of 7 bits needs features of dimension 7 or more, but these have 6; ask for 6 bits or fewer");
        assertBadInput(() -> new DifHash(DifHash.SPEC.defaults()).train(training, 7, CONTEXT))
                .hasMessageStartingWith("ldahash-dif: a code of 7 bits");
    }

    /** The ridge is a share of the mean of the diagonal, which two features without variance make smaller. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, D})
    void featuresThatAreAlwaysZeroChangeNoCode(int bits) {
        FeatureMatrix padded = FeatureMatrix.copyOf(paddedRows());
        Labels labels = Samples.classes(60, 3);
        TrainingSet plain = new TrainingSet(FEATURES, labels, FEATURES);
        TrainingSet with = new TrainingSet(padded, labels, padded);
        LdaHash.Covariances all = LdaHash.Covariances.ALL_PAIRS;
        assertThat(new LdaHash(new LdaHash.Options(PAIRS, 0.01 * (D + 2) / D, all))
                        .train(with, bits, CONTEXT)
                        .encode(padded))
                .isEqualTo(new LdaHash(new LdaHash.Options(PAIRS, 0.01, all))
                        .train(plain, bits, CONTEXT)
                        .encode(FEATURES));
        assertThat(new DifHash(new DifHash.Options(PAIRS, 0.8))
                        .train(with, bits, CONTEXT)
                        .encode(padded))
                .isEqualTo(new DifHash(new DifHash.Options(PAIRS, 0.8))
                        .train(plain, bits, CONTEXT)
                        .encode(FEATURES));
    }

    @Test
    void moreBitsThanDirectionsThatVaryAreRefused() {
        FeatureMatrix padded = FeatureMatrix.copyOf(paddedRows());
        TrainingSet training = new TrainingSet(padded, Samples.classes(60, 4), padded);
        assertBadInput(() -> new LdaHash(LdaHash.SPEC.defaults()).train(training, D + 2, CONTEXT))
                .hasMessage("ldahash: a code of 8 bits needs as many directions in which the labeled training images"
                        + " differ, but these differ in 6; ask for 6 bits or fewer");
        assertBadInput(() -> new DifHash(DifHash.SPEC.defaults()).train(training, D + 1, CONTEXT))
                .hasMessageStartingWith("ldahash-dif: a code of 7 bits");
    }

    private static float[][] paddedRows() {
        float[][] rows = new float[FEATURES.rows()][D + 2];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < D; j++) {
                rows[i][j] = FEATURES.get(i, j);
            }
        }
        return rows;
    }
}
