package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.quantizers.SecondImplementations;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Estimates of TurboQuant beside those of NumPy, with rotations and projections that are given. */
class SecondTurboQuantTest {
    /** The values of coordinates are means over a grid here, and integrals there. */
    private static final double REACH = 1e-5;

    static List<String> cases() {
        return SecondImplementations.of("turboquant");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void estimatesAreThoseOfTheSecondImplementation(String name) {
        String[] words = name.split(" ", -1);
        Similarity similarity = Similarity.valueOf(words[1].toUpperCase(Locale.ROOT));
        int kept = Integer.parseInt(words[2]);
        int bits = Integer.parseInt(words[4]);
        boolean centered = words[3].equals("centered");
        boolean orthogonal = words[5].equals("orthogonal");
        boolean unbiased = orthogonal || words[5].equals("gaussian");
        float[] center = centered
                ? LinearMap.mean(SecondImplementations.vectors("database", similarity))
                : new float
                        [SecondImplementations.vectors("database", similarity).dimension()];
        TurboQuant.Options options = new TurboQuant.Options(
                bits,
                kept,
                unbiased,
                centered,
                words[5].equals("renormalized"),
                orthogonal ? TurboQuant.Projection.ROTATION : null,
                words.length > 6 ? Integer.valueOf(words[6]) : null);
        SecondImplementations.assertEstimates(
                name,
                similarity,
                new TurboQuant.Fitted(
                        options,
                        similarity,
                        LinearMap.of(SecondImplementations.matrix("rotation " + kept, center.length), center),
                        LinearMap.of(
                                SecondImplementations.matrix((unbiased ? words[5] : "gaussian") + " " + kept, kept),
                                new float[kept]),
                        TurboQuant.CoordinateValues.of(kept, bits)),
                REACH);
    }
}
