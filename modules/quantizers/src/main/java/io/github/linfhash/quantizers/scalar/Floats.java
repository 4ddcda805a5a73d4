package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.codes.Float16;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.neighbors.FloatDistances;
import java.util.List;

/**
 * The vectors as they are, four bytes a coordinate: what all codes are measured against. Or rounded to float16, two bytes a coordinate, as
 * pgvector's {@code halfvec}, to which queries are rounded, too.
 *
 * <p>Many queries are compared as the exact search does it; sums of a single one are those of plain loops in float64.
 *
 * @param options the number of coordinates
 * @param half whether numbers are rounded to float16
 */
public record Floats(Options options, boolean half) implements Quantizer {
    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "float32",
            "Floats",
            "No code: the vectors themselves",
            options -> false,
            false,
            options -> new Floats(options, false),
            (d, bytes) -> bytes < Float.BYTES * d ? List.of() : List.of(new Options(d)));
    public static final QuantizerSpec<Options> HALF = new QuantizerSpec<>(
            "float16",
            "Halfs",
            "IEEE 754 numbers of 16 bits, as pgvector's halfvec",
            options -> false,
            false,
            options -> new Floats(options, true),
            (d, bytes) -> bytes < Short.BYTES * d ? List.of() : List.of(new Options(d)));

    /**
     * The options.
     *
     * @param dimensions d
     */
    public record Options(@Range(least = 1) int dimensions) {
        public Options {
            Ranges.check(Options.class, dimensions);
        }
    }

    @Override
    public Quantizer.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        if (vectors.dimension() != options.dimensions()) {
            throw new InputException((half ? HALF : SPEC).name() + ": expected vectors of " + options.dimensions()
                    + " dimensions, found " + vectors.dimension());
        }
        return new Fitted(similarity, options.dimensions(), half);
    }

    private record Fitted(Similarity similarity, int dimension, boolean half) implements Quantizer.Fitted {
        @Override
        public int bytes() {
            return (half ? Short.BYTES : Float.BYTES) * dimension;
        }

        @Override
        public long modelBytes() {
            return 0;
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            if (vectors.dimension() != dimension) {
                throw new IllegalArgumentException("vectors of " + dimension + " dimensions, not " + vectors);
            }
            FeatureMatrix stored = rounded(vectors);
            float[] terms = PreparedVectors.terms(similarity, stored, new float[dimension]);
            float factor = similarity.factor();
            return new Encoded(terms.length, given -> {
                FeatureMatrix queries = rounded(given);
                Estimates oneByOne =
                        Estimates.ofRows(queries, query -> i -> terms[i] + factor * product(stored, i, query));
                return new Estimates(
                        queries.rows(),
                        oneByOne.distances(),
                        (some, size) -> FloatDistances.of(stored.part(0, size), queries, some, similarity));
            });
        }

        private FeatureMatrix rounded(FeatureMatrix vectors) {
            if (!half) {
                return vectors;
            }
            float[] values = vectors.toArray();
            for (int i = 0; i < values.length; i++) {
                float value = Float16.toFloat(Float16.of(values[i]));
                if (Float.isInfinite(value)) {
                    throw new InputException("float16: expected magnitudes below 65520, found " + values[i]);
                }
                values[i] = value;
            }
            return FeatureMatrix.owning(vectors.rows(), dimension, values);
        }

        private static float product(FeatureMatrix vectors, int row, float[] query) {
            double sum = 0;
            for (int j = 0; j < query.length; j++) {
                sum += (double) vectors.get(row, j) * query[j];
            }
            return (float) sum;
        }
    }
}
