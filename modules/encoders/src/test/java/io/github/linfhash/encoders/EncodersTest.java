package io.github.linfhash.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.generic.Nnh;
import io.github.linfhash.encoders.linf.DeepLinf;
import io.github.linfhash.encoders.linf.SparseLinf;
import io.github.linfhash.encoders.lista.DeepL0;
import io.github.linfhash.encoders.lista.Snnh;
import io.github.linfhash.encoders.training.Blobs;
import io.github.linfhash.encoders.training.TrainingOptions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncodersTest {
    private static final TrainingSet IMAGES = Blobs.of(60, 20, 0.5);

    @Test
    void theModuleOffersItsMethodsByName() {
        assertThat(Encoders.ALL)
                .extracting(MethodSpec::name)
                .containsExactly("nnh", "snnh", "deep-linf", "deep-l0", "sparse-linf");
    }

    /** Footnote 4 of the paper: the three encoders differ by diagonal layers and biases alone, which are N values each. */
    @Test
    void theEncodersHaveEqualCapacityButForDiagonalsAndBiases() {
        int n = 20;
        int bits = 16;
        long weightLayers = (long) bits * n + 2L * bits * bits;

        assertThat(parameters(new Nnh(nnh()), bits)).isEqualTo(weightLayers);
        assertThat(parameters(new Snnh(snnh()), bits)).isEqualTo(weightLayers + 3L * bits);
        assertThat(parameters(new DeepLinf(linf()), bits)).isEqualTo(weightLayers + 3L * bits + 2L * bits);
    }

    @ParameterizedTest
    @MethodSource("optionRecords")
    void everyOptionSaysWhereItsDefaultComesFrom(Record options) {
        assertThat(OptionEntry.of(options))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(option.origin())
                        .as("origin of %s", option.name())
                        .isNotNull());
    }

    static Stream<Record> optionRecords() {
        return Stream.of(
                TrainingOptions.DEFAULTS,
                Nnh.Options.DEFAULTS,
                Snnh.Options.DEFAULTS,
                DeepLinf.Options.DEFAULTS,
                DeepL0.Options.DEFAULTS,
                SparseLinf.Options.DEFAULTS);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void trainingIsRepeatableToTheLastBitAndDependsOnTheSeed(HashingMethod method) {
        HashFunction once = method.train(IMAGES, 8, TrainingContext.quiet(4));
        HashFunction again = method.train(IMAGES, 8, TrainingContext.quiet(4));
        HashFunction other = method.train(IMAGES, 8, TrainingContext.quiet(5));

        assertThat(again.curves().get("loss")).containsExactly(once.curves().get("loss"));
        assertThat(again.encode(IMAGES.labeled())).isEqualTo(once.encode(IMAGES.labeled()));
        assertThat(other.curves().get("loss")).isNotEqualTo(once.curves().get("loss"));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void trainingLowersTheLossAndBringsClassesTogether(HashingMethod method) {
        HashFunction function = method.train(IMAGES, 8, TrainingContext.quiet(4));

        double[] loss = Objects.requireNonNull(function.curves().get("loss"));
        assertThat(loss).hasSize(6);
        assertThat(loss[5]).isLessThan(loss[0] / 2);
        var codes = function.encode(IMAGES.labeled());
        double same = 0;
        double different = 0;
        for (int i = 4; i < codes.size(); i++) {
            same += codes.distance(i, codes, i - 4);
            different += codes.distance(i, codes, i - 1);
        }
        assertThat(same).isLessThan(different / 3);
    }

    static List<HashingMethod> methods() {
        return List.of(new Nnh(nnh()), new Snnh(snnh()), new DeepLinf(linf()));
    }

    private static long parameters(HashingMethod method, int bits) {
        return method.train(IMAGES, bits, TrainingContext.quiet(1)).parameters();
    }

    private static Nnh.Options nnh() {
        return Nnh.Options.DEFAULTS.with("training", Blobs.shortTraining(6));
    }

    private static Snnh.Options snnh() {
        Snnh.Options d = Snnh.Options.DEFAULTS;
        return d.with("training", Blobs.shortTraining(6));
    }

    private static DeepLinf.Options linf() {
        DeepLinf.Options d = DeepLinf.Options.DEFAULTS;
        return d.with("training", Blobs.shortTraining(6));
    }
}
