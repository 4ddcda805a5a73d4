package io.github.linfhash.quantizers.rabitq;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantizers.SecondImplementations;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Codes and estimates of RaBitQ beside those of NumPy, which tries all grid vectors, with rotations that are given. */
class SecondRaBitQTest {
    private static final double REACH = 1e-5;

    static Stream<String> codes() {
        return Stream.of("rabitq-codes", "rabitq-wide-codes")
                .flatMap(name -> SecondImplementations.of(name, 1).stream());
    }

    @ParameterizedTest
    @MethodSource("codes")
    void codesAreThoseOfTheSecondImplementation(String name) {
        String[] words = name.split(" ", -1);
        Similarity similarity = similarity(words);
        FeatureMatrix database = SecondImplementations.databaseOf(name, similarity);
        int kept = Integer.parseInt(words[2]);
        BitPlanes found = fitted(words, database, new RaBitQ.Options(Integer.parseInt(words[3]), kept, 0, 32))
                .codes(database)
                .planes();
        double[][] expected = SecondImplementations.matrix(name, kept);
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < kept; j++) {
                assertThat((double) found.number(i, j))
                        .as("vector %d, coordinate %d", i, j)
                        .isEqualTo(expected[i][j]);
            }
        }
    }

    static Stream<String> estimates() {
        return Stream.of("rabitq", "rabitq-wide").flatMap(name -> SecondImplementations.of(name, 1).stream());
    }

    @ParameterizedTest
    @MethodSource("estimates")
    void estimatesAreThoseOfTheSecondImplementation(String name) {
        String[] words = name.split(" ", -1);
        List<Integer> numbers = Stream.of(words).skip(2).map(Integer::valueOf).toList();
        FeatureMatrix database = SecondImplementations.databaseOf(name, similarity(words));
        RaBitQ.Options options = new RaBitQ.Options(numbers.get(1), numbers.get(0), numbers.get(2), numbers.get(3));
        SecondImplementations.assertEstimates(name, similarity(words), fitted(words, database, options), REACH);
    }

    private static Similarity similarity(String[] words) {
        return Similarity.valueOf(words[1].toUpperCase(Locale.ROOT));
    }

    private static RaBitQ.Fitted fitted(String[] words, FeatureMatrix database, RaBitQ.Options options) {
        int d = database.dimension();
        float[] center = LinearMap.mean(database);
        LinearMap rotation = words[0].startsWith("rabitq-wide")
                ? LinearMap.first(d, center)
                : LinearMap.of(SecondImplementations.matrix("rotation " + options.dimensions(), d), center);
        return new RaBitQ.Fitted(options, similarity(words), rotation);
    }
}
