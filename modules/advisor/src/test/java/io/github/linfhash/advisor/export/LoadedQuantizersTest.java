package io.github.linfhash.advisor.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.CodeIndex;
import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.codes.Query;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer.Estimates;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.testing.Filled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A loaded quantizer makes the codes and distances that were measured, for every quantizer that can be exported. */
class LoadedQuantizersTest {
    private static final int DIMENSION = 21;
    private static final int COUNT = 300;
    private static final List<String> SIDE = List.of("terms", "factors", "scales");

    @TempDir
    private Path folder;

    private static List<QuantizerSpec.Configured> all() {
        return Quantizers.PORTABLE.stream()
                .flatMap(spec -> Stream.of(3, 11, 16).flatMap(b -> spec.within(DIMENSION, b).stream()))
                .distinct()
                .toList();
    }

    /** The similarities in turns: a quantizer sees all of them. */
    static Stream<Arguments> inTurns() {
        List<QuantizerSpec.Configured> all = all();
        List<Similarity> similarities = List.of(Similarity.values());
        return IntStream.range(0, all.size())
                .mapToObj(i -> Arguments.of(all.get(i), similarities.get(i % similarities.size())));
    }

    static Stream<Arguments> byEachSimilarity() {
        return all().stream()
                .flatMap(one -> Stream.of(Similarity.values()).map(similarity -> Arguments.of(one, similarity)));
    }

    /** Vectors about a mean that is not 0. */
    private static FeatureMatrix vectors(int count, String stream) {
        UniformRandomProvider random = new RandomStreams(7).stream(stream);
        float[] values = new float[count * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * (1 + i % DIMENSION) / DIMENSION - 0.3f;
        }
        return FeatureMatrix.owning(count, DIMENSION, values);
    }

    private PortableQuantizer exported(QuantizerSpec.Configured one, Similarity similarity) throws IOException {
        FeatureMatrix raw = vectors(COUNT, "train");
        FeatureMatrix prepared = PreparedVectors.of(similarity, raw, "vectors");
        PortableQuantizer fitted = (PortableQuantizer) one.quantizer().fit(prepared, similarity, new RandomStreams(2));
        new QuantizerFolder(one, similarity, 2, false, List.of(), "a command", null)
                .write(folder, raw, prepared, fitted);
        return fitted;
    }

    private static float[] row(FeatureMatrix matrix, int i) {
        float[] row = new float[matrix.dimension()];
        matrix.copyRow(i, row);
        return row;
    }

    /** The codes of the measuring code as a service has them: what stands beside a code comes behind it. */
    private static byte[][] measured(PortableQuantizer fitted, FeatureMatrix prepared) {
        Map<String, NpyArray> arrays = fitted.arrays(prepared);
        byte[][] codes = new byte[prepared.rows()][fitted.bytes()];
        for (int i = 0; i < codes.length; i++) {
            ByteBuffer code = ByteBuffer.wrap(codes[i]);
            for (String name : Stream.concat(Stream.of("codes"), SIDE.stream()).toList()) {
                NpyArray array = arrays.get(name);
                if (array != null) {
                    int width = array.columns() * array.type().bytes();
                    code.put(array.toBytes(), i * width, width);
                }
            }
            assertThat(code.remaining()).isZero();
        }
        return codes;
    }

    /**
     * The mean plus a power of two along one axis. Less the mean, a single coordinate is left, so that a sum of products is one product,
     * and a Hadamard transform and its matrix cannot differ.
     */
    private static FeatureMatrix alongAxes(PortableQuantizer fitted, String stream) {
        NpyArray center = fitted.parts().arrays().get("center");
        float[] mean = center == null ? new float[DIMENSION] : center.toFloats();
        UniformRandomProvider random = new RandomStreams(3).stream(stream);
        float[] values = new float[COUNT * DIMENSION];
        for (int i = 0; i < COUNT; i++) {
            System.arraycopy(mean, 0, values, i * DIMENSION, mean.length);
            int axis = i % mean.length;
            float step = 0;
            float moved = mean[axis];
            while (step == 0 || moved - mean[axis] != step) {
                step = Math.scalb(random.nextBoolean() ? 1f : -1f, -random.nextInt(30));
                moved = mean[axis] + step;
            }
            values[i * DIMENSION + axis] = moved;
        }
        return FeatureMatrix.owning(COUNT, DIMENSION, values);
    }

    @ParameterizedTest
    @MethodSource("byEachSimilarity")
    @Tag("slow")
    void isTheMeasuredQuantizerByEachSimilarity(QuantizerSpec.Configured one, Similarity similarity)
            throws IOException {
        isTheMeasuredQuantizer(one, similarity);
    }

    @ParameterizedTest
    @MethodSource("inTurns")
    void isTheMeasuredQuantizer(QuantizerSpec.Configured one, Similarity similarity) throws IOException {
        PortableQuantizer fitted = exported(one, similarity);
        FittedQuantizer loaded = FittedQuantizer.load(folder);
        boolean transformed = one.options().toString().contains("HADAMARD");
        requireEqualBits(fitted, loaded, similarity, transformed);
        if (transformed) {
            requireAlmostEqual(fitted, loaded, similarity);
        }
        byte[][] measured = measured(fitted, PreparedVectors.of(similarity, vectors(COUNT, "train"), "vectors"));
        try (CodeIndex index = CodeIndex.ofFolder(loaded, folder)) {
            assertThat(index.size()).isEqualTo(COUNT);
            for (int i = 0; i < COUNT; i++) {
                assertThat(index.code(i)).isEqualTo(measured[i]);
            }
        }
    }

    /** Where sums have one order, or are exact. */
    private static void requireEqualBits(
            PortableQuantizer fitted, FittedQuantizer loaded, Similarity similarity, boolean transformed) {
        if (transformed && similarity == Similarity.COSINE) {
            return; // A vector of length 1 has several coordinates.
        }
        FeatureMatrix raw = transformed ? alongAxes(fitted, "codes") : vectors(COUNT, "codes");
        FeatureMatrix rawQueries = transformed ? alongAxes(fitted, "queries") : vectors(20, "queries");
        FeatureMatrix prepared = PreparedVectors.of(similarity, raw, "vectors");
        assertThat(loaded.bytes()).isEqualTo(fitted.bytes());
        byte[][] measured = measured(fitted, prepared);
        Estimates estimates = fitted.encode(prepared).estimates(PreparedVectors.of(similarity, rawQueries, "queries"));
        byte[][] codes = new byte[raw.rows()][];
        Arrays.setAll(codes, i -> loaded.encode(row(raw, i)));
        assertThat(codes).isDeepEqualTo(measured);
        for (int q = 0; q < 20; q++) {
            Query query = loaded.query(row(rawQueries, q));
            assertThat(Filled.floats(raw.rows(), i -> query.distance(measured[i])))
                    .as("query %d", q)
                    .isEqualTo(estimates.forQuery(q).first(raw.rows()));
        }
    }

    /** A fast transform and its matrix add in other orders, so that a code may differ where a value lies next to a threshold. */
    private static void requireAlmostEqual(PortableQuantizer fitted, FittedQuantizer loaded, Similarity similarity) {
        FeatureMatrix raw = vectors(COUNT, "codes");
        FeatureMatrix rawQueries = vectors(5, "queries");
        FeatureMatrix prepared = PreparedVectors.of(similarity, raw, "vectors");
        byte[][] measured = measured(fitted, prepared);
        int codeBytes =
                (fitted.parts().codes().numbers() * fitted.parts().codes().bits() + 7) / 8;
        int differ = 0;
        for (int i = 0; i < COUNT; i++) {
            byte[] code = loaded.encode(row(raw, i));
            for (int k = 0; k < codeBytes; k++) {
                differ += code[k] == measured[i][k] ? 0 : 1;
            }
        }
        assertThat(differ).isLessThanOrEqualTo(COUNT * codeBytes / 1000);
        Estimates estimates = fitted.encode(prepared).estimates(PreparedVectors.of(similarity, rawQueries, "queries"));
        int far = 0;
        for (int q = 0; q < 5; q++) {
            Query query = loaded.query(row(rawQueries, q));
            for (int i = 0; i < COUNT; i++) {
                float expected = estimates.forQuery(q).to(i);
                far += Math.abs(query.distance(measured[i]) - expected) > 1e-4 * (1 + Math.abs(expected)) ? 1 : 0;
            }
        }
        // A rounded query may differ in one number, too.
        assertThat((double) far).isCloseTo(0, within(5 * COUNT / 100.0));
    }
}
