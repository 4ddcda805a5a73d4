package io.github.linfhash.quantizers.sign;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.SecondImplementations;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Distances of binary codes beside those of NumPy. */
class SecondSignsTest {
    static List<String> cases() {
        return SecondImplementations.of("signs");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void distancesAreThoseOfTheSecondImplementation(String name) {
        String[] words = name.split(" ", -1);
        Similarity similarity = Similarity.valueOf(words[1].toUpperCase(Locale.ROOT));
        FeatureMatrix database = SecondImplementations.vectors("database", similarity);
        float[] center = words[3].equals("centered") ? LinearMap.mean(database) : new float[database.dimension()];
        LinearMap rotation = LinearMap.of(SecondImplementations.matrix("rotation " + words[2], center.length), center);
        SecondImplementations.assertEstimates(
                name,
                similarity,
                new SignCodes(rotation, Distance.valueOf(words[4].toUpperCase(Locale.ROOT)), similarity),
                1e-6);
    }
}
