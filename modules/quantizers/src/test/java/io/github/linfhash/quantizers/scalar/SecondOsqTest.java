package io.github.linfhash.quantizers.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantizers.SecondImplementations;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Grids, codes and estimates of OSQ beside those of NumPy, which solves problems of least squares. */
class SecondOsqTest {
    private static final double REACH = 1e-5;

    static Stream<String> codes() {
        return Stream.of("osq-codes", "osq-wide-codes").flatMap(name -> SecondImplementations.of(name, 1).stream());
    }

    @ParameterizedTest
    @MethodSource("codes")
    void codesAreThoseOfTheSecondImplementation(String name) {
        FeatureMatrix x = centered(name);
        int d = x.dimension();
        byte[] found = new byte[d];
        double[][] expected = SecondImplementations.matrix(name, d);
        for (int i = 0; i < expected.length; i++) {
            float[] row = row(x, i);
            Osq.Interval.of(row, 1 << bits(name)).round(row, found, 0);
            for (int j = 0; j < d; j++) {
                assertThat((double) (found[j] & 0xff))
                        .as("vector %d, coordinate %d", i, j)
                        .isEqualTo(expected[i][j]);
            }
        }
    }

    static Stream<String> ends() {
        return SecondImplementations.of("osq-ends").stream();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void gridsAreThoseOfTheSecondImplementation(String name) {
        FeatureMatrix x = centered(name);
        double[][] expected = SecondImplementations.matrix(name, 2);
        for (int i = 0; i < expected.length; i++) {
            Osq.Interval found = Osq.Interval.of(row(x, i), 1 << bits(name));
            assertThat((double) found.low()).as("low end of vector %d", i).isCloseTo(expected[i][0], within(REACH));
            assertThat((double) found.high()).as("high end of vector %d", i).isCloseTo(expected[i][1], within(REACH));
        }
    }

    static Stream<String> estimates() {
        return Stream.of("osq", "osq-wide").flatMap(name -> SecondImplementations.of(name, 1).stream());
    }

    @ParameterizedTest
    @MethodSource("estimates")
    void estimatesAreThoseOfTheSecondImplementation(String name) {
        String[] words = name.split(" ", -1);
        FeatureMatrix database = SecondImplementations.databaseOf(name, similarity(name));
        int d = database.dimension();
        float[] center = LinearMap.mean(database);
        // 0 dimensions: all, not rotated.
        int kept = Integer.parseInt(words[2]);
        SecondImplementations.assertEstimates(
                name,
                similarity(name),
                new Osq.Fitted(
                        new Osq.Options(
                                bits(name),
                                kept == 0 ? d : kept,
                                kept != 0,
                                Integer.valueOf(words[4]),
                                Integer.valueOf(words[5])),
                        similarity(name),
                        kept == 0
                                ? LinearMap.first(d, center)
                                : LinearMap.of(SecondImplementations.matrix("rotation " + kept, d), center)),
                REACH);
    }

    private static Similarity similarity(String name) {
        return Similarity.valueOf(name.split(" ", -1)[1].toUpperCase(Locale.ROOT));
    }

    private static int bits(String name) {
        return Integer.parseInt(name.split(" ", -1)[3]);
    }

    private static FeatureMatrix centered(String name) {
        FeatureMatrix database = SecondImplementations.databaseOf(name, similarity(name));
        return LinearMap.first(database.dimension(), LinearMap.mean(database)).apply(database);
    }

    private static float[] row(FeatureMatrix vectors, int row) {
        float[] values = new float[vectors.dimension()];
        vectors.copyRow(row, values);
        return values;
    }
}
