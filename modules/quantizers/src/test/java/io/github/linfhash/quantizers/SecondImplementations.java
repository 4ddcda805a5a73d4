package io.github.linfhash.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Vectors, rotations and estimates of quantizers in NumPy, which {@code ci/second-implementations.py} writes, and of engines themselves, which
 * {@code ci/outside/engine_codes.py} writes.
 */
public final class SecondImplementations {
    private static final int DIMENSION = 8;
    private static final int WIDE = 128;
    private static final Map<String, double[]> CASES = new LinkedHashMap<>();

    static {
        read("second-implementations.csv");
        read("engine-codes.csv");
    }

    private SecondImplementations() {}

    private static void read(String file) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SecondImplementations.class.getResourceAsStream(file)),
                StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> {
                String[] cells = line.split(",", -1);
                CASES.put(
                        cells[0],
                        Arrays.stream(cells, 1, cells.length)
                                .mapToDouble(Double::parseDouble)
                                .toArray());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the names of the cases of a quantizer, such as {@code turboquant}. */
    public static List<String> of(String quantizer) {
        return of(quantizer, 10);
    }

    /** Returns the names of the cases of a quantizer, of which there are more than some. */
    public static List<String> of(String quantizer, int least) {
        List<String> names = CASES.keySet().stream()
                .filter(name -> name.startsWith(quantizer + " "))
                .toList();
        assertThat(names).hasSizeGreaterThan(least);
        return names;
    }

    /** Returns a matrix of a given number of columns. */
    public static double[][] matrix(String name, int columns) {
        double[] numbers = Objects.requireNonNull(CASES.get(name), name);
        double[][] rows = new double[numbers.length / columns][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(numbers, i * columns, (i + 1) * columns));
        return rows;
    }

    /** Returns the vectors of a name, prepared for a similarity. */
    public static FeatureMatrix vectors(String name, Similarity similarity) {
        int d = name.startsWith("wide ") ? WIDE : DIMENSION;
        double[][] rows = matrix(name, d);
        float[] values = new float[rows.length * d];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) rows[k / d][k % d];
        }
        return PreparedVectors.of(similarity, FeatureMatrix.owning(rows.length, d, values), name);
    }

    /** Returns the vectors that a case encodes. */
    public static FeatureMatrix databaseOf(String name, Similarity similarity) {
        return vectors(wide(name) + "database", similarity);
    }

    private static String wide(String name) {
        return name.contains("-wide") ? "wide " : "";
    }

    /**
     * Asserts that a quantizer estimates the distances of a case.
     *
     * @param reach the largest difference, of distances above 1 relative to them
     */
    public static void assertEstimates(String name, Similarity similarity, Quantizer.Fitted fitted, double reach) {
        FeatureMatrix database = databaseOf(name, similarity);
        Quantizer.Estimates found = fitted.encode(database).estimates(vectors(wide(name) + "queries", similarity));
        double[][] expected = matrix(name, database.rows());
        assertThat(found.queries()).isEqualTo(expected.length);
        for (int q = 0; q < expected.length; q++) {
            for (int i = 0; i < database.rows(); i++) {
                assertThat((double) found.forQuery(q).to(i))
                        .as("query %d, row %d", q, i)
                        .isCloseTo(expected[q][i], within(reach * Math.max(1, Math.abs(expected[q][i]))));
            }
        }
    }
}
