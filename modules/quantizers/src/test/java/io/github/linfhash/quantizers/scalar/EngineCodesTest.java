package io.github.linfhash.quantizers.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.SecondImplementations;
import io.github.linfhash.quantizers.registry.QuantizerContract;
import io.github.linfhash.quantizers.rotation.LinearMap;
import io.github.linfhash.quantizers.sign.SigmaSign;
import io.github.linfhash.quantizers.sign.Sign;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Codes of engines beside those of NumPy, and of Redis and sqlite-vec themselves. */
class EngineCodesTest {
    private static final int DIMENSION = 8;
    private static final double REACH = 5e-5;

    /** One number of row 4 is -63.5, which Redis rounds away from 0 and linfhash up; the other rows agree to 5e-5. */
    private static final double REACH_OF_REDIS = 5e-3;

    static Stream<String> cases() {
        return Stream.of("rq", "turbo", "sigma", "quantiles", "sqlite", "redis")
                .flatMap(name -> SecondImplementations.of(name, 1).stream());
    }

    private static LinearMap rotation(String width) {
        return LinearMap.of(SecondImplementations.matrix("rotation " + width, DIMENSION), new float[DIMENSION]);
    }

    private static Quantizer.Fitted fitted(String[] words, Similarity similarity, FeatureMatrix database) {
        RandomStreams random = new RandomStreams(0);
        return switch (words[0]) {
            case "rq" ->
                new Rq.Fitted(new Rq.Options(Integer.parseInt(words[2]), DIMENSION), similarity, rotation("64"));
            case "turbo" ->
                TurboPlus.fitted(
                        new TurboPlus.Options(TurboPlus.Bits.valueOf(words[2].toUpperCase(Locale.ROOT)), DIMENSION),
                        similarity,
                        rotation(words[3]),
                        database);
            case "sigma" ->
                new SigmaSign(new SigmaSign.Options(
                                SigmaSign.Encoding.valueOf(words[2].toUpperCase(Locale.ROOT)),
                                DIMENSION,
                                Integer.parseInt(words[3])))
                        .fit(database, similarity, random);
            case "quantiles" ->
                OneGrid.QUANTILES.factory().apply(new Floats.Options(DIMENSION)).fit(database, similarity, random);
            default ->
                switch (words[2]) {
                    case "int8" ->
                        OneGrid.UNIT
                                .factory()
                                .apply(new Floats.Options(DIMENSION))
                                .fit(database, similarity, random);
                    case "Q8" ->
                        Int8.Q8.factory().apply(new Int8.Options(DIMENSION)).fit(database, similarity, random);
                    default ->
                        new Sign(new Sign.Options(DIMENSION, false, Distance.HAMMING))
                                .fit(database, similarity, random);
                };
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void estimatesAreThoseOfTheEngine(String name) {
        String[] words = name.split(" ", -1);
        Similarity similarity = Similarity.valueOf(words[1].toUpperCase(Locale.ROOT));
        FeatureMatrix database = SecondImplementations.vectors("database", similarity);
        SecondImplementations.assertEstimates(
                name,
                similarity,
                fitted(words, similarity, database),
                words[0].equals("redis") ? REACH_OF_REDIS : REACH);
    }

    static List<QuantizerSpec<?>> specs() {
        return List.of(Rq.SPEC, TurboPlus.SPEC, SigmaSign.SPEC, OneGrid.UNIT, OneGrid.QUANTILES, Int8.Q8);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void keepsTheContractOfQuantizers(QuantizerSpec<?> spec) {
        assertThat(QuantizerContract.faults(spec)).isEmpty();
    }

    /** A scale from a width of nothing would be without bounds. */
    @Test
    void turboScalesNoCoordinateThatIsConstant() {
        float[] values = new float[50 * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (1 + i % DIMENSION + 1e-6 * (i % 7));
        }
        TurboPlus.Options options = new TurboPlus.Options(TurboPlus.Bits.BITS1, DIMENSION);
        FeatureMatrix fitted = new TurboPlus(options)
                .fit(FeatureMatrix.owning(50, DIMENSION, values), Similarity.COSINE, new RandomStreams(0))
                .values();
        for (int j = 0; j < fitted.rows(); j++) {
            // Two centroids of one bit of the normal distribution.
            assertThat(fitted.get(j, 1) - fitted.get(j, 0))
                    .isCloseTo((float) (2 * Math.sqrt(2 / Math.PI)), within(1e-3f));
        }
    }

    @Test
    void bytesAreThoseOfTheEngines() {
        // Weaviate pads to a multiple of 64 coordinates, for one bit to 256 or more.
        assertThat(List.of(Rq.bytes(8, 384), Rq.bytes(4, 100), Rq.bytes(1, 100)))
                .containsExactly(400, 80, 40);
        // Qdrant's turbo, 1.5 bits of 100 coordinates in 152 of one bit.
        assertThat(List.of(
                        TurboPlus.bytes(TurboPlus.Bits.BITS4, 384),
                        TurboPlus.bytes(TurboPlus.Bits.BITS1_5, 100),
                        TurboPlus.bytes(TurboPlus.Bits.BITS1, 100)))
                .containsExactly(204, 31, 25);
    }
}
