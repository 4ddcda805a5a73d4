package io.github.linfhash.encoders.dictionary;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.algebra.RandomMatrices;
import io.github.linfhash.encoders.dictionary.BatchOmp.Vectors;
import io.github.linfhash.encoders.dictionary.KSvd.Options.Replacement;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KSvdTest {
    private static final Replacement UNUSED_ONLY = new Replacement(1, 0);

    @ParameterizedTest
    @CsvSource({"10,20,3,0", "16,8,2,1", "12,12,4,2", "6,5,5,3"})
    void theExactUpdateNeverIncreasesTheErrorAndTheWholeLowersIt(int n, int atoms, int sparsity, long seed) {
        Matrix signals = RandomMatrices.gaussian(120, n, seed);
        KSvd.Options options = new KSvd.Options(atoms, sparsity, 25, UNUSED_ONLY);

        KSvd.Result result = learn(options, signals, seed);

        for (KSvd.Result.Iteration iteration : result.iterations()) {
            assertThat(iteration.errorAfterUpdate())
                    .isLessThanOrEqualTo(iteration.errorAfterCoding() * (1 + 1e-12) + 1e-12);
        }
        assertThat(result.iterations().get(24).errorAfterUpdate())
                .isLessThan(result.iterations().get(0).errorAfterUpdate());
        assertThat(result.iterations()).hasSize(25);
    }

    @Test
    void theReportedErrorIsThatOfTheDictionaryAndTheCodes() {
        Matrix signals = RandomMatrices.gaussian(200, 12, 5);

        KSvd.Result result = learn(new KSvd.Options(15, 3, 10, UNUSED_ONLY), signals, 5);

        double[] errors = result.codes().times(result.dictionary().atoms()).toArray();
        double[] values = signals.toArray();
        for (int i = 0; i < errors.length; i++) {
            errors[i] -= values[i];
        }
        double last = result.iterations().get(9).errorAfterUpdate();
        assertThat(result.iterations().get(9).replaced()).isZero();
        assertThat(Vectors.norm(errors, 0, errors.length)).isCloseTo(last, within(1e-10));
    }

    @Test
    void noSignalUsesMoreAtomsThanTheSparsity() {
        KSvd.Result result = learn(standard(16), RandomMatrices.gaussian(300, 20, 6), 6);

        Matrix codes = result.codes();
        for (int i = 0; i < codes.rows(); i++) {
            int used = 0;
            for (int j = 0; j < codes.columns(); j++) {
                used += codes.get(i, j) != 0 ? 1 : 0;
            }
            assertThat(used).isBetween(1, 3);
        }
    }

    @Test
    void anOvercompletePlantedDictionaryIsRecovered() {
        assertOvercompleteIsRecovered(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Tag("slow")
    void anOvercompletePlantedDictionaryIsRecoveredFromOtherSeeds(long seed) {
        assertOvercompleteIsRecovered(seed);
    }

    /** The experiment of Aharon, Elad and Bruckstein (2006), section V: 50 atoms in 20 dimensions, 20 dB. */
    private static void assertOvercompleteIsRecovered(long seed) {
        PlantedSignals planted = PlantedSignals.generate(1500, RandomMatrices.unitRows(50, 20, 100 + seed), 3, 20);

        KSvd.Result result = learn(new KSvd.Options(50, 3, 80, Replacement.STANDARD), planted.signals(), seed);

        assertThat(planted.recovered(result.dictionary())).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void anUndercompletePlantedDictionaryIsRecovered() {
        assertUndercompleteIsRecovered(0);
    }

    @Test
    @Tag("slow")
    void anUndercompletePlantedDictionaryIsRecoveredFromAnotherSeed() {
        assertUndercompleteIsRecovered(1);
    }

    /** As few atoms as bits, in more dimensions: what the encoders ask for, with the settings that they use. */
    private static void assertUndercompleteIsRecovered(long seed) {
        PlantedSignals planted = PlantedSignals.generate(2000, RandomMatrices.unitRows(64, 384, 100 + seed), 6, 20);

        KSvd.Result result = learn(standard(64), planted.signals(), seed);

        assertThat(planted.recovered(result.dictionary())).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void atomsOfUnitNormAreLearnedTheSameWayFromTheSameSeedAndByAnyNumberOfThreads() throws Exception {
        Matrix signals = RandomMatrices.gaussian(400, 24, 7);
        KSvd.Options options = standard(16);
        ForkJoinPool single = new ForkJoinPool(1);

        KSvd.Result result = learn(options, signals, 1);
        KSvd.Result alone;
        try {
            alone = single.submit(() -> learn(options, signals, 1)).get();
        } finally {
            single.shutdown();
        }

        assertThat(alone).isEqualTo(result);
        assertThat(learn(options, signals, 2).dictionary()).isNotEqualTo(result.dictionary());
    }

    /** 40 of the 43 signals point the same way, so the first atoms are duplicates. */
    @Test
    void duplicatesGiveWayToTheWorstRepresentedSignals() {
        double[] values = new double[43 * 4];
        for (int i = 0; i < 40; i++) {
            values[4 * i] = 1 + i;
        }
        values[4 * 40 + 1] = 1;
        values[4 * 41 + 2] = -2;
        values[4 * 42 + 3] = 3;
        KSvd.Options options = new KSvd.Options(4, 1, 10, new Replacement(0.99, 0));

        KSvd.Result result = learn(options, Matrix.owning(43, 4, values), 3);

        assertThat(result.iterations().get(9).errorAfterUpdate()).isCloseTo(0, within(1e-12));
        double[] strongest = new double[4];
        for (int j = 0; j < 4; j++) {
            for (int d = 0; d < 4; d++) {
                strongest[d] = Math.max(
                        strongest[d], Math.abs(result.dictionary().atoms().get(j, d)));
            }
        }
        assertThat(strongest).containsExactly(new double[] {1, 1, 1, 1}, within(1e-12));
    }

    @Test
    void signalsOfZeroAreNeitherAtomsNorUsers() {
        double[] values = RandomMatrices.gaussian(60, 6, 8).toArray();
        Arrays.fill(values, 0, 30 * 6, 0);

        KSvd.Result result = learn(standard(5), Matrix.owning(60, 6, values), 4);

        for (int i = 0; i < 30; i++) {
            double[] code = new double[5];
            result.codes().copyRow(i, code, 0);
            assertThat(code).containsOnly(0);
        }
    }

    @Test
    void theStandardSparsityIsATenthOfTheAtomsButAtLeastThree() {
        assertThat(standard(48).sparsity()).isEqualTo(5);
        assertThat(standard(64).sparsity()).isEqualTo(6);
        assertThat(standard(256).sparsity()).isEqualTo(26);
        assertThat(standard(16).sparsity()).isEqualTo(3);
        assertThat(standard(2).sparsity()).isEqualTo(2);
        assertThat(DictionaryOptions.DEFAULTS.settings(64, 5).sparsity()).isEqualTo(5);
    }

    @Test
    void badInputIsNamed() {
        Matrix few = RandomMatrices.gaussian(3, 6, 9);
        Matrix broken = Matrix.owning(1, 2, new double[] {1, Double.NaN});

        assertBadInput(() -> learn(standard(4), few, 0))
                .hasMessage(
                        "K-SVD needs as many signals that are not zero as atoms, 4, found 3 among 3; set fewer atoms.");
        assertThatThrownBy(() -> learn(standard(1), broken, 0)).isInstanceOf(NonFiniteException.class);
        assertBadInput(() -> new KSvd.Options(4, 5, 1, Replacement.STANDARD))
                .hasMessage("K-SVD's sparsity must be from 1 to the number of atoms, 4, found 5.");
        assertBadInput(() -> new Replacement(0, 4));
    }

    /** Returns the settings of the encoders for N atoms in many dimensions. */
    private static KSvd.Options standard(int atoms) {
        return DictionaryOptions.DEFAULTS.settings(atoms, atoms + 100);
    }

    private static KSvd.Result learn(KSvd.Options options, Matrix signals, long seed) {
        return new KSvd(options).learn(signals, new RandomStreams(seed), Progress.NONE);
    }
}
