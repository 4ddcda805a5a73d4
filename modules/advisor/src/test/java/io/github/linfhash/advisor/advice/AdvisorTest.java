package io.github.linfhash.advisor.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.testing.Filled;
import java.io.IOException;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdvisorTest {
    private record Options(float distance) {}

    /** A quantizer of one byte by whose estimate all codes are equally far. */
    private static QuantizerSpec.Configured equallyFar(float distance) {
        Quantizer quantizer = (vectors, similarity, random) -> new Quantizer.Fitted() {
            @Override
            public int bytes() {
                return 1;
            }

            @Override
            public long modelBytes() {
                return 0;
            }

            @Override
            public Quantizer.Encoded encode(FeatureMatrix encoded) {
                return new Quantizer.Encoded(
                        encoded.rows(), queries -> new Quantizer.Estimates(queries.rows(), query -> code -> distance));
            }
        };
        return new QuantizerSpec.Configured("equally-far", new Options(distance), false, false, true, quantizer);
    }

    /** Logarithms of 1, 2, 3, 4 and 5 have the mean 3 and the variance 2.5. */
    @Test
    void whatFiveQuantizersMissTellsOfOthers() {
        assertThat(Advisor.lowFactor(new double[] {5, 1, 4, 2, 3}))
                .isCloseTo(Math.exp(3 - 2 * Math.sqrt(2.5)), within(1e-12));
        assertThat(Advisor.lowFactor(new double[] {5, 1, 4, 2})).isEqualTo(0);
    }

    /** Returns vectors of which the first become queries. */
    static AdviceData drawn(FeatureMatrix vectors, QuerySampling sampling, @Nullable Integer databaseSize) {
        return new AdviceData(vectors, sampling, null, null, null, null, null, databaseSize, Advice.Skipped.NONE);
    }

    @Test
    void aQuantizerIsRefusedWhoseDistancesAreNotNumbers() throws IOException {
        UniformRandomProvider random = new RandomStreams(1).stream("vectors");
        FeatureMatrix vectors = FeatureMatrix.owning(60, 4, Filled.floats(240, i -> random.nextFloat()));
        AdviceData measured = drawn(vectors, new QuerySampling(20, new Advisor.Division(40, 0), 0, 60), null);
        Advice advice = new Advisor(
                        new AdviceRequest.Question(Similarity.EUCLIDEAN, List.of(1), 3, List.of(1), 1, List.of(0L)))
                .measure(
                        measured,
                        new Advisor.Candidates(
                                List.of((dimension, bytes) -> List.of(equallyFar(Float.NaN), equallyFar(1))),
                                dimension -> List.of(),
                                false,
                                one -> true,
                                List.of()),
                        AdviceRequest.Resources.NONE);
        assertThat(advice.quantizers()).extracting(QuantizerResult::options).containsExactly(new Options(1));
        assertThat(advice.quantizers().get(0).effort().nanosPerDistance()).isFinite();
        assertThat(advice.unmeasured().refused())
                .extracting(Advice.Refused::reason)
                .containsExactly("estimated distances are not finite in float32; scale the vectors down");
    }
}
