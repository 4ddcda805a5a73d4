package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import java.util.Arrays;
import java.util.List;

/**
 * One grid for all coordinates of all vectors; queries are rounded to it, too.
 *
 * <p>{@link #UNIT} is sqlite-vec 0.1.9's {@code vec_quantize_int8(x, 'unit')} ({@code sqlite-vec.c}): 256 values between -1 and 1, where (x + 1)
 * 127.5 - 128 becomes the next whole number towards 0. Few of them serve vectors of norm 1 and many coordinates. {@link #QUANTILES} are the 7 bits
 * of Lucene 9.9's {@code ScalarQuantizer}, as OpenSearch has them: 128 values between the quantiles that leave out 1 / (d + 1) of all
 * coordinates. For inner products and cosines, one float32 number beside a code corrects for the rounding along the decoded vector.
 *
 * <p>What it leaves out: Lucene's quantiles are means over batches of 20 vectors, here they are those of all coordinates of a sample.
 */
public final class OneGrid implements Quantizer {
    public static final QuantizerSpec<Floats.Options> UNIT = spec("unit-int8", "sqlite-vec 0.1.9", true);
    public static final QuantizerSpec<Floats.Options> QUANTILES = spec("quantile-int7", "Apache Lucene 9.9", false);

    /** Lucene samples as many vectors. */
    private static final int SAMPLE = 25_000;

    private static QuantizerSpec<Floats.Options> spec(String name, String source, boolean unit) {
        int side = unit ? 0 : Float.BYTES;
        return new QuantizerSpec<>(
                name,
                name,
                source,
                options -> false,
                false,
                options -> new OneGrid(options, unit),
                (d, bytes) -> bytes < d + side ? List.of() : List.of(new Floats.Options(d)));
    }

    private final Floats.Options options;
    private final boolean unit;

    private OneGrid(Floats.Options options, boolean unit) {
        this.options = options;
        this.unit = unit;
    }

    @Override
    public Quantizer.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        // Inner products of vectors of norm 1 are their cosines.
        Similarity by = unit || similarity == Similarity.EUCLIDEAN ? similarity : Similarity.DOT;
        Quantizer.Fitted floats = new Floats(options, false).fit(vectors, by, random);
        float[] values = Quantizer.sample(vectors, unit ? 1 : SAMPLE, random).toArray();
        Arrays.sort(values);
        int left = (int) (values.length / (2.0 * (options.dimensions() + 1)));
        return new Fitted(floats, by, unit, values[left], values[values.length - 1 - left]);
    }

    private record Fitted(Quantizer.Fitted floats, Similarity similarity, boolean unit, float low, float high)
            implements Quantizer.Fitted {
        @Override
        public int bytes() {
            return floats.bytes() / Float.BYTES + (unit ? 0 : Float.BYTES);
        }

        @Override
        public long modelBytes() {
            return unit ? 0 : 2 * Float.BYTES;
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            FeatureMatrix stored = rounded(vectors);
            Encoded encoded = floats.encode(stored);
            float[] corrections = new float[stored.rows()];
            for (int i = 0; i < corrections.length && similarity.byInnerProduct() && !unit; i++) {
                double sum = 0;
                for (int j = 0; j < stored.dimension(); j++) {
                    sum += ((double) vectors.get(i, j) - stored.get(i, j)) * stored.get(i, j);
                }
                corrections[i] = (float) sum;
            }
            return new Encoded(encoded.size(), queries -> {
                Estimates estimates = encoded.estimates(rounded(queries));
                return new Estimates(estimates.queries(), query -> {
                    Distances distances = estimates.forQuery(query);
                    return i -> distances.to(i) - corrections[i];
                });
            });
        }

        private FeatureMatrix rounded(FeatureMatrix vectors) {
            float[] values = vectors.toArray();
            float step = (high - low) / 127;
            for (int i = 0; i < values.length; i++) {
                values[i] = unit
                        ? (int) Math.max(-128, Math.min(127, (values[i] + 1.0) / (float) (2 / 255.0) - 128))
                        : low + step * Math.round((Math.max(low, Math.min(high, values[i])) - low) / step);
            }
            int d = vectors.dimension();
            for (int from = 0; from < values.length && unit; from += d) {
                similarity.prepare(values, from, d, Math.max(1, Similarity.squaredLength(values, from, d)));
            }
            return FeatureMatrix.owning(vectors.rows(), d, values);
        }
    }
}
