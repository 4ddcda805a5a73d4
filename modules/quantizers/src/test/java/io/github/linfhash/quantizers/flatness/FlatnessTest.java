package io.github.linfhash.quantizers.flatness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.quantizers.Samples;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.testing.Blobs;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FlatnessTest {
    private static final int WIDTH = 64;

    private static FeatureMatrix gaussian(int rows, int width, String stream) {
        double[][] values = Matrices.gaussian(rows, width, new RandomStreams(5).stream(stream));
        return FeatureMatrix.owning(rows, width, Matrices.toFloats(Matrices.flatten(values)));
    }

    private static Flatness measured(
            FeatureMatrix database, FeatureMatrix queries, int bytes, List<? extends Representation> all) {
        return new FlatnessStudy(Similarity.EUCLIDEAN, List.of(bytes), 10, List.of(0L, 1L))
                .measure(database, queries, all, Progress.NONE);
    }

    private static Flatness.Outcome outcome(Flatness flatness, String name) {
        return flatness.outcomes().stream()
                .filter(outcome -> outcome.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void flatnessOfKnownVectors() {
        FeatureMatrix vectors = FeatureMatrix.owning(4, 4, new float[] {
            1, -1, 1, 1, //
            0, 0, -7, 0, //
            3, 4, 0, 0, //
            0, 0, 0, 0
        });
        double[] c = Flatness.ofRows(vectors);
        assertThat(c[0]).isEqualTo(1);
        assertThat(c[1]).isEqualTo(0.5);
        assertThat(c[2]).isCloseTo(7 / (2 * 5.0), within(1e-12));
        assertThat(c[3]).isNaN();
    }

    /** In random directions the root of 2 / pi, up to 1 / N. */
    @Test
    void randomDirectionsAreAsFlatAsTheyShouldBe() {
        double mean = Arrays.stream(Flatness.ofRows(gaussian(2000, WIDTH, "directions")))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(Math.sqrt(2 / Math.PI), within(0.005));
    }

    @Test
    void predictedErrorIsThatOfRandomDirections() {
        Flatness.Outcome outcome = measured(
                        gaussian(3000, WIDTH, "database"),
                        gaussian(200, WIDTH, "queries"),
                        WIDTH / 8 + 8,
                        List.of(LinearRepresentation.IDENTITY))
                .outcomes()
                .get(0);
        assertThat(outcome.error()).isCloseTo(outcome.predicted(), within(0.02 * outcome.predicted()));
        assertThat(outcome.seeds()).isEqualTo(1);
    }

    @Test
    void randomRotationsOfIsotropicVectorsHaveNoBias() {
        Flatness flatness = measured(
                gaussian(3000, WIDTH, "database"),
                gaussian(250, WIDTH, "queries"),
                WIDTH / 8 + 8,
                List.of(LinearRepresentation.ROTATION, LinearRepresentation.HADAMARD));
        for (Flatness.Outcome outcome : flatness.outcomes()) {
            // Four standard errors of the mean over 250 x 10 pairs.
            assertThat(outcome.bias()).as(outcome.name()).isCloseTo(0, within(4 * outcome.error() / Math.sqrt(2500)));
            assertThat(outcome.total()).isCloseTo(outcome.error(), within(1e-4));
            assertThat(outcome.seeds()).isEqualTo(2);
        }
    }

    @Test
    void antiSparseIsFlatterThanItsFrameAndKeepsProducts() {
        Blobs blobs = Samples.blobs(600, 40, 16, 3);
        Flatness flatness = measured(
                blobs.train(),
                blobs.test(),
                8 + 4,
                List.of(LinearRepresentation.ROTATION, new AntiSparseRepresentation(50)));
        Flatness.Outcome frame = outcome(flatness, "rotation");
        Flatness.Outcome flat = outcome(flatness, "anti-sparse-50");
        assertThat(flat.flatness()).isGreaterThan(frame.flatness() + 0.05).isLessThan(1);
        assertThat(flat.predicted()).isLessThan(frame.predicted());
        // Nothing is left out of 16 dimensions, so that the error against the vectors is that of the signs, for longer
        // x.
        assertThat(flat.total()).isGreaterThanOrEqualTo(flat.error());
    }

    @Test
    void thereAreNoRotationsOfMoreValuesThanCoordinatesButOne() {
        Blobs blobs = Samples.blobs(200, 20, 16, 3);
        Flatness flatness = measured(blobs.train(), blobs.test(), 8 + 3, List.of(LinearRepresentation.values()));
        assertThat(flatness.outcomes()).extracting(Flatness.Outcome::name).containsExactly("rotation");
    }

    @Test
    void allRotationsKeepTheVectorsWhole() {
        Blobs blobs = Samples.blobs(400, 30, 16, 4);
        Flatness flatness = measured(blobs.train(), blobs.test(), 8 + 2, List.of(LinearRepresentation.values()));
        assertThat(flatness.outcomes()).hasSize(5);
        for (Flatness.Outcome outcome : flatness.outcomes()) {
            assertThat(outcome.total()).as(outcome.name()).isCloseTo(outcome.error(), within(1e-4));
            assertThat(outcome.recallAt(3)).isGreaterThanOrEqualTo(outcome.recallAt(1));
        }
        assertThat(outcome(flatness, "itq").flatness())
                .isGreaterThan(outcome(flatness, "rotation").flatness());
    }

    private static Flatness.Outcome outcome(double c, double error) {
        return new Flatness.Outcome("x", 8, 9, 1, c, c, error, 0, 0, Double.NaN, new TreeMap<>());
    }

    @Test
    void rankCorrelations() {
        List<Flatness.Outcome> outcomes = List.of(outcome(0.7, 9), outcome(0.8, 5), outcome(0.9, 1));
        assertThat(Flatness.rankCorrelation(outcomes, Flatness.Outcome::flatness, Flatness.Outcome::error))
                .isCloseTo(-1, within(1e-12));
        assertThat(Flatness.rankCorrelation(outcomes, Flatness.Outcome::flatness, Flatness.Outcome::total))
                .isNaN();
        assertThat(Flatness.rankCorrelation(
                        outcomes.subList(0, 2), Flatness.Outcome::flatness, Flatness.Outcome::error))
                .isNaN();
    }

    @Test
    void refusesWhatLeavesNoCode() {
        assertThatThrownBy(() -> new FlatnessStudy(Similarity.COSINE, List.of(8), 10, List.of(0L)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("more bytes than the 8");
        assertThatThrownBy(() -> new FlatnessStudy(Similarity.COSINE, List.of(16), 1, List.of(0L)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("at least 2 neighbors");
        assertThatThrownBy(() -> new AntiSparseRepresentation(100)).isInstanceOf(InputException.class);
    }
}
