package io.github.linfhash.examples;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerProvider;
import io.github.linfhash.quantizers.QuantizerSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A quantizer of one's own: each coordinate becomes one of 2 or 4 levels, each the mean of an equal share of the values. */
public final class EqualShares implements QuantizerProvider {
    /**
     * The options, which advise and protocols show.
     *
     * @param bits of a coordinate
     */
    public record Options(@Range(least = 1, most = 2) int bits) {
        public Options {
            Ranges.check(Options.class, bits);
        }
    }

    @Override
    public List<QuantizerSpec<?>> quantizers() {
        return List.of(new QuantizerSpec<>(
                "equal-shares",
                "Equal shares",
                "an example",
                // No seed changes the codes, and no fit takes so long that fewer seeds are measured.
                options -> false,
                false,
                options -> (vectors, similarity, random) -> Levels.of(vectors, similarity, options.bits()),
                EqualShares::within));
    }

    /** As many bits as fit. */
    private static List<Options> within(int dimension, int bytes) {
        return IntStream.of(2, 1)
                .filter(bits -> bytes(dimension, bits) <= bytes)
                .limit(1)
                .mapToObj(Options::new)
                .toList();
    }

    private static int bytes(int dimension, int bits) {
        return (dimension * bits + 7) / 8;
    }

    /** The levels of each coordinate. Immutable, as several threads encode and compare at once. */
    private static final class Levels implements Quantizer.Fitted {
        private final int bits;
        private final Similarity similarity;

        /** The d x 2^bits means, ascending. */
        private final float[][] values;

        private Levels(int bits, Similarity similarity, float[][] values) {
            this.bits = bits;
            this.similarity = similarity;
            this.values = values;
        }

        static Levels of(FeatureMatrix vectors, Similarity similarity, int bits) {
            float[][] values = new float[vectors.dimension()][1 << bits];
            float[] column = new float[vectors.rows()];
            for (int j = 0; j < values.length; j++) {
                for (int i = 0; i < column.length; i++) {
                    column[i] = vectors.get(i, j);
                }
                Arrays.sort(column);
                for (int level = 0; level < values[j].length; level++) {
                    int from = level * column.length / values[j].length;
                    int to = Math.max(from + 1, (level + 1) * column.length / values[j].length);
                    values[j][level] = (float) IntStream.range(from, to)
                            .mapToDouble(i -> column[i])
                            .average()
                            .orElseThrow();
                }
            }
            return new Levels(bits, similarity, values);
        }

        @Override
        public int bytes() {
            return EqualShares.bytes(values.length, bits);
        }

        @Override
        public long modelBytes() {
            return (long) values.length * values[0].length * Float.BYTES;
        }

        @Override
        public Quantizer.Encoded encode(FeatureMatrix vectors) {
            if (vectors.dimension() != values.length) {
                throw new IllegalArgumentException(
                        "expected " + values.length + " dimensions, found " + vectors.dimension());
            }
            // One byte a level: short, where a service would pack them.
            byte[][] codes = new byte[vectors.rows()][values.length];
            for (int i = 0; i < codes.length; i++) {
                for (int j = 0; j < values.length; j++) {
                    codes[i][j] = (byte) nearest(values[j], vectors.get(i, j));
                }
            }
            return new Quantizer.Encoded(
                    codes.length,
                    queries -> Quantizer.Estimates.ofRows(queries, query -> i -> distance(codes[i], query)));
        }

        private static int nearest(float[] levels, float value) {
            int nearest = 0;
            for (int level = 1; level < levels.length; level++) {
                if (Math.abs(levels[level] - value) < Math.abs(levels[nearest] - value)) {
                    nearest = level;
                }
            }
            return nearest;
        }

        private float distance(byte[] code, float[] query) {
            float sum = 0;
            for (int j = 0; j < code.length; j++) {
                sum += similarity.share(values[j][code[j]], query[j]);
            }
            return sum;
        }
    }
}
