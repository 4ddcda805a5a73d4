package io.github.linfhash.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.SmallCodebook;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallCodebookTest {
    private final UniformRandomProvider random = new RandomStreams(1).stream("rows");

    private FeatureMatrix values(int n, int d) {
        float[] values = new float[n * d];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return FeatureMatrix.owning(n, d, values);
    }

    private static double squaredDistance(FeatureMatrix rows, int i, FeatureMatrix points, int k) {
        double squared = 0;
        for (int j = 0; j < rows.dimension(); j++) {
            double less = (double) rows.get(i, j) - points.get(k, j);
            squared += less * less;
        }
        return squared;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 17", "4, 256", "7, 256", "24, 256", "33, 5"})
    void areThoseOfPlainLoops(int d, int m) {
        FeatureMatrix points = values(m, d);
        FeatureMatrix rows = values(300, d);
        SmallCodebook.Nearest nearest = new SmallCodebook(points.toArray(), points.dimension()).of(rows.toArray());
        for (int i = 0; i < rows.rows(); i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < m; k++) {
                least = Math.min(least, squaredDistance(rows, i, points, k));
            }
            assertThat(squaredDistance(rows, i, points, nearest.point(i))).isCloseTo(least, within(1e-5));
            assertThat(nearest.squaredDistance(i)).isCloseTo(least, within(1e-5));
        }
    }

    @Test
    void ofEquallyNearPointsTheFirstIsTaken() {
        FeatureMatrix points = FeatureMatrix.owning(4, 1, new float[] {3, 1, -1, 1});
        SmallCodebook.Nearest nearest =
                new SmallCodebook(points.toArray(), points.dimension()).of(new float[] {0, 1, 2});
        assertThat(nearest.point(0)).isEqualTo(1);
        assertThat(nearest.point(1)).isEqualTo(1);
        assertThat(nearest.point(2)).isZero();
        assertThat(nearest.squaredDistance(1)).isZero();
    }

    /** The order of the sums is that of the class: coordinates by fours, and of each four the first first. */
    private static float score(FeatureMatrix rows, int i, FeatureMatrix points, int k) {
        double norm = 0;
        for (int j = 0; j < points.dimension(); j++) {
            norm += (double) points.get(k, j) * points.get(k, j);
        }
        float score = (float) norm;
        for (int j = 0; j < points.dimension(); j += 4) {
            float four = 0;
            for (int l = j; l < Math.min(j + 4, points.dimension()); l++) {
                four += rows.get(i, l) * (-2 * points.get(k, l));
            }
            score += four;
        }
        return score;
    }

    /** Points in pairs, so that each score is there twice; 300 rows are a tile and a rest, 700 two tiles and a third that is filled in part. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 300",
        "3, 17, 127",
        "3, 17, 128",
        "4, 256, 267",
        "4, 256, 268",
        "4, 255, 269",
        "7, 250, 700",
        "8, 257, 255",
        "8, 63, 256",
        "8, 64, 257",
        "12, 65, 700",
        "16, 256, 700",
        "33, 5, 300",
        "5, 2, 0"
    })
    void ofManyRowsEachFindsToTheBitWhatItFindsAlone(int d, int m, int n) {
        FeatureMatrix some = values(m, d);
        FeatureMatrix points = some.select(IntStream.range(0, m).map(k -> k / 2).toArray());
        FeatureMatrix rows = values(n, d);
        SmallCodebook codebook = new SmallCodebook(points.toArray(), d);
        SmallCodebook.Nearest nearest = codebook.of(rows.toArray());
        for (int i = 0; i < rows.rows(); i++) {
            int first = 0;
            for (int k = 1; k < m; k++) {
                if (score(rows, i, points, k) < score(rows, i, points, first)) {
                    first = k;
                }
            }
            assertThat(nearest.point(i)).isEqualTo(first);
            SmallCodebook.Nearest alone = codebook.of(rows.select(new int[] {i}).toArray());
            assertThat(alone.point(0)).isEqualTo(first);
            assertThat(Double.compare(nearest.squaredDistance(i), alone.squaredDistance(0)))
                    .isZero();
        }
    }

    /** A score that is no number is below none, but stays where it is the first one. */
    @Test
    void scoresThatAreNoNumbersAreLeftOutInTilesAsInSingleRows() {
        float[] points = new float[256];
        for (int k = 0; k < points.length; k++) {
            points[k] = k;
        }
        points[7] = Float.NaN;
        float[] rows = new float[200];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i + 0.25f;
        }
        rows[3] = Float.NaN;
        rows[5] = Float.POSITIVE_INFINITY;
        SmallCodebook codebook = new SmallCodebook(points, 1);
        SmallCodebook.Nearest nearest = codebook.of(rows);
        for (int i = 0; i < rows.length; i++) {
            SmallCodebook.Nearest alone = codebook.of(new float[] {rows[i]});
            assertThat(nearest.point(i)).isEqualTo(alone.point(0));
            assertThat(Double.compare(nearest.squaredDistance(i), alone.squaredDistance(0)))
                    .isZero();
        }
        assertThat(nearest.point(3)).isZero();
        assertThat(nearest.point(6)).isEqualTo(6);
        assertThat(nearest.point(7)).isEqualTo(8);
        assertThat(nearest.squaredDistance(3)).isNaN();
        points[0] = Float.NaN;
        assertThat(new SmallCodebook(points, 1).of(rows).point(100)).isZero();
    }
}
