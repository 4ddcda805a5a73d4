package io.github.linfhash.spark.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.spark.shards.ShardFeatures;
import io.github.linfhash.spark.statistics.DistributedKMeans;
import io.github.linfhash.spark.statistics.DistributedMoments;
import io.github.linfhash.spark.statistics.FeatureMoments;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest extends OnLocalSpark {
    private static final FeatureMatrix ROWS =
            Blobs.classes(new Blobs.Sizes(4, 6, 500, 4), 2).train();

    @TempDir
    private Path folder;

    private ShardFeatures cut(String name, int... sizes) throws IOException {
        return ShardFeatures.open(context, Shards.features(folder.resolve(name), ROWS, sizes), null);
    }

    /** The reference sums decimal fractions, which are exact. */
    @Test
    void momentsAreThoseOfExactSumsHoweverTheRowsAreCut() throws IOException {
        FeatureMoments some = DistributedMoments.of(context, cut("a", 499));
        FeatureMoments others = DistributedMoments.of(context, cut("b", 1, 0, 77, 200, 3));
        assertThat(some.rows()).isEqualTo(500);
        assertThat(others.toMean()).isEqualTo(some.toMean());
        double largest = Arrays.stream(some.toCovariance()).max().orElseThrow();
        for (int i = 0; i < 6; i++) {
            assertThat(some.toMean()[i]).isCloseTo(exactMean(i), within(1e-16));
            for (int j = 0; j < 6; j++) {
                double value = some.toCovariance()[6 * i + j];
                assertThat(value).isCloseTo(exactCovariance(i, j), within(1e-12 * largest));
                assertThat(others.toCovariance()[6 * i + j]).isCloseTo(value, within(1e-12 * largest));
            }
        }
    }

    /** A float64 sum would lose the ones beside 2^60 and -2^60, wherever these lie. */
    @Test
    void smallValuesSurviveBesideLargeOnes() throws IOException {
        float large = 0x1p60f;
        float[][] rows = {{large}, {1}, {1}, {-large}, {1}, {large}, {-large}, {1}};
        FeatureMatrix features = FeatureMatrix.copyOf(rows);
        for (int cut = 1; cut < rows.length; cut++) {
            Path files = Shards.features(folder.resolve("cut" + cut), features, cut);
            assertThat(DistributedMoments.of(context, ShardFeatures.open(context, files, null))
                            .toMean())
                    .containsExactly(0.5);
        }
    }

    private static BigDecimal at(int row, int column) {
        return new BigDecimal(ROWS.get(row, column));
    }

    private static BigDecimal meanOf(int column) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int row = 0; row < ROWS.rows(); row++) {
            sum = sum.add(at(row, column));
        }
        return sum.divide(BigDecimal.valueOf(ROWS.rows()), new MathContext(60));
    }

    private static double exactMean(int column) {
        return meanOf(column).doubleValue();
    }

    private static double exactCovariance(int i, int j) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal meanOfI = meanOf(i);
        BigDecimal meanOfJ = meanOf(j);
        for (int row = 0; row < ROWS.rows(); row++) {
            sum = sum.add(at(row, i).subtract(meanOfI).multiply(at(row, j).subtract(meanOfJ)));
        }
        return sum.divide(BigDecimal.valueOf(ROWS.rows()), MathContext.DECIMAL128)
                .doubleValue();
    }

    @Test
    void kMeansIsLloydsAlgorithmHoweverTheRowsAreCut() throws IOException {
        DistributedKMeans none = new DistributedKMeans(7, 0, 5);
        FeatureMatrix start = none.centers(context, cut("a", 499));
        assertThat(none.centers(context, cut("b", 3, 0, 200))).isEqualTo(start);
        assertThat(new DistributedKMeans(7, 0, 6).centers(context, cut("c", 3))).isNotEqualTo(start);

        FeatureMatrix expected = start;
        for (int iteration = 0; iteration < 3; iteration++) {
            expected = plainLloyd(expected);
        }
        FeatureMatrix found = new DistributedKMeans(7, 3, 5).centers(context, cut("d", 3, 0, 200));
        assertThat(found.toArray()).containsExactly(expected.toArray(), within(1e-6f));
        assertThat(new DistributedKMeans(7, 3, 5).centers(context, cut("e", 250)))
                .isEqualTo(found);
    }

    private static FeatureMatrix plainLloyd(FeatureMatrix centers) {
        double[][] sums = new double[centers.rows()][6];
        int[] sizes = new int[centers.rows()];
        for (int row = 0; row < ROWS.rows(); row++) {
            int nearest = nearest(centers, row);
            sizes[nearest]++;
            for (int j = 0; j < 6; j++) {
                sums[nearest][j] += ROWS.get(row, j);
            }
        }
        float[][] moved = new float[sizes.length][6];
        for (int cluster = 0; cluster < sizes.length; cluster++) {
            for (int j = 0; j < 6; j++) {
                moved[cluster][j] = (float) (sums[cluster][j] / sizes[cluster]);
            }
        }
        return FeatureMatrix.copyOf(moved);
    }

    private static int nearest(FeatureMatrix centers, int row) {
        int nearest = -1;
        double smallest = Double.POSITIVE_INFINITY;
        for (int cluster = 0; cluster < centers.rows(); cluster++) {
            double distance = 0;
            for (int j = 0; j < 6; j++) {
                double difference = ROWS.get(row, j) - centers.get(cluster, j);
                distance += difference * difference;
            }
            if (distance < smallest) {
                smallest = distance;
                nearest = cluster;
            }
        }
        return nearest;
    }
}
