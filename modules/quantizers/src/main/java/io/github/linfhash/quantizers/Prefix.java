package io.github.linfhash.quantizers;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;

/**
 * A quantizer of the first coordinates of vectors, for models that are trained so that a prefix of an embedding is one, too.
 *
 * <p>Based on Kusupati et al., "Matryoshka representation learning", NeurIPS 2022. For the cosine, prefixes are scaled to length 1 as vectors are.
 *
 * @param quantizer of the first coordinates
 * @param dimensions how many of the first coordinates are taken
 */
public record Prefix(Quantizer quantizer, int dimensions) implements Quantizer {
    /**
     * The options.
     *
     * @param prefix how many of the first coordinates are taken, less than d
     * @param quantizer the options of the quantizer of these
     */
    public record Options(@Range(least = 1) int prefix, Record quantizer) {
        public Options {
            Ranges.check(Options.class, prefix, quantizer);
        }
    }

    /** A quantizer of so many of the first coordinates; it has to fit vectors of that dimension. */
    public static QuantizerSpec.Configured of(QuantizerSpec.Configured one, int dimensions) {
        return new QuantizerSpec.Configured(
                one.name(),
                new Options(dimensions, one.options()),
                one.random(),
                one.slow(),
                one.standard(),
                new Prefix(one.quantizer(), dimensions));
    }

    /**
     * Cuts vectors.
     *
     * @param vectors n x d
     * @param dimensions less than d
     * @throws InputException if they have no more dimensions
     */
    public static FeatureMatrix first(FeatureMatrix vectors, int dimensions) {
        if (dimensions >= vectors.dimension()) {
            throw new InputException("prefix: expected fewer than the " + vectors.dimension()
                    + " dimensions of the vectors, found " + dimensions);
        }
        return FeatureMatrix.reading(vectors.rows(), dimensions, (from, count, target, offset) -> {
            int d = vectors.dimension();
            float[] whole = new float[Math.multiplyExact(count, d)];
            vectors.copyRows(from, count, whole, 0);
            for (int i = 0; i < count; i++) {
                System.arraycopy(whole, i * d, target, offset + i * dimensions, dimensions);
            }
        });
    }

    @Override
    public Quantizer brief() {
        return quantizer.brief() == quantizer ? this : new Prefix(quantizer.brief(), dimensions);
    }

    @Override
    public Quantizer.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        return new Fitted(
                quantizer.fit(prepared(vectors, dimensions, similarity), similarity, random), similarity, dimensions);
    }

    private static FeatureMatrix prepared(FeatureMatrix vectors, int dimensions, Similarity similarity) {
        return PreparedVectors.of(
                similarity, first(vectors, dimensions).inMemory(), "the first " + dimensions + " dimensions");
    }

    private record Fitted(Quantizer.Fitted fitted, Similarity similarity, int dimensions) implements Quantizer.Fitted {
        @Override
        public int bytes() {
            return fitted.bytes();
        }

        @Override
        public long modelBytes() {
            return fitted.modelBytes();
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            return prefixes(fitted.encode(prepared(vectors, dimensions, similarity)));
        }

        private Encoded prefixes(Encoded codes) {
            return new Encoded(
                    codes.size(),
                    queries -> codes.estimates(prepared(queries, dimensions, similarity)),
                    other -> codes.comparedBy(other).map(this::prefixes));
        }
    }
}
