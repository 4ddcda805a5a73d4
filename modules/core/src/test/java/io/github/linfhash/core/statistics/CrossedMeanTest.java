package io.github.linfhash.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.statistics.CrossedMean.Range;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossedMeanTest {
    private static CrossedMean ofCells(double[]... cells) {
        return CrossedMean.ofCells(cells, Range.ANY, 0).orElseThrow();
    }

    // Two-sided 95% quantiles from printed tables of Student's t, by number of values.
    @ParameterizedTest
    @CsvSource({"2, 12.706", "3, 4.303", "5, 2.776", "10, 2.262", "31, 2.042"})
    void ofOneSearchItIsStudentsIntervalOverSeeds(int n, double tabulated) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> Math.sin(i) + 3);
        CrossedMean found = ofCells(values);
        assertThat(found.mean()).isCloseTo(StatUtils.mean(values), within(1e-12));
        assertThat(found.standardError()).isCloseTo(Math.sqrt(StatUtils.variance(values) / n), within(1e-12));
        assertThat(found.degrees()).isCloseTo(n - 1, within(1e-9));
        assertThat(found.reach() / found.standardError()).isCloseTo(tabulated, within(6e-4));
        assertThat(found.p(3)).isCloseTo(new TTest().tTest(3, values), within(1e-9));
        assertThat(found.searches()).isEqualTo(1);
    }

    /**
     * Effects of searches -0.2, 0 and 0.2, of seeds -0.1, 0 and 0.1, and of cells 0.06, -0.06, 0 over -0.06, 0.06, 0 over zeros. By hand:
     * MS(search) = 3 * 0.08 / 2 = 0.12, MS(seed) = 3 * 0.02 / 2 = 0.03, MS(cell) = 4 * 0.06^2 / 4 = 0.0036. The variance is (0.12 + 0.03
     * - 0.0036) / 9, its degrees of freedom (0.1464)^2 / (0.12^2 / 2 + 0.03^2 / 2 + 0.0036^2 / 4) = 2.80051.
     */
    @Test
    void twoWaysByHand() {
        CrossedMean found = ofCells(
                new double[] {0.5 - 0.2 - 0.1 + 0.06, 0.5 - 0.2 - 0.06, 0.5 - 0.2 + 0.1},
                new double[] {0.5 - 0.1 - 0.06, 0.5 + 0.06, 0.5 + 0.1},
                new double[] {0.5 + 0.2 - 0.1, 0.5 + 0.2, 0.5 + 0.2 + 0.1});
        assertThat(found.mean()).isCloseTo(0.5, within(1e-12));
        assertThat(found.standardError()).isCloseTo(Math.sqrt(0.1464 / 9), within(1e-12));
        assertThat(found.degrees()).isCloseTo(2.80051, within(1e-4));
        double quantile = new TDistribution(2.80051).inverseCumulativeProbability(0.975);
        assertThat(found.high() - 0.5).isCloseTo(quantile * Math.sqrt(0.1464 / 9), within(1e-4));
    }

    /** Where the searches differ by less than the cells explain, they count as nothing; where both do, the cells alone count. */
    @Test
    void negativeComponentsAreNone() {
        double[][] cells = {{-2 + 1, 0 - 1, 2}, {-2 - 1, 0 + 1, 2}};
        CrossedMean seeds = ofCells(cells);
        // Cell effects 1, -1, 0 and -1, 1, 0: squares 4 over 2 degrees. MS(seed) = 2 * 8 / 2 = 8, MS(search) = 0.
        assertThat(seeds.standardError()).isCloseTo(Math.sqrt(8.0 / 6), within(1e-12));
        assertThat(seeds.degrees()).isCloseTo(2, within(1e-9));
        CrossedMean cellsAlone = ofCells(new double[] {1, -1}, new double[] {-1, 1});
        assertThat(cellsAlone.standardError()).isCloseTo(Math.sqrt(4.0 / 4), within(1e-12));
        assertThat(cellsAlone.degrees()).isCloseTo(1, within(1e-9));
    }

    /**
     * Two methods whose searches share nothing. By hand, with effects of three searches -0.2, 0, 0.2 and -0.3, 0, 0.3 and no other: MS(search) =
     * 3 * 0.08 / 2 = 0.12 and 3 * 0.18 / 2 = 0.27, over 9 cells each. Effects of seeds that both have cancel. So the variance of the difference is
     * 0.39 / 9, with (0.39)^2 / (0.12^2 / 2 + 0.27^2 / 2) = 3.4845 degrees of freedom, although paired by number both rise alike.
     */
    @Test
    void searchesAreNestedInMethods() {
        double[] ofSeeds = {-0.4, 0.1, 0.3};
        double[][] first = new double[3][3];
        double[][] second = new double[3][3];
        for (int a = 0; a < 3; a++) {
            for (int s = 0; s < 3; s++) {
                first[a][s] = 5 + 0.2 * (a - 1) + ofSeeds[s];
                second[a][s] = -3 - 0.3 * (a - 1) - ofSeeds[s];
            }
        }
        CrossedMean found =
                CrossedMean.ofCells(List.of(first, second), Range.ANY, 0).orElseThrow();
        assertThat(found.mean()).isCloseTo(2, within(1e-12));
        assertThat(found.standardError()).isCloseTo(Math.sqrt(0.39 / 9), within(1e-12));
        assertThat(found.degrees()).isCloseTo(3.4845, within(1e-3));
        double[][][] queries = new double[3][3][4];
        double[][][] others = new double[3][3][4];
        for (int a = 0; a < 3; a++) {
            for (int s = 0; s < 3; s++) {
                Arrays.fill(queries[a][s], first[a][s]);
                Arrays.fill(others[a][s], second[a][s]);
            }
        }
        CrossedMean nested =
                CrossedMean.nested(List.of(queries, others), Range.ANY, 0).orElseThrow();
        assertThat(nested.standardError()).isCloseTo(found.standardError(), within(1e-12));
    }

    /** Against the textbook's table of three crossed factors, with a loop for each mean square. */
    @Test
    void threeWaysAgreeWithPlainLoops() {
        UniformRandomProvider random = new RandomStreams(3).stream("values");
        int a = 3;
        int b = 4;
        int c = 6;
        double[] ofA = random.doubles(a, 0, 4).toArray();
        double[] ofB = random.doubles(b, 0, 3).toArray();
        double[] ofC = random.doubles(c, 0, 5).toArray();
        double[][] ofAb = rectangle(random, a, b, 3);
        double[][] ofAc = rectangle(random, a, c, 3);
        double[][] ofBc = rectangle(random, b, c, 3);
        double[][][] y = new double[a][b][c];
        for (int i = 0; i < a; i++) {
            for (int j = 0; j < b; j++) {
                for (int k = 0; k < c; k++) {
                    y[i][j][k] = ofA[i] + ofB[j] + ofC[k] + ofAb[i][j] + ofAc[i][k] + ofBc[j][k] + random.nextDouble();
                }
            }
        }
        double[] ms = meanSquares(y);
        // By inclusion and exclusion, which is what is left where no component is negative.
        double variance = (ms[0] + ms[1] + ms[2] - ms[3] - ms[4] - ms[5] + ms[6]) / (a * b * c);
        int[] degrees = {
            a - 1, b - 1, c - 1, (a - 1) * (b - 1), (a - 1) * (c - 1), (b - 1) * (c - 1), (a - 1) * (b - 1) * (c - 1)
        };
        double uncertainty = 0;
        for (int i = 0; i < ms.length; i++) {
            uncertainty += ms[i] * ms[i] / degrees[i] / Math.pow(a * b * c, 2);
        }
        assertThat(ms[3]).isGreaterThan(ms[6]);
        assertThat(ms[4]).isGreaterThan(ms[6]);
        assertThat(ms[5]).isGreaterThan(ms[6]);
        assertThat(ms[0] - ms[3] - ms[4] + ms[6]).isPositive();
        assertThat(ms[1] - ms[3] - ms[5] + ms[6]).isPositive();
        assertThat(ms[2] - ms[4] - ms[5] + ms[6]).isPositive();

        CrossedMean found = CrossedMean.crossed(y, Range.ANY).orElseThrow();
        assertThat(found.standardError()).isCloseTo(Math.sqrt(variance), within(1e-12));
        assertThat(found.degrees()).isCloseTo(variance * variance / uncertainty, within(1e-8));
        assertThat(found.searches()).isEqualTo(3);
        assertThat(found.seeds()).isEqualTo(4);
    }

    private static double[][] rectangle(UniformRandomProvider random, int rows, int columns, double most) {
        double[][] values = new double[rows][];
        Arrays.setAll(values, i -> random.doubles(columns, 0, most).toArray());
        return values;
    }

    /** Of the factors i, j, k, the pairs ij, ik, jk, and all three. */
    private static double[] meanSquares(double[][][] y) {
        int a = y.length;
        int b = y[0].length;
        int c = y[0][0].length;
        double m = 0;
        double[] mi = new double[a];
        double[] mj = new double[b];
        double[] mk = new double[c];
        double[][] mij = new double[a][b];
        double[][] mik = new double[a][c];
        double[][] mjk = new double[b][c];
        for (int i = 0; i < a; i++) {
            for (int j = 0; j < b; j++) {
                for (int k = 0; k < c; k++) {
                    double v = y[i][j][k];
                    m += v / (a * b * c);
                    mi[i] += v / (b * c);
                    mj[j] += v / (a * c);
                    mk[k] += v / (a * b);
                    mij[i][j] += v / c;
                    mik[i][k] += v / b;
                    mjk[j][k] += v / a;
                }
            }
        }
        double[] ms = new double[7];
        for (int i = 0; i < a; i++) {
            for (int j = 0; j < b; j++) {
                for (int k = 0; k < c; k++) {
                    ms[0] += Math.pow(mi[i] - m, 2) / (a - 1);
                    ms[1] += Math.pow(mj[j] - m, 2) / (b - 1);
                    ms[2] += Math.pow(mk[k] - m, 2) / (c - 1);
                    ms[3] += Math.pow(mij[i][j] - mi[i] - mj[j] + m, 2) / (a - 1) / (b - 1);
                    ms[4] += Math.pow(mik[i][k] - mi[i] - mk[k] + m, 2) / (a - 1) / (c - 1);
                    ms[5] += Math.pow(mjk[j][k] - mj[j] - mk[k] + m, 2) / (b - 1) / (c - 1);
                    double rest = y[i][j][k] - mij[i][j] - mik[i][k] - mjk[j][k] + mi[i] + mj[j] + mk[k] - m;
                    ms[6] += rest * rest / (a - 1) / (b - 1) / (c - 1);
                }
            }
        }
        return ms;
    }

    /** Of one seed it is Student's interval over queries, a little wider as fractions are bounded. */
    @Test
    void ofOneSeedItIsAboutQueries() {
        double[] values = {0.5, 0.7, 0.6, 0.9, 0.4};
        CrossedMean any =
                CrossedMean.crossed(new double[][][] {{values}}, Range.ANY).orElseThrow();
        double error = Math.sqrt(StatUtils.variance(values) / 5);
        assertThat(any.standardError()).isCloseTo(error, within(1e-12));
        assertThat(any.reach()).isCloseTo(2.776 * error, within(1e-3));
        CrossedMean nested = CrossedMean.nested(List.<double[][][]>of(new double[][][] {{values}}), Range.ANY, 0)
                .orElseThrow();
        assertThat(nested.standardError()).isCloseTo(error, within(1e-12));
        assertThat(nested.degrees()).isCloseTo(4, within(1e-9));
        CrossedMean fraction =
                CrossedMean.crossed(new double[][][] {{values}}, Range.FRACTION).orElseThrow();
        assertThat(fraction.low()).isLessThanOrEqualTo(any.low());
        assertThat(fraction.high()).isBetween(any.high(), 1.0);
    }

    /** Five seeds whose means agree by accident are no surer than their queries are. */
    @Test
    void queriesAreAFloor() {
        double[][] seeds = new double[5][];
        Arrays.setAll(seeds, s -> new double[] {0, 1, 0, 1, s % 2, 1 - s % 2});
        CrossedMean found = CrossedMean.nested(List.<double[][][]>of(new double[][][] {seeds}), Range.ANY, 0)
                .orElseThrow();
        // Each seed has variance 6 * 0.25 / 5 = 0.3, its mean 0.05, and the mean of five 0.01, with 25 degrees of
        // freedom.
        assertThat(found.standardError()).isCloseTo(0.1, within(1e-12));
        assertThat(found.degrees()).isCloseTo(25, within(1e-9));
        // Of two seeds the degrees stay those of the seeds.
        CrossedMean two = CrossedMean.nested(
                        List.<double[][][]>of(new double[][][] {{seeds[0], seeds[1]}}), Range.ANY, 0)
                .orElseThrow();
        assertThat(two.standardError()).isCloseTo(Math.sqrt(0.025), within(1e-12));
        assertThat(two.degrees()).isCloseTo(1, within(1e-9));
    }

    /**
     * Means of seeds 0.1, 0.2, 0.3, 0.4 and 0.5 that differ by a little more than their queries explain, and by a little less: the degrees of the
     * queries never count for the seeds. By hand: the seeds' variance is 0.025 / 5 = 0.005 with 4 degrees of freedom.
     */
    @Test
    void theQueriesNeverNarrowWhatTheSeedsLeaveOpen() {
        double reachOfSeeds = 2.776445 * Math.sqrt(0.005);
        double pOfSeeds = new TTest().tTest(0, new double[] {0.1, 0.2, 0.3, 0.4, 0.5});
        for (double floor : new double[] {0.9, 1.1, 1.9, 2.1}) {
            // 2,000 queries of a seed are this far above or below its mean: their variance gives the floor.
            double around = Math.sqrt(floor * 0.025 * 2_000) * Math.sqrt(1_999.0 / 2_000);
            double[][] seeds = new double[5][2_000];
            for (int s = 0; s < 5; s++) {
                for (int q = 0; q < 2_000; q++) {
                    seeds[s][q] = 0.1 * (s + 1) + (q % 2 == 0 ? around : -around);
                }
            }
            CrossedMean found = CrossedMean.nested(List.<double[][][]>of(new double[][][] {seeds}), Range.ANY, 0)
                    .orElseThrow();
            double reachOfQueries = 1.960263 * Math.sqrt(floor * 0.005);
            assertThat(found.reach()).isCloseTo(Math.max(reachOfSeeds, reachOfQueries), within(1e-5));
            assertThat(found.p(0)).isGreaterThanOrEqualTo(pOfSeeds * (1 - 1e-9));
        }
    }

    /** Five seeds with the same queries and no effect of their own know as much as one. */
    @Test
    void sharedQueriesCountOnce() {
        double[] queries = new double[100];
        Arrays.setAll(queries, q -> q % 10 / 10.0);
        double[][] seeds = {queries, queries, queries, queries, queries};
        CrossedMean one = CrossedMean.nested(List.<double[][][]>of(new double[][][] {{queries}}), Range.FRACTION, 1)
                .orElseThrow();
        CrossedMean five = CrossedMean.nested(List.<double[][][]>of(new double[][][] {seeds}), Range.FRACTION, 1)
                .orElseThrow();
        assertThat(five.standardError()).isCloseTo(one.standardError(), within(1e-12));
        assertThat(five.low()).isCloseTo(one.low(), within(1e-3));
        // A fifth of the vectors: 1 + 4 / 5 times the variance of independent queries.
        CrossedMean some = CrossedMean.nested(List.<double[][][]>of(new double[][][] {seeds}), Range.FRACTION, 0.2)
                .orElseThrow();
        assertThat(Math.pow(some.standardError() / one.standardError(), 2)).isCloseTo(1.8 / 5, within(1e-12));
    }

    /** The bound of Clopper and Pearson for 20 of 20 is 0.8316 (two-sided, 95%). */
    @Test
    void noIntervalHasWidthZero() {
        double[] ones = new double[20];
        Arrays.fill(ones, 1);
        CrossedMean found =
                CrossedMean.crossed(new double[][][] {{ones}}, Range.FRACTION).orElseThrow();
        assertThat(found.mean()).isEqualTo(1);
        assertThat(found.high()).isEqualTo(1);
        assertThat(found.low()).isCloseTo(0.8316, within(1e-4));
        CrossedMean nested = CrossedMean.nested(
                        List.<double[][][]>of(new double[][][] {{Arrays.copyOf(ones, 10), Arrays.copyOf(ones, 10)}}),
                        Range.FRACTION,
                        0)
                .orElseThrow();
        assertThat(nested.low()).isCloseTo(0.8316, within(1e-4));
        CrossedMean cells =
                CrossedMean.ofCells(new double[][] {{0, 0}}, Range.FRACTION, 10).orElseThrow();
        assertThat(cells.low()).isZero();
        assertThat(cells.high()).isCloseTo(1 - 0.8316, within(1e-4));
        CrossedMean same = CrossedMean.crossed(new double[][][] {{new double[20]}}, Range.DIFFERENCE)
                .orElseThrow();
        assertThat(same.p(0)).isEqualTo(1);
        assertThat(same.high()).isCloseTo(1 - 0.8316, within(1e-4));
        assertThat(same.p(0.3)).isLessThan(0.05);
        assertThat(CrossedMean.ofCells(new double[][] {{2, 2, 2}}, Range.ANY, 0))
                .isEmpty();
        assertThat(CrossedMean.ofCells(new double[][] {{0.3}}, Range.FRACTION, 100))
                .isEmpty();
    }

    /** One miss among perfect queries does not make a bound better. */
    @Test
    void theBoundFallsWithEachMiss() {
        double[] values = new double[20];
        Arrays.fill(values, 1);
        double before = 1;
        for (int misses = 0; misses < 5; misses++) {
            values[misses] = misses == 0 ? 1 : 0.9;
            double low = CrossedMean.crossed(new double[][][] {{values}}, Range.FRACTION)
                    .orElseThrow()
                    .low();
            assertThat(low).isLessThan(before);
            before = low;
        }
    }

    @Test
    void refusesWhatIsNoTable() {
        assertThatThrownBy(() -> CrossedMean.ofCells(new double[][] {{1, Double.NaN}}, Range.ANY, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> CrossedMean.ofCells(new double[][] {{1, Double.POSITIVE_INFINITY}}, Range.ANY, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CrossedMean.ofCells(new double[][] {{0.5, 1.5}}, Range.FRACTION, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> CrossedMean.ofCells(new double[][] {{1, 2}, {1}}, Range.ANY, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CrossedMean.ofCells(new double[0][], Range.ANY, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        CrossedMean.nested(List.<double[][][]>of(new double[][][] {{{1, 2}}, {{1}}}), Range.ANY, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CrossedMean.crossed(new double[][][] {{{1, 2}, {1}}}, Range.ANY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CrossedMean.crossed(new double[][][] {{{1, Double.NaN}}}, Range.ANY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Groups of one query are what queries alone are, and one seed has no variance of seeds. */
    @Test
    void queriesOfTheirOwnGroupsAreIndependent() {
        double[] queries = {1, 0.5, 0.25, 0.75, 1, 0.9};
        SeedVariance much = new SeedVariance(1, 3);
        CrossedMean alone = CrossedMean.crossed(new double[][][] {{queries}}, Range.FRACTION)
                .orElseThrow();
        CrossedMean grouped = CrossedMean.ofGroups(new double[][] {queries}, much, new int[] {0, 1, 2, 3, 4, 5});
        assertThat(grouped.mean()).isCloseTo(alone.mean(), within(1e-12));
        assertThat(grouped.standardError()).isCloseTo(alone.standardError(), within(1e-12));
        assertThat(grouped.low()).isCloseTo(alone.low(), within(1e-12));
        assertThat(grouped.high()).isCloseTo(alone.high(), within(1e-12));
    }

    /** Three groups, each of the same query twice, are three queries. */
    @Test
    void repeatedQueriesOfAGroupCountOnce() {
        double[] once = {1, 0.5, 0.25};
        double[] twice = {1, 1, 0.5, 0.5, 0.25, 0.25};
        SeedVariance none = new SeedVariance(0, 1);
        CrossedMean three = CrossedMean.ofGroups(new double[][] {once}, none, new int[] {0, 1, 2});
        CrossedMean six = CrossedMean.ofGroups(new double[][] {twice}, none, new int[] {0, 0, 1, 1, 2, 2});
        assertThat(six.standardError()).isCloseTo(three.standardError(), within(1e-12));
        assertThat(six.degrees()).isCloseTo(2, within(1e-12));
        assertThat(six.low()).isCloseTo(three.low(), within(1e-12));
        assertThat(six.high()).isCloseTo(three.high(), within(1e-12));
    }

    /** Two quantizers whose seeds differ by 0.2 and 0 at a recall of 0.5, without a rest: components 0.02 and 0. */
    @Test
    void theVarianceOfSeedsIsPooledOverQuantizers() {
        double[][] differ = {{0.3, 0.5}, {0.5, 0.7}};
        double[][] agree = {{0.4, 0.6}, {0.4, 0.6}};
        SeedVariance pooled = SeedVariance.of(List.of(differ, agree, new double[][] {{0.1, 0.2}}));
        assertThat(pooled.relative()).isCloseTo(0.01 / 0.0625, within(1e-12));
        assertThat(pooled.degrees()).isCloseTo(2, within(1e-12));
        CrossedMean found = CrossedMean.ofGroups(differ, pooled, new int[] {0, 1});
        // Means of queries 0.4 and 0.6 have the variance 0.02, over two queries; the component counts half.
        assertThat(found.standardError()).isCloseTo(Math.sqrt(0.02 / 2 + 0.01 / 2), within(1e-12));
        assertThat(found.degrees()).isCloseTo(0.015 * 0.015 / (0.01 * 0.01 / 1 + 0.005 * 0.005 / 2), within(1e-12));
        assertThat(SeedVariance.of(List.<double[][]>of(agree))).isEqualTo(new SeedVariance(0, 1));
    }
}
