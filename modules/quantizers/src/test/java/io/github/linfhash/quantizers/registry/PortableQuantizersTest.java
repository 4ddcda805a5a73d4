package io.github.linfhash.quantizers.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Samples;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.export.QuantizerParts;
import io.github.linfhash.testing.Blobs;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts of quantizers make the same codes and distances in plain loops over their arrays, in float64. */
class PortableQuantizersTest {
    private static final int DIMENSION = 21;
    private static final Blobs BLOBS = Samples.blobs(300, 4, DIMENSION, 5);

    /** Values this near to a border may fall on either side of it in float32. */
    private static final double BORDER = 1e-5;

    private static final List<String> BITS = List.of("sign", "truncated-sign", "rotated-sign", "itq", "pca-sign");

    static Stream<Arguments> all() {
        return Quantizers.PORTABLE.stream()
                .flatMap(spec -> Stream.of(2, 3, 4, 11, 16, 25).flatMap(b -> spec.within(DIMENSION, b).stream()))
                .distinct()
                .flatMap(one -> Stream.of(Similarity.EUCLIDEAN, Similarity.DOT)
                        .map(similarity -> Arguments.of(one, similarity)));
    }

    /** A quantizer that is fitted to a portable one is listed, and no other. */
    @Test
    void theseAreThey() {
        List<QuantizerSpec<?>> portable = Quantizers.ALL.stream()
                .filter(spec -> spec.smallest(DIMENSION)
                                .orElseThrow()
                                .quantizer()
                                .fit(BLOBS.train(), Similarity.DOT, new RandomStreams(2))
                        instanceof PortableQuantizer)
                .toList();
        assertThat(Quantizers.PORTABLE)
                .isEqualTo(portable)
                .extracting(QuantizerSpec::name)
                .containsExactly(
                        "sign", "truncated-sign", "rotated-sign", "itq", "pca-sign", "rabitq", "int8", "pq", "opq");
    }

    @ParameterizedTest
    @MethodSource("all")
    void plainLoopsGiveTheSame(QuantizerSpec.Configured one, Similarity similarity) {
        PortableQuantizer fitted =
                (PortableQuantizer) one.quantizer().fit(BLOBS.train(), similarity, new RandomStreams(2));
        boolean severalBits =
                one.name().equals("rabitq") && fitted.parts().codes().bits() > 1;
        assertThat(fitted.parts().graph().isEmpty()).isEqualTo(severalBits);
        assertThat(fitted.parts().codes().hamming())
                .isEqualTo(BITS.contains(one.name()) && one.options().toString().contains("distance=HAMMING"));
        Quantizer.Encoded encoded = fitted.encode(BLOBS.train());
        Map<String, NpyArray> arrays = new LinkedHashMap<>(fitted.parts().arrays());
        arrays.putAll(fitted.arrays(BLOBS.train()));
        Plain plain = new Plain(fitted.parts(), arrays, one, similarity);
        Quantizer.Estimates estimates = encoded.estimates(BLOBS.test());
        int rows = BLOBS.train().rows();
        IntStream.range(0, rows).forEach(plain::requireCode);
        for (int q = 0; q < BLOBS.test().rows(); q++) {
            Distances of = estimates.forQuery(q);
            for (int i = 0; i < rows; i++) {
                double expected = plain.estimate(q, i);
                double found = of.to(i);
                if (!(Math.abs(found - expected) <= 1e-4 * (1 + Math.abs(expected)))) {
                    fail("code " + i + ", query " + q + ": expected " + expected + ", found " + found);
                }
            }
        }
    }

    /** A program that has the files alone. */
    private static final class Plain {
        private final QuantizerSpec.Configured one;
        private final Similarity similarity;
        private final QuantizerParts.CodeForm form;
        private final Map<String, float[]> arrays = new HashMap<>();
        private final byte[] codes;
        private final int width;

        Plain(QuantizerParts parts, Map<String, NpyArray> arrays, QuantizerSpec.Configured one, Similarity similarity) {
            this.one = one;
            this.similarity = similarity;
            this.form = parts.codes();
            arrays.forEach((name, array) -> this.arrays.put(name, array.toFloats()));
            NpyArray packed = Objects.requireNonNull(arrays.get("codes"));
            this.codes = packed.toBytes();
            this.width = packed.columns();
        }

        private float[] array(String name) {
            return Objects.requireNonNull(arrays.get(name), name);
        }

        /** Number j of code i, from the bits of its bytes. */
        private int number(int i, int j) {
            int number = 0;
            for (int p = 0; p < form.bits(); p++) {
                int b = j * form.bits() + p;
                number |= (codes[i * width + b / 8] >> b % 8 & 1) << p;
            }
            return number;
        }

        private double[] mapped(FeatureMatrix vectors, int row) {
            boolean whole = arrays.containsKey("codebooks");
            int outputs = whole ? DIMENSION : form.numbers();
            float[] center = arrays.containsKey("center") ? array("center") : new float[DIMENSION];
            double[] y = new double[outputs];
            for (int k = 0; k < outputs; k++) {
                if (!arrays.containsKey("rotation")) {
                    y[k] = (double) vectors.get(row, k) - center[k];
                    continue;
                }
                float[] rotation = array("rotation");
                for (int j = 0; j < DIMENSION; j++) {
                    y[k] += (double) rotation[k * DIMENSION + j] * (vectors.get(row, j) - center[j]);
                }
            }
            return y;
        }

        void requireCode(int i) {
            double[] y = mapped(BLOBS.train(), i);
            switch (one.name()) {
                case "pq", "opq" -> requireNearest(y, i);
                case "int8" -> requireRounded(y, i);
                case "rabitq" -> requireGrid(y, i);
                default -> requireSigns(y, i);
            }
        }

        private void requireSigns(double[] y, int i) {
            for (int j = 0; j < y.length; j++) {
                if (Math.abs(y[j]) > BORDER) {
                    assertThat(number(i, j)).isEqualTo(y[j] > 0 ? 1 : 0);
                }
            }
        }

        private void requireGrid(double[] y, int i) {
            double middle = ((1 << form.bits()) - 1) / 2.0;
            double squares = 0;
            double product = 0;
            double term = 0;
            float[] center = array("center");
            for (int j = 0; j < y.length; j++) {
                squares += y[j] * y[j];
                product += y[j] * (number(i, j) - middle);
                if (Math.abs(y[j]) > BORDER) {
                    assertThat(number(i, j) > middle).isEqualTo(y[j] > 0);
                }
            }
            for (int j = 0; j < DIMENSION; j++) {
                double x = BLOBS.train().get(i, j);
                term += similarity == Similarity.DOT ? -x * center[j] : (x - center[j]) * (x - center[j]);
            }
            // Half a unit in the last of the 11 bits of float16.
            double error = one.options().toString().contains("termBits=16") ? Math.pow(2, -11) : 0;
            assertThat((double) array("factors")[i])
                    .isCloseTo(squares / product, within(1e-4 + error * squares / product));
            assertThat((double) array("terms")[i]).isCloseTo(term, within(1e-4 + error * Math.abs(term)));
        }

        private void requireRounded(double[] y, int i) {
            double largest = 0;
            for (double value : y) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat((double) array("scales")[i]).isCloseTo(largest / 127, within(1e-6));
            for (int j = 0; j < y.length; j++) {
                assertThat(Math.abs((byte) number(i, j) - y[j] / largest * 127)).isLessThan(0.5 + 1e-3);
            }
        }

        private void requireNearest(double[] y, int i) {
            for (int part = 0; part < form.numbers(); part++) {
                double taken = squared(y, part, number(i, part));
                for (int c = 0; c < array("codebooks").length / DIMENSION; c++) {
                    if (taken > squared(y, part, c) + BORDER) {
                        fail("code " + i + ", part " + part + ": center " + c + " is nearer");
                    }
                }
            }
        }

        private double squared(double[] y, int part, int c) {
            float[] starts = array("starts");
            float[] books = array("codebooks");
            double squares = 0;
            for (int j = (int) starts[part]; j < starts[part + 1]; j++) {
                squares += (y[j] - books[c * DIMENSION + j]) * (y[j] - books[c * DIMENSION + j]);
            }
            return squares;
        }

        double estimate(int query, int i) {
            double[] z = mapped(BLOBS.test(), query);
            return switch (one.name()) {
                case "pq", "opq" -> productEstimate(z, i);
                case "int8" -> roundedEstimate(z, i);
                case "rabitq" -> gridEstimate(z, i);
                default -> signEstimate(z, i);
            };
        }

        private double signEstimate(double[] z, int i) {
            boolean hamming = one.options().toString().contains("HAMMING");
            double sum = 0;
            for (int j = 0; j < z.length; j++) {
                int bit = number(i, j);
                sum += hamming ? bit != (z[j] > 0 ? 1 : 0) ? 1 : 0 : -bit * z[j];
            }
            return sum;
        }

        private double gridEstimate(double[] z, int i) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double value : z) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            Matcher queryBits =
                    Pattern.compile("queryBits=(\\d)").matcher(one.options().toString());
            assertThat(queryBits.find()).isTrue();
            int levels = (1 << Integer.parseInt(queryBits.group(1))) - 1;
            double step = (high - low) / levels;
            double middle = ((1 << form.bits()) - 1) / 2.0;
            double product = 0;
            for (int j = 0; j < z.length; j++) {
                double q = levels > 0 ? low + step * Math.round((z[j] - low) / step) : z[j];
                product += q * (number(i, j) - middle);
            }
            return array("terms")[i] + (similarity == Similarity.DOT ? -1 : -2) * array("factors")[i] * product;
        }

        private double roundedEstimate(double[] z, int i) {
            double largest = 0;
            for (double value : z) {
                largest = Math.max(largest, Math.abs(value));
            }
            double scale = array("scales")[i];
            double squares = 0;
            double product = 0;
            for (int j = 0; j < z.length; j++) {
                int u = (byte) number(i, j);
                squares += u * u;
                product += u * Math.round(z[j] / largest * 127);
            }
            double scaled = scale * (largest / 127) * product;
            return similarity == Similarity.DOT ? -scaled : scale * scale * squares - 2 * scaled;
        }

        private double productEstimate(double[] z, int i) {
            float[] starts = array("starts");
            float[] books = array("codebooks");
            double sum = 0;
            for (int part = 0; part < form.numbers(); part++) {
                int c = number(i, part);
                if (similarity == Similarity.EUCLIDEAN) {
                    sum += squared(z, part, c);
                    continue;
                }
                for (int j = (int) starts[part]; j < starts[part + 1]; j++) {
                    sum -= z[j] * books[c * DIMENSION + j];
                }
            }
            return sum;
        }
    }
}
