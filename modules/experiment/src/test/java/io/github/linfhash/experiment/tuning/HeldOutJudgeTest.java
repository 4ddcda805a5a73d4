package io.github.linfhash.experiment.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.SharedWork;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.ConfiguredMethod.Searches;
import io.github.linfhash.experiment.tuning.TrialResult.Balls;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.testing.Filled;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HeldOutJudgeTest {
    private static final int BITS = 7;

    record NoOptions() {}

    /** Codes are the signs of the features. */
    private record SignsOfFeatures(int bits) implements HashFunction {
        @Override
        public int dimension() {
            return bits;
        }

        @Override
        public BinaryCodes encode(FeatureMatrix features) {
            return BinaryCodes.ofSigns(features.rows(), bits, features.toArray());
        }

        @Override
        public long parameters() {
            return 0;
        }

        @Override
        public ModelState state() {
            return new ModelState("signs-of-features", bits, bits);
        }
    }

    /** Row i has its first {@code places[i]} features above 0, so that codes lie as far apart as the places do. */
    private static FeatureMatrix onALine(int... places) {
        return FeatureMatrix.owning(
                places.length, BITS, Filled.floats(places.length * BITS, i -> i % BITS < places[i / BITS] ? 1 : -1));
    }

    private static Fold fold(int... places) {
        FeatureMatrix rows = onALine(places);
        ClassLabels labels = ClassLabels.of(new int[] {0, 1, 0, 1});
        return new Fold(new TrainingSet(rows, labels, rows), rows, labels);
    }

    /**
     * At places 0, 1, 3, 7 the other image of the same class comes second, third, second and second among the other three. Within
     * 2 bits lie one, two, one and none of the others, each of the other class; no two codes are equal.
     */
    @Test
    void noHeldOutImageFindsItself() {
        HeldOutJudge judge = new HeldOutJudge(List.of(fold(0, 1, 3, 7)), 5, 1, SharedWork.NONE, 1000);

        TrialResult measured = judge.measure(() -> new SignsOfFeatures(BITS), 0);

        assertThat(measured.failure()).isNull();
        assertThat(measured.map()).isCloseTo((1. / 2 + 1. / 3 + 1. / 2 + 1. / 2) / 4, within(1e-12));
        assertThat(measured.within2()).isEqualTo(new Balls(4, 12, 4, 0, 4, 3, 0));
        assertThat(measured.within0()).isEqualTo(new Balls(4, 12, 0, 0, 4, 0, 0));
    }

    /** Both folds with seed 5, then both with seed 6, then both with seed 7. */
    @Test
    void eachRepetitionTrainsOnEachFoldWithASeedOfItsOwn() {
        List<Fold> folds = List.of(fold(0, 1, 3, 7), fold(1, 2, 4, 6));
        List<Long> drawn = new ArrayList<>();
        List<FeatureMatrix> trainedOn = new ArrayList<>();
        MethodSpec<NoOptions> spec = new MethodSpec<>(
                "recorder",
                "Recorder",
                "none",
                MethodSpec.Supervision.SUPERVISED,
                new NoOptions(),
                options -> (training, bits, context) -> {
                    drawn.add(context.random().stream("init").nextLong());
                    trainedOn.add(training.labeled());
                    return new SignsOfFeatures(bits);
                },
                state -> new SignsOfFeatures(state.outputs()));
        ConfiguredMethod<NoOptions> method = new ConfiguredMethod<>(
                spec, MethodEntry.of(spec.name()), new NoOptions(), new TreeMap<>(), Searches.NONE);
        HeldOutJudge judge = new HeldOutJudge(folds, 5, 3, SharedWork.NONE, 1000);

        assertThat(judge.units()).isEqualTo(6);
        for (int unit = 0; unit < 6; unit++) {
            judge.judge(method, BITS, unit);
        }

        List<Long> expected = new ArrayList<>();
        for (long seed : new long[] {5, 5, 6, 6, 7, 7}) {
            expected.add(new RandomStreams(seed).stream("init").nextLong());
        }
        assertThat(drawn).isEqualTo(expected);
        FeatureMatrix first = folds.get(0).training().labeled();
        FeatureMatrix second = folds.get(1).training().labeled();
        assertThat(trainedOn).containsExactly(first, second, first, second, first, second);
    }
}
