package io.github.linfhash.core.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The mean of values that were measured with several searches of options, several seeds and many queries, with its standard error and
 * its interval of 95%: the one statistic behind every interval, test and group of this program.
 *
 * <p><b>Model.</b> Searches, seeds and queries are random factors (Searle, Casella and McCulloch, Variance Components, 1992, chapter 4;
 * Baayen, Davidson and Bates, Journal of Memory and Language 59, 2008, for crossed effects). Searches are crossed with seeds: each winner is run on
 * each split. Queries are nested in seeds where each seed draws its own, or crossed with all where the queries are the same.
 *
 * <p><b>Variance.</b> Let MS(u) be the mean square of a set u of factors, and n(u) the product of their levels. Its expectation is the sum
 * of v(w) N / n(w) over all w that contain u, with the variance components v and N values. The components follow from the largest set
 * downwards; a negative one counts as 0. The variance of the mean is the sum of v(u) / n(u). For A searches and B seeds this is
 * (max(MS(search), MS(cell)) + max(MS(seed), MS(cell)) - MS(cell)) / (A B). Its degrees of freedom are those of Satterthwaite (Biometrics
 * Bulletin 2, 1946) for the mean squares that are left in the sum.
 *
 * <p><b>Differences.</b> Searches are nested in methods: search 3 of one method and search 3 of another share nothing. Seeds and queries are the
 * same for both. So the variance of a difference is that of its mean for each seed, and for each method max(0, MS(search) - MS(cell)) / (A B).
 *
 * <p><b>Queries.</b> Where each seed draws its own queries, the factors are searches and seeds, and the values are means over queries: they hold
 * what the draw of queries does. The variance within seeds alone, s^2 / n for each seed, is known with many degrees of freedom. It is a floor:
 * a few seeds whose means agree by accident do not give a false certainty. With five seeds or more the floor has its own degrees of freedom;
 * with fewer those of the cells, as two or three means agree too often although seeds differ ({@code CoverageStudy} in the examples). The
 * interval is the wider one of the two, and p the larger one: a floor of many degrees of freedom never narrows what the seeds leave open.
 *
 * <p><b>Shared queries.</b> Queries that all seeds draw from the same P vectors are not independent: a vector is a query of two seeds with
 * probability n / P, and the means of two seeds have the covariance s^2 / P. The means of seeds do not show it, so it is added to both variances.
 *
 * <p><b>Fractions.</b> The interval of fractions stays within 0 and 1, and never ends nearer to the mean than the bound of Gaffke (Three test
 * statistics for a nonparametric one-sided hypothesis on the mean of a nonnegative variable, Mathematical Methods of Statistics 14, 2005):
 * the mean of the queries' values with one more of the worst value, weighted at random as in the Bayesian bootstrap. Here a beta distribution
 * with the mean and variance of that weighted mean stands for it. Where all n values are 1, it is exactly the bound of Clopper and Pearson (Biometrika 26,
 * 1934), 0.025^(1/n). Of differences that are all equal, a share 1 - 0.025^(1/n) of queries may be anything else. So no interval has width 0.
 *
 * @param mean the mean over all cells
 * @param errors how far the mean may be off; at least one, the one with the wider interval first
 * @param low lower end of the 95% interval
 * @param high upper end of the 95% interval
 * @param searches how many searches; with one, all is conditional on the options
 * @param seeds how many seeds; with one, all is conditional on the split
 */
public record CrossedMean(double mean, List<StandardError> errors, double low, double high, int searches, int seeds) {
    /** The confidence level of all intervals. */
    public static final double LEVEL = 0.95;

    private static final double TAIL = (1 - LEVEL) / 2;

    /** From this many seeds on, means of seeds that vary less than their queries explain are taken to vary by these alone. */
    private static final int ENOUGH_SEEDS = 5;

    /** Sums of equal values differ by less than this share of them. */
    private static final double ROUNDING = 1e-13;

    /**
     * A standard error of the mean.
     *
     * @param size above 0
     * @param degrees of freedom, at least 1
     */
    public record StandardError(double size, double degrees) {
        private double reach() {
            return student(degrees).inverseCumulativeProbability(1 - TAIL) * size;
        }

        private double p(double distance) {
            return 2 * student(degrees).cumulativeProbability(-Math.abs(distance) / size);
        }
    }

    /** A mean with one standard error. */
    public CrossedMean(
            double mean, double standardError, double degrees, double low, double high, int searches, int seeds) {
        this(mean, List.of(new StandardError(standardError, degrees)), low, high, searches, seeds);
    }

    public CrossedMean {
        errors = List.copyOf(errors);
    }

    /** The range of the values of single queries. */
    public enum Range {
        /** From 0 to 1. */
        FRACTION(0, 1),
        /** A difference of two fractions. */
        DIFFERENCE(-1, 1),
        /** Anything. */
        ANY(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

        private final double least;
        private final double most;

        Range(double least, double most) {
            this.least = least;
            this.most = most;
        }

        private double require(double value) {
            if (!(value >= least && value <= most)) {
                throw new IllegalArgumentException(
                        "expected values from " + least + " to " + most + ", found " + value);
            }
            return Finite.require(value);
        }
    }

    /**
     * Returns the mean of cells of which single queries are not known.
     *
     * @param cells for each search, a value for each seed
     * @param range of the values
     * @param queries how many queries each value is a mean over; 0 where it is none
     * @return as {@link #ofCells(List, Range, int)}
     */
    public static Optional<CrossedMean> ofCells(double[][] cells, Range range, int queries) {
        return ofCells(List.<double[][]>of(cells), range, queries);
    }

    /**
     * Returns the sum of the means of several methods, such as the difference of two, of which single queries are not known.
     *
     * @param methods for each method and search, a value for each seed; a value that is subtracted is negative
     * @param range of the values
     * @param queries how many queries each value is a mean over; 0 where it is none
     * @return empty where nothing is known of the spread: of a single cell, or of cells that are all equal and not means of bounded values
     * @throws IllegalArgumentException if there is no cell, a search has other seeds, or a value is not finite or out of range
     */
    public static Optional<CrossedMean> ofCells(List<double[][]> methods, Range range, int queries) {
        requireTables(methods);
        methods.forEach(cells -> Arrays.stream(cells).forEach(ofSearch -> checked(ofSearch, range)));
        int seeds = methods.get(0)[0].length;
        int searches = searches(methods);
        int independent = searches * seeds == 1 ? 0 : queries * seeds;
        return Spread.ofCells(methods).result(range, independent, searches, seeds, List.of());
    }

    /**
     * Returns the sum of the means of several methods, such as the difference of two, over single queries that each seed draws.
     *
     * @param methods for each method, search and seed, a value for each query; a seed has the same queries everywhere, and a value that is
     *     subtracted is negative
     * @param range of the values
     * @param share as of a single method
     * @return empty only if there is one query in all, or all values are equal and unbounded
     * @throws IllegalArgumentException if there is no value, a search has other seeds or queries, or a value is not finite or out of range
     */
    public static Optional<CrossedMean> nested(List<double[][][]> methods, Range range, double share) {
        List<double[][]> tables = new ArrayList<>();
        for (double[][][] values : methods) {
            double[][] cells = new double[values.length][];
            for (int a = 0; a < values.length; a++) {
                cells[a] = new double[values[a].length];
                for (int s = 0; s < cells[a].length; s++) {
                    requireSame("queries of a seed", methods.get(0)[0][s].length, values[a][s].length);
                    cells[a][s] = StatUtils.mean(checked(values[a][s], range));
                }
            }
            tables.add(cells);
        }
        requireTables(tables);
        int seeds = tables.get(0)[0].length;
        double[][] ofQueries = new double[seeds][];
        for (int s = 0; s < seeds; s++) {
            ofQueries[s] = overSearches(methods, s);
        }
        double[] all = Arrays.stream(ofQueries).flatMapToDouble(Arrays::stream).toArray();
        // In how many seeds the vector of a query is a query, on average.
        double repeats = 1 + (seeds - 1) * share;
        Spread ofSeeds = Spread.ofCells(tables);
        Spread floor = ofSeeds.floor(ofQueries);
        return ofSeeds.plus(floor.times(seeds * share))
                .bounded(range, all, repeats, searches(tables), seeds, List.of(floor.times(repeats)));
    }

    /**
     * Returns the mean of values of single queries that are the same with each seed and search.
     *
     * @param values for each search and seed, a value for each query, of which there are as many everywhere
     * @param range of the values
     * @return empty only if there is one value in all, or all values are equal and unbounded
     * @throws IllegalArgumentException as {@link #nested}
     */
    public static Optional<CrossedMean> crossed(double[][][] values, Range range) {
        int seeds = values.length == 0 ? 0 : values[0].length;
        int queries = seeds == 0 ? 0 : values[0][0].length;
        double[] flat = new double[values.length * seeds * queries];
        double[] ofQueries = new double[queries];
        int at = 0;
        for (double[][] ofSearch : values) {
            requireSame("seeds of a search", seeds, ofSearch.length);
            for (double[] ofSeed : ofSearch) {
                requireSame("queries of a seed", queries, ofSeed.length);
                checked(ofSeed, range);
                for (int q = 0; q < queries; q++) {
                    flat[at++] = ofSeed[q];
                    ofQueries[q] += ofSeed[q];
                }
            }
        }
        int cells = values.length * seeds;
        double[] means = Arrays.stream(ofQueries).map(sum -> sum / cells).toArray();
        return Spread.of(flat, values.length, seeds, queries).bounded(range, means, 1, values.length, seeds, List.of());
    }

    /**
     * Returns the mean of fractions of single queries that are the same with each seed, where the variance of seeds is known from several quantizers.
     * The variance is that of the queries' means over seeds, over their number, and the pooled component over the number of seeds; with one seed,
     * all is conditional on it. Of queries in groups, groups are independent and queries within them are not: the variance is the sum of squares of
     * the groups' sums of deviations (Liang and Zeger, Biometrika 73, 1986) times G / (G - 1), and G = n^2 / sum of squared sizes groups count.
     *
     * @param ofSeeds for each seed, a fraction for each query, of which there are as many everywhere
     * @param pooled the variance of seeds
     * @param groups the number of each query's group, from 0; each query is its own where they are {@code 0, 1, 2} and so on
     * @throws IllegalArgumentException if there is no value, a seed has other queries, or a value is not a fraction
     */
    public static CrossedMean ofGroups(double[][] ofSeeds, SeedVariance pooled, int[] groups) {
        int seeds = ofSeeds.length;
        int queries = groups.length;
        double[] means = new double[queries];
        for (double[] ofSeed : ofSeeds) {
            requireSame("queries of a seed", queries, ofSeed.length);
            checked(ofSeed, Range.FRACTION);
            Arrays.setAll(means, q -> means[q] + ofSeed[q] / seeds);
        }
        double mean = StatUtils.mean(means);
        double[] sums = new double[Arrays.stream(groups).max().orElseThrow() + 1];
        double[] sizes = new double[sums.length];
        for (int q = 0; q < queries; q++) {
            sums[groups[q]] += means[q] - mean;
            sizes[groups[q]]++;
        }
        double independent = (double) queries * queries / StatUtils.sumSq(sizes);
        double freedom = Math.max(1, independent - 1);
        double ofQueries =
                independent == 1 ? 0 : StatUtils.sumSq(sums) / queries / queries * independent / (independent - 1);
        double seed = seeds == 1 ? 0 : pooled.at(mean) / seeds;
        double variance = ofQueries + seed;
        Spread spread = Math.sqrt(variance) <= ROUNDING * mean
                ? new Spread(mean, 0, 1)
                : new Spread(
                        mean,
                        variance,
                        variance * variance / (ofQueries * ofQueries / freedom + seed * seed / pooled.degrees()));
        double[] ofGroups = new double[queries];
        Arrays.setAll(ofGroups, q -> mean + sums[groups[q]] / sizes[groups[q]]);
        return spread.bounded(Range.FRACTION, ofGroups, queries / independent, 1, seeds, List.of())
                .orElseThrow();
    }

    /** Returns the standard error that the interval rests on. */
    public double standardError() {
        return errors.get(0).size();
    }

    /** Returns the degrees of freedom of {@link #standardError}. */
    public double degrees() {
        return errors.get(0).degrees();
    }

    /** Returns how far the interval reaches to the side where it reaches farther. */
    public double reach() {
        return Math.max(high - mean, mean - low);
    }

    /** Returns the two-sided p of the mean being this value. */
    public double p(double expected) {
        return errors.stream()
                .mapToDouble(error -> error.p(mean - expected))
                .max()
                .orElseThrow();
    }

    /** Returns whether the interval holds a value. */
    public boolean covers(double value) {
        return low <= value && value <= high;
    }

    /** No generator: the distribution is asked for probabilities, never for a sample. */
    private static TDistribution student(double degrees) {
        return new TDistribution(null, degrees);
    }

    private static void requireSame(String what, int expected, int found) {
        if (expected != found || found == 0) {
            throw new IllegalArgumentException(
                    "expected as many " + what + " everywhere and at least one, found " + expected + " and " + found);
        }
    }

    private static double[] checked(double[] values, Range range) {
        for (double value : values) {
            range.require(value);
        }
        return values;
    }

    private static void requireTables(List<double[][]> methods) {
        for (double[][] cells : methods) {
            if (cells.length == 0) {
                throw new IllegalArgumentException("expected at least one search, found none");
            }
            for (double[] ofSearch : cells) {
                requireSame("seeds of a search", methods.get(0)[0].length, ofSearch.length);
            }
        }
    }

    private static int searches(List<double[][]> methods) {
        return methods.stream().mapToInt(cells -> cells.length).max().orElseThrow();
    }

    private static double[] overSearches(List<double[][][]> methods, int seed) {
        double[] means = new double[methods.get(0)[0][seed].length];
        for (double[][][] values : methods) {
            for (double[][] ofSearch : values) {
                for (int q = 0; q < means.length; q++) {
                    means[q] += ofSearch[seed][q] / values.length;
                }
            }
        }
        return means;
    }

    /** A mean with its variance, which is 0 where nothing varies, and the degrees of freedom of that, at least 1. */
    private record Spread(double mean, double variance, double degrees) {
        /** The spread of a sum over methods: seeds are crossed with methods, and searches nested in them. */
        static Spread ofCells(List<double[][]> methods) {
            int seeds = methods.get(0)[0].length;
            double[] ofSeeds = new double[seeds];
            double size = 0;
            for (double[][] cells : methods) {
                double[] means = overSearches(cells);
                size += Math.abs(StatUtils.mean(means));
                Arrays.setAll(ofSeeds, s -> ofSeeds[s] + means[s]);
            }
            List<Searches> all = methods.stream().map(Searches::of).toList();
            double seed = seeds == 1 ? 0 : StatUtils.variance(ofSeeds) / seeds;
            double cell = all.stream().mapToDouble(Searches::cell).sum();
            double variance = Math.max(seed, cell);
            double uncertainty = seed > cell ? seed * seed / (seeds - 1) : 0;
            for (Searches one : all) {
                if (one.differ()) {
                    variance += one.search - one.cell;
                    uncertainty += one.search * one.search / (one.count - 1);
                }
                // Where both seeds and searches count, their cells were counted twice; where neither does, the cells
                // alone count.
                if (one.cell > 0 && one.differ() == seed > cell) {
                    uncertainty += one.cell * one.cell / (one.count - 1) / (seeds - 1);
                }
            }
            double mean = StatUtils.mean(ofSeeds);
            return Math.sqrt(variance) <= ROUNDING * size
                    ? new Spread(mean, 0, 1)
                    : new Spread(mean, variance, Math.max(1, variance * variance / uncertainty));
        }

        /** The mean squares of searches and cells of a method, over its cells: what they add to the variance of its mean. */
        private record Searches(int count, double search, double cell) {
            static Searches of(double[][] cells) {
                int searches = cells.length;
                int seeds = cells[0].length;
                if (searches == 1) {
                    return new Searches(1, 0, 0);
                }
                double[] bySearch =
                        Arrays.stream(cells).mapToDouble(StatUtils::mean).toArray();
                double[] bySeed = overSearches(cells);
                double mean = StatUtils.mean(bySeed);
                double rest = 0;
                for (int a = 0; a < searches; a++) {
                    for (int s = 0; s < seeds; s++) {
                        rest += Math.pow(cells[a][s] - bySearch[a] - bySeed[s] + mean, 2);
                    }
                }
                double cell = seeds == 1 ? 0 : rest / (searches - 1) / (seeds - 1) / searches / seeds;
                return new Searches(searches, StatUtils.variance(bySearch) / searches, cell);
            }

            boolean differ() {
                return search > cell;
            }
        }

        private static double[] overSearches(double[][] cells) {
            double[] means = new double[cells[0].length];
            for (double[] ofSearch : cells) {
                Arrays.setAll(means, s -> means[s] + ofSearch[s] / cells.length);
            }
            return means;
        }

        /** Values in the order of their factors, the last one fastest; factors of one level are none. */
        static Spread of(double[] values, int... levels) {
            int[] factors = Arrays.stream(levels).filter(n -> n > 1).toArray();
            int full = (1 << factors.length) - 1;
            double mean = StatUtils.mean(values);
            double[] squares = new double[full + 1];
            double[] degrees = new double[full + 1];
            double[] components = new double[full + 1];
            // What each mean square weighs in each component.
            double[][] weights = new double[full + 1][full + 1];
            double variance = 0;
            double[] weight = new double[full + 1];
            for (int set = full; set > 0; set--) {
                // A set has a larger number than all sets within it.
                degrees[set] = product(factors, set, 1);
                squares[set] = sumOfSquares(values, factors, set, mean) / degrees[set];
                double component = squares[set];
                weights[set][set] = 1;
                for (int larger = set + 1; larger <= full; larger++) {
                    if ((larger & set) == set) {
                        double times = product(factors, full & ~larger, 0);
                        component -= components[larger] * times;
                        for (int w = 0; w <= full; w++) {
                            weights[set][w] -= weights[larger][w] * times;
                        }
                    }
                }
                double times = product(factors, full & ~set, 0);
                components[set] = Math.max(0, component) / times;
                double levelsOf = product(factors, set, 0);
                variance += components[set] / levelsOf;
                for (int w = 0; w <= full; w++) {
                    weights[set][w] = component > 0 ? weights[set][w] / times : 0;
                    weight[w] += weights[set][w] / levelsOf;
                }
            }
            double uncertainty = 0;
            for (int set = 1; set <= full; set++) {
                uncertainty += Math.pow(weight[set] * squares[set], 2) / degrees[set];
            }
            return Math.sqrt(variance) <= ROUNDING * Math.abs(mean)
                    ? new Spread(mean, 0, 1)
                    : new Spread(mean, variance, Math.max(1, variance * variance / uncertainty));
        }

        /** Levels of the factors of a set, each less some, multiplied. */
        private static double product(int[] factors, int set, int less) {
            double product = 1;
            for (int f = 0; f < factors.length; f++) {
                product *= (set >> f & 1) == 1 ? factors[f] - less : 1;
            }
            return product;
        }

        /** The squares of what a set of factors does beyond its parts, which follows from its marginal means by inclusion and exclusion. */
        private static double sumOfSquares(double[] values, int[] factors, int set, double mean) {
            double[] effects = new double[values.length];
            for (int part = set; part > 0; part = (part - 1) & set) {
                double sign = Integer.bitCount(set ^ part) % 2 == 0 ? 1 : -1;
                double[] means = new double[(int) product(factors, part, 0)];
                for (int i = 0; i < values.length; i++) {
                    means[cell(i, factors, part)] += values[i];
                }
                double times = (double) values.length / means.length;
                for (int i = 0; i < values.length; i++) {
                    effects[i] += sign * (means[cell(i, factors, part)] / times - mean);
                }
            }
            return StatUtils.sumSq(effects);
        }

        /** The number of a value's cell among those of some factors. */
        private static int cell(int value, int[] factors, int set) {
            int rest = value;
            int cell = 0;
            int step = 1;
            for (int f = factors.length - 1; f >= 0; f--) {
                if ((set >> f & 1) == 1) {
                    cell += step * (rest % factors[f]);
                    step *= factors[f];
                }
                rest /= factors[f];
            }
            return cell;
        }

        /** The variance that the queries of each seed have alone, were those of all seeds independent. */
        Spread floor(double[][] ofSeeds) {
            double ofQueries = 0;
            double uncertainty = 0;
            for (double[] queries : ofSeeds) {
                if (queries.length > 1) {
                    double one = StatUtils.variance(queries) / queries.length / ofSeeds.length / ofSeeds.length;
                    ofQueries += one;
                    uncertainty += one * one / (queries.length - 1);
                }
            }
            if (Math.sqrt(ofQueries) <= ROUNDING * Math.abs(mean)) {
                return new Spread(mean, 0, 1);
            }
            int seeds = ofSeeds.length;
            double own = Math.max(1, ofQueries * ofQueries / uncertainty);
            double few = Math.min(own, Math.max(1, variance == 0 ? seeds - 1 : degrees));
            return new Spread(mean, ofQueries, seeds == 1 || seeds >= ENOUGH_SEEDS ? own : few);
        }

        Spread times(double factor) {
            return new Spread(mean, factor * variance, degrees);
        }

        /** Adds another variance to this one; the degrees stay, so that the interval is never narrower. */
        Spread plus(Spread other) {
            return variance == 0 ? this : new Spread(mean, variance + other.variance, degrees);
        }

        /** The result, where a number of independent queries is known alone. */
        Optional<CrossedMean> result(Range range, double queries, int searches, int seeds, List<Spread> floors) {
            List<StandardError> errors = new ArrayList<>();
            Stream.concat(Stream.of(this), floors.stream())
                    .filter(spread -> spread.variance > 0)
                    .map(spread -> new StandardError(Math.sqrt(spread.variance), spread.degrees))
                    .sorted(Comparator.comparingDouble(StandardError::reach).reversed())
                    .forEach(errors::add);
            if (!errors.isEmpty()) {
                double reach = errors.get(0).reach();
                return Optional.of(new CrossedMean(
                        mean,
                        errors,
                        Math.max(range.least, mean - reach),
                        Math.min(range.most, mean + reach),
                        searches,
                        seeds));
            }
            if (queries == 0 || range == Range.ANY) {
                return Optional.empty();
            }
            // A share of the queries may differ from all that were seen, and by as much as the range allows.
            double share = 1 - Math.pow(TAIL, 1.0 / queries);
            double below = share * (mean - range.least);
            double above = share * (range.most - mean);
            double freedom = Math.max(1, queries - 1.0);
            double size = Math.max(below, above) / new StandardError(1, freedom).reach();
            return Optional.of(new CrossedMean(mean, size, freedom, mean - below, mean + above, searches, seeds));
        }

        /**
         * The result, where the means of queries are known.
         *
         * @param repeats how often each of them occurs on average, at least 1
         */
        Optional<CrossedMean> bounded(
                Range range, double[] queries, double repeats, int searches, int seeds, List<Spread> floors) {
            double independent = queries.length / repeats;
            Optional<CrossedMean> result = result(range, independent, searches, seeds, floors);
            if (range != Range.FRACTION) {
                return result;
            }
            double below = gaffke(queries, independent);
            double above =
                    1 - gaffke(Arrays.stream(queries).map(value -> 1 - value).toArray(), independent);
            return result.map(found -> new CrossedMean(
                    mean, found.errors, Math.min(found.low, below), Math.max(found.high, above), searches, seeds));
        }

        /** The lower bound of the mean of fractions, so many of which are independent. */
        private static double gaffke(double[] queries, double independent) {
            double n = independent + 1;
            double mean = StatUtils.mean(queries) * independent / n;
            double variance = (StatUtils.sumSq(queries) / queries.length * independent / n - mean * mean) / (n + 1);
            if (mean <= 0 || variance <= 0) {
                return 0;
            }
            double both = mean * (1 - mean) / variance - 1;
            return new BetaDistribution(null, mean * both, (1 - mean) * both).inverseCumulativeProbability(TAIL);
        }
    }
}
