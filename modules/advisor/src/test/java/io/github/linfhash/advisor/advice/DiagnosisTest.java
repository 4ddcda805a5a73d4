package io.github.linfhash.advisor.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {
    private static final RandomStreams RANDOM = new RandomStreams(4);

    private static FeatureMatrix normal(int rows, int dimension, String stream) {
        double[][] values = Matrices.gaussian(rows, dimension, RANDOM.stream(stream));
        return FeatureMatrix.owning(rows, dimension, Matrices.toFloats(Matrices.flatten(values)));
    }

    private static Diagnosis of(FeatureMatrix database, FeatureMatrix queries) {
        FloatNeighbors neighbors = FloatNeighbors.find(database, queries, 5, Similarity.EUCLIDEAN);
        return Diagnosis.of(database, database, queries, neighbors, 5, Similarity.EUCLIDEAN, RANDOM);
    }

    /** Of normal vectors in 64 dimensions: E|x| = sqrt(2 / pi) a coordinate, and the lengths are near 8. */
    @Test
    void normalVectorsAreFlatAndIsotropic() {
        Diagnosis found = of(normal(4000, 64, "database"), normal(50, 64, "queries"));
        assertThat(found.shape().flatness()).isCloseTo(Math.sqrt(2 / Math.PI), within(0.01));
        assertThat(found.shape().isotropy()).isBetween(0.95, 1.0);
        assertThat(found.shape().centering()).isBetween(0.0, 0.01);
        assertThat(found.lengths().mean()).isCloseTo(8, within(0.1));
        assertThat(found.duplicates().exactDuplicatesOfQueries()).isZero();
    }

    @Test
    void pointsOfAPlaneHaveTwoDimensions() {
        double[][] plane = Matrices.gaussian(2, 20, RANDOM.stream("plane"));
        FeatureMatrix database = inPlane(normal(3000, 2, "database"), plane);
        Diagnosis found = of(database, inPlane(normal(400, 2, "queries"), plane));
        assertThat(found.shape().intrinsicDimension()).isBetween(1.6, 2.5);
        assertThat(found.shape().isotropy()).isLessThan(2.2 / 20);
    }

    private static FeatureMatrix inPlane(FeatureMatrix places, double[][] plane) {
        float[] values =
                Matrices.product(places.toArray(), Matrices.toFloats(Matrices.flatten(plane)), places.rows(), 2, 20);
        return FeatureMatrix.owning(places.rows(), 20, values);
    }

    @Test
    void duplicatesAndMeansAreFound() {
        FeatureMatrix database = normal(500, 8, "database");
        float[] shifted = database.toArray();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += 3;
        }
        FeatureMatrix all = FeatureMatrix.owning(500, 8, shifted);
        float[] queries = all.select(new int[] {1, 2, 3}).toArray();
        queries[0] += 1e-4f;
        queries[8] += 1;
        Diagnosis found = of(all, FeatureMatrix.owning(3, 8, queries));
        assertThat(found.duplicates().exactDuplicatesOfQueries()).isEqualTo(1);
        assertThat(found.duplicates().nearDuplicatesOfQueries()).isEqualTo(2);
        assertThat(found.shape().centering()).isBetween(0.88, 0.92);
    }

    @Test
    void copiesOfVectorsAreCounted() {
        float[] values = normal(500, 8, "database").toArray();
        System.arraycopy(values, 0, values, 8 * 100, 8);
        System.arraycopy(values, 0, values, 8 * 200, 8);
        System.arraycopy(values, 8 * 7, values, 8 * 300, 8);
        values[8 * 400] = 0;
        System.arraycopy(values, 8 * 400, values, 8 * 401, 8);
        values[8 * 400] = -0f;
        Diagnosis found = of(FeatureMatrix.owning(500, 8, values), normal(40, 8, "queries"));
        assertThat(found.duplicates().copies()).isEqualTo(7);
        assertThat(of(normal(500, 8, "database"), normal(40, 8, "queries"))
                        .duplicates()
                        .copies())
                .isZero();
    }

    /** A tenth of 20,000 vectors in groups of 10 or of 40 near-copies; and independent ones, and ones in loose clusters. */
    @ParameterizedTest
    @CsvSource({"1, 0.05, false", "10, 0.05, true", "40, 0.05, true", "40, 0.7, false", "200, 0.7, false"})
    void groupsOfNearCopiesAreFound(int size, double spread, boolean expected) {
        for (int seed = 0; seed < 20; seed++) {
            FeatureMatrix vectors = groups(2100, 20_000 / size, 32, spread, new RandomStreams(seed));
            Diagnosis found = Diagnosis.of(
                    vectors,
                    vectors.part(100, 2000),
                    vectors.part(0, 100),
                    FloatNeighbors.find(
                            vectors.part(100, 2000), vectors.part(0, 100), Diagnosis.LOOKED_AT, Similarity.EUCLIDEAN),
                    10,
                    Similarity.EUCLIDEAN,
                    RANDOM);
            assertThat(found.duplicates().inGroups())
                    .as("seed %d: %s", seed, found.duplicates().groupedQueries())
                    .isEqualTo(expected);
        }
    }

    /**
     * A tenth of 20,000 vectors in groups of 60 vectors that are equally far from each other, the next being 2.5 or 2 times as far, and in loose
     * groups, the next being 1.3 times as far.
     */
    @ParameterizedTest
    @CsvSource({"0.40, 2.5, true", "0.47, 2.2, true", "1.1, 1.3, false"})
    void groupsThatAreTwiceAsFarApartAreFound(double spread, double apart, boolean expected) {
        FeatureMatrix vectors = groups(2100, 333, 512, spread, new RandomStreams(3));
        FeatureMatrix database = vectors.part(100, 2000);
        FeatureMatrix queries = vectors.part(0, 100);
        FloatNeighbors neighbors = FloatNeighbors.find(database, queries, Diagnosis.LOOKED_AT, Similarity.EUCLIDEAN);
        double gaps = 0;
        for (int q = 0; q < 100; q++) {
            double largest = 0;
            for (int rank = 1; rank < Diagnosis.LOOKED_AT; rank++) {
                double before = distance(queries, q, database, neighbors.id(q, rank - 1));
                largest = Math.max(largest, distance(queries, q, database, neighbors.id(q, rank)) / before);
            }
            gaps += largest / 100;
        }
        assertThat(gaps).isCloseTo(apart, within(0.2));
        Diagnosis found = Diagnosis.of(database, database, queries, neighbors, 10, Similarity.EUCLIDEAN, RANDOM);
        assertThat(found.duplicates().inGroups())
                .as("%s", found.duplicates().groupedQueries())
                .isEqualTo(expected);
    }

    /** In few dimensions, one neighbor is often twice as far as the one before it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void vectorsOfFewDimensionsAreInNoGroups(int dimension) {
        for (int seed = 0; seed < 10; seed++) {
            UniformRandomProvider random = new RandomStreams(seed).stream("uniform");
            float[] values = new float[2300 * dimension];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
            }
            FeatureMatrix vectors = FeatureMatrix.owning(2300, dimension, values);
            FeatureMatrix database = vectors.part(300, 2000);
            FeatureMatrix queries = vectors.part(0, 300);
            Diagnosis found = Diagnosis.of(
                    database,
                    database,
                    queries,
                    FloatNeighbors.find(database, queries, Diagnosis.LOOKED_AT, Similarity.EUCLIDEAN),
                    10,
                    Similarity.EUCLIDEAN,
                    RANDOM);
            assertThat(found.duplicates().groupedQueries()).as("seed %d", seed).isLessThan(0.15);
            assertThat(found.duplicates().inGroups()).isFalse();
        }
    }

    /** Neighbors by dot product are not in the order of distances, so that these have gaps without groups. */
    @Test
    void vectorsOfDifferentNormsAreInNoGroupsByDotProduct() {
        float[] values = normal(2100, 32, "norms").toArray();
        UniformRandomProvider norms = RANDOM.stream("scale");
        for (int i = 0; i < 2100; i++) {
            double norm = Math.exp(3 * norms.nextDouble());
            for (int j = 0; j < 32; j++) {
                values[32 * i + j] *= (float) norm;
            }
        }
        FeatureMatrix vectors = FeatureMatrix.owning(2100, 32, values);
        FeatureMatrix database = vectors.part(100, 2000);
        FeatureMatrix queries = vectors.part(0, 100);
        FloatNeighbors neighbors = FloatNeighbors.find(database, queries, Diagnosis.LOOKED_AT, Similarity.DOT);
        assertThat(Diagnosis.of(database, database, queries, neighbors, 10, Similarity.EUCLIDEAN, RANDOM)
                        .duplicates()
                        .groupedQueries())
                .isPositive();
        assertThat(Diagnosis.of(database, database, queries, neighbors, 10, Similarity.DOT, RANDOM)
                        .duplicates()
                        .groupedQueries())
                .isZero();
    }

    private static double distance(FeatureMatrix some, int one, FeatureMatrix others, int other) {
        double squares = 0;
        for (int j = 0; j < some.dimension(); j++) {
            squares += Math.pow((double) some.get(one, j) - others.get(other, j), 2);
        }
        return Math.sqrt(squares);
    }

    private static FeatureMatrix groups(int rows, int count, int dimension, double spread, RandomStreams random) {
        double[][] centers = Matrices.gaussian(count, dimension, random.stream("centers"));
        double[][] noise = Matrices.gaussian(rows, dimension, random.stream("noise"));
        UniformRandomProvider group = random.stream("groups");
        float[] values = new float[rows * dimension];
        for (int i = 0; i < rows; i++) {
            double[] center = centers[group.nextInt(count)];
            for (int j = 0; j < dimension; j++) {
                values[i * dimension + j] = (float) (center[j] + spread * noise[i][j]);
            }
        }
        return FeatureMatrix.owning(rows, dimension, values);
    }
}
