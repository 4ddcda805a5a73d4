package io.github.linfhash.quantizers.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.testing.Filled;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Int8Test {
    /** 2,100 products of up to 127 x 127 need 25 bits, one more than float32 has. */
    @ParameterizedTest
    @EnumSource(names = {"DOT", "EUCLIDEAN"})
    void sumsOfManyLargeProductsAreExact(Similarity similarity) {
        int d = 2100;
        UniformRandomProvider random = new RandomStreams(3).stream("values");
        FeatureMatrix vectors = FeatureMatrix.owning(
                40, d, Filled.floats(40 * d, i -> i % d == 0 ? 1 : 0.9f + 0.1f * random.nextFloat()));
        Quantizer.Encoded codes = new Int8(new Int8.Options(d))
                .fit(vectors, similarity, new RandomStreams(0))
                .encode(vectors);
        Quantizer.Estimates estimates = codes.estimates(vectors);
        float[][] found = new float[40][];
        estimates.forEach(40, (query, distances) -> found[query] = distances);
        for (int query = 0; query < found.length; query++) {
            assertThat(found[query]).isEqualTo(estimates.forQuery(query).first(40));
        }
    }
}
