package io.github.linfhash.quantizers.scalar;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.Float16;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.FixedVectors;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.Samples;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Estimates of the values alone beside products with the vectors that codes stand for. */
class TurboQuantTest {
    private static final int SEED = 3;
    private static final FixedVectors CONE = FixedVectors.CONE;

    /**
     * Returns the vectors that codes stand for: c + |R (o - c)| R' v, with the values v nearest to a unit vector, or of length 1 in
     * that direction.
     */
    private static FeatureMatrix decoded(
            FeatureMatrix vectors, int kept, int bits, float[] center, boolean renormalized, int termBits) {
        int d = vectors.dimension();
        LinearMap map = LinearMap.rotatedComponents(vectors, kept, center, new RandomStreams(SEED));
        float[][] units = new float[d + 1][d];
        for (int j = 0; j < d; j++) {
            units[j][j] = 1;
        }
        FeatureMatrix ofUnits = map.apply(FeatureMatrix.copyOf(units));
        FeatureMatrix rotated = map.apply(vectors);
        TurboQuant.CoordinateValues values = TurboQuant.CoordinateValues.of(kept, bits);
        float[][] decoded = new float[vectors.rows()][d];
        for (int i = 0; i < decoded.length; i++) {
            double length = Math.sqrt(Samples.product(rotated, i, rotated, i));
            double squares = 0;
            for (int k = 0; k < kept; k++) {
                squares += Math.pow(values.value(values.nearest((float) (rotated.get(i, k) / length))), 2);
            }
            double scale = renormalized ? length / Math.sqrt(squares) : length;
            if (termBits == 16) {
                scale = Float16.toFloat(Float16.of((float) scale));
            }
            for (int j = 0; j < d; j++) {
                double sum = center[j];
                for (int k = 0; k < kept; k++) {
                    double weight = ofUnits.get(j, k) - ofUnits.get(d, k);
                    sum += weight * scale * values.value(values.nearest((float) (rotated.get(i, k) / length)));
                }
                decoded[i][j] = (float) sum;
            }
        }
        return FeatureMatrix.copyOf(decoded);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 64, false, false, DOT",
        "1, 64, true, false, DOT",
        "4, 64, true, false, DOT",
        "2, 20, true, false, DOT",
        "2, 20, true, true, DOT",
        "1, 64, true, false, COSINE",
        "2, 64, false, true, COSINE",
        "2, 20, false, false, COSINE",
        "1, 64, false, false, EUCLIDEAN",
        "2, 20, false, false, EUCLIDEAN",
        "1, 64, true, false, EUCLIDEAN",
        "4, 64, true, false, EUCLIDEAN",
        "2, 64, true, true, EUCLIDEAN"
    })
    void estimatesAreThoseOfTheDecodedVectors(
            int bits, int kept, boolean centered, boolean renormalized, Similarity similarity) {
        FeatureMatrix database = PreparedVectors.of(similarity, CONE.database(), "cone");
        FeatureMatrix queries = PreparedVectors.of(similarity, CONE.queries(), "cone");
        int d = database.dimension();
        float[] center = centered ? LinearMap.mean(database) : new float[d];
        FeatureMatrix decoded = decoded(database, kept, bits, center, renormalized, 32);
        Quantizer.Fitted fitted = new TurboQuant(
                        new TurboQuant.Options(bits, kept, false, centered, renormalized, null))
                .fit(database, similarity, new RandomStreams(SEED));
        Quantizer.Estimates estimates = fitted.encode(database).estimates(queries);
        double largest = 0;
        for (int q = 0; q < 5; q++) {
            Distances of = estimates.forQuery(q);
            for (int i = 0; i < database.rows(); i++) {
                double expected = similarity == Similarity.DOT || (similarity == Similarity.COSINE && !centered)
                        ? -Samples.product(decoded, i, queries, q)
                        : distance(decoded, i, center, queries, q);
                assertThat((double) of.to(i)).isCloseTo(expected, within(2e-3));
                largest = Math.max(largest, Math.abs(expected));
            }
        }
        assertThat(largest).isGreaterThan(0.1);
        assertThat(fitted.bytes()).isEqualTo((kept * bits + 7) / 8 + 4);
    }

    /** |v - q|^2 - |q - c|^2 with v the decoded vector: what all of a query's distances share is left out. */
    private static double distance(FeatureMatrix decoded, int i, float[] center, FeatureMatrix queries, int q) {
        double distance = 0;
        for (int j = 0; j < center.length; j++) {
            double less = decoded.get(i, j) - queries.get(q, j);
            double shared = queries.get(q, j) - center[j];
            distance += less * less - shared * shared;
        }
        return distance;
    }

    /** Of a cone, the mean takes most of a code that is not centered. */
    @ParameterizedTest
    @CsvSource({"COSINE", "EUCLIDEAN", "DOT"})
    void centeringFindsMoreNeighborsInACone(Similarity similarity) {
        FeatureMatrix database = PreparedVectors.of(similarity, CONE.database(), "cone");
        FeatureMatrix queries = PreparedVectors.of(similarity, CONE.queries(), "cone");
        FloatNeighbors truth = FloatNeighbors.find(database, queries, 10, similarity);
        double[] recall = IntStream.range(0, 2)
                .mapToDouble(k -> StatUtils.mean(new NeighborRecall(List.of(1))
                        .of(
                                truth,
                                database.rows(),
                                new TurboQuant(new TurboQuant.Options(2, 64, false, k == 1))
                                        .fit(database, similarity, new RandomStreams(SEED))
                                        .encode(database)
                                        .estimates(queries))[0]))
                .toArray();
        assertThat(recall[1]).isGreaterThan(recall[0] + 0.05);
    }

    /** The publication's quantizer depends on no data; the mean is there for those who ask for it. */
    @Test
    void itIsAsPublishedUnlessAskedOtherwise() {
        assertThat(new TurboQuant.Options(1, 64, false, null)).isEqualTo(new TurboQuant.Options(1, 64, false, false));
        assertThat(Quantizers.ALL.stream()
                        .filter(spec -> spec.name().equals("turboquant"))
                        .flatMap(spec -> spec.within(64, 12).stream()))
                .hasSizeGreaterThan(2)
                .allMatch(one -> one.standard()
                        != one.options().toString().matches(".*(centered=true|renormalized=true|ROTATION).*"));
    }

    /** A length in float16 scales the decoded vector, and the code has two bytes less. */
    @ParameterizedTest
    @CsvSource({"1, 64, DOT", "2, 64, COSINE", "3, 20, EUCLIDEAN", "4, 64, EUCLIDEAN"})
    void aLengthInFloat16ScalesTheDecodedVector(int bits, int kept, Similarity similarity) {
        FeatureMatrix database = PreparedVectors.of(similarity, CONE.database(), "cone");
        FeatureMatrix queries = PreparedVectors.of(similarity, CONE.queries(), "cone");
        float[] center = LinearMap.mean(database);
        FeatureMatrix decoded = decoded(database, kept, bits, center, true, 16);
        Quantizer.Fitted fitted = new TurboQuant(new TurboQuant.Options(bits, kept, false, true, true, null, 16))
                .fit(database, similarity, new RandomStreams(SEED));
        Quantizer.Estimates estimates = fitted.encode(database).estimates(queries);
        for (int q = 0; q < 5; q++) {
            Distances of = estimates.forQuery(q);
            for (int i = 0; i < database.rows(); i++) {
                double expected = similarity == Similarity.DOT
                        ? -Samples.product(decoded, i, queries, q)
                        : distance(decoded, i, center, queries, q);
                assertThat((double) of.to(i)).isCloseTo(expected, within(4e-3));
            }
        }
        assertThat(fitted.bytes()).isEqualTo((kept * bits + 7) / 8 + 2);
    }

    @Test
    void rejectsALengthThatFloat16CannotHold() {
        FeatureMatrix vectors = FeatureMatrix.copyOf(new float[][] {{1e6f, 0}, {3, 4}});
        Quantizer.Fitted fitted = new TurboQuant(new TurboQuant.Options(2, 2, false, false, true, null, 16))
                .fit(vectors, Similarity.EUCLIDEAN, new RandomStreams(SEED));
        assertBadInput(() -> fitted.encode(vectors))
                .hasMessageContaining("turboquant: termBits 16 hold numbers up to 65504, and vector 0 needs");
        assertBadInput(() -> new TurboQuant.Options(1, 2, true, false, false, null, 16))
                .hasMessage("termBits: expected 32 for the unbiased variant, found 16");
    }
}
