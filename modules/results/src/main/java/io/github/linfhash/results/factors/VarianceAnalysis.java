package io.github.linfhash.results.factors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Analysis of variance of a full layout: every combination of the levels of some factors, measured with the same seeds.
 *
 * <p>A seed draws the split that all combinations share, so it is a block: its own effect is taken out, and what is left beside the effects of
 * all factors together is the error that they are tested against (Montgomery, Design and Analysis of Experiments, chapters 4 and 5). The sums of
 * squares of a full layout are independent of each other, so that their shares of what seeds do not explain add up to 1.
 */
public final class VarianceAnalysis {
    /** The name of what nothing explains. */
    public static final String REST = "rest";

    private static final double LEVEL = 0.95;

    /** A share below this is a rounding error of 0. */
    private static final double ROUNDING = 1e-13;

    private final List<Factor> factors;
    private final int seeds;
    private final double[] values;
    private final int[] sizes;

    /**
     * What was varied.
     *
     * @param name such as "loss"
     * @param levels at least two
     */
    public record Factor(String name, List<String> levels) {
        public Factor {
            levels = List.copyOf(levels);
            if (levels.size() < 2) {
                throw new IllegalArgumentException("a factor needs two levels, " + name + " has " + levels);
            }
        }
    }

    /**
     * What one factor, or some of them together beyond what each of them does, explains.
     *
     * @param name the names of the factors, joined by " x "; or {@link #REST}
     * @param squares the sum of squares
     * @param degrees of freedom
     * @param share of the total sum of squares without that of the seeds
     * @param low the lower end of the share's 95 % interval over seeds, by the jackknife; not below 0
     * @param high its upper end, not above 1
     * @param p of the F test against the rest; NaN for the rest
     */
    public record Term(String name, double squares, int degrees, double share, double low, double high, double p) {}

    /**
     * What a level of a factor measured, whatever the other levels.
     *
     * @param factor the factor's name
     * @param mean over all combinations and seeds
     * @param low the lower end of its 95 % interval over seeds
     * @param high its upper end
     */
    public record LevelMean(String factor, String level, double mean, double low, double high) {}

    /**
     * An analysis.
     *
     * @param factors at least one
     * @param seeds at least two
     * @param values one for each combination and seed; the seed changes fastest, then the level of the last factor
     * @throws IllegalArgumentException if there are not as many values, or all of each seed are equal
     */
    public VarianceAnalysis(List<Factor> factors, int seeds, double[] values) {
        this.factors = List.copyOf(factors);
        this.seeds = seeds;
        this.values = values.clone();
        this.sizes = new int[factors.size() + 1];
        for (int f = 0; f < factors.size(); f++) {
            sizes[f] = factors.get(f).levels().size();
        }
        sizes[factors.size()] = seeds;
        int expected = Arrays.stream(sizes).reduce(1, Math::multiplyExact);
        if (factors.isEmpty() || seeds < 2 || values.length != expected) {
            throw new IllegalArgumentException(
                    "expected factors, two seeds and " + expected + " values, found " + values.length);
        }
        if (withinSeeds(values, seeds) == 0) {
            throw new IllegalArgumentException("all values of a seed are equal: there is nothing to explain");
        }
    }

    /** All terms: each factor, each set of factors by size, the rest. */
    public List<Term> terms() {
        List<int[]> sets = sets();
        double[] shares = shares(sets, values, seeds);
        double[][] without = new double[seeds][];
        for (int left = 0; left < seeds; left++) {
            without[left] = shares(sets, withoutSeed(left), seeds - 1);
        }
        double withinSeeds = withinSeeds(values, seeds);
        int restDegrees = values.length - 1 - (seeds - 1);
        for (int[] set : sets) {
            restDegrees -= degrees(set);
        }
        double error = shares[sets.size()] * withinSeeds / restDegrees;
        List<Term> terms = new ArrayList<>();
        for (int t = 0; t < shares.length; t++) {
            boolean rest = t == sets.size();
            int degrees = rest ? restDegrees : degrees(sets.get(t));
            double squares = shares[t] * withinSeeds;
            double reach = reach(shares[t], without, t);
            terms.add(new Term(
                    rest ? REST : name(sets.get(t)),
                    squares,
                    degrees,
                    shares[t],
                    Math.max(0, shares[t] - reach),
                    Math.min(1, shares[t] + reach),
                    rest ? Double.NaN : tail(squares / degrees, error, degrees, restDegrees)));
        }
        return terms;
    }

    /** For each factor, the means of its levels. */
    public List<LevelMean> levelMeans() {
        List<LevelMean> means = new ArrayList<>();
        for (int f = 0; f < factors.size(); f++) {
            double[] bySeed = means(new int[] {f, factors.size()}, values, seeds);
            for (int level = 0; level < sizes[f]; level++) {
                double[] ofLevel = Arrays.copyOfRange(bySeed, level * seeds, (level + 1) * seeds);
                double mean = StatUtils.mean(ofLevel);
                double reach = quantile() * Math.sqrt(StatUtils.variance(ofLevel) / seeds);
                means.add(new LevelMean(
                        factors.get(f).name(), factors.get(f).levels().get(level), mean, mean - reach, mean + reach));
            }
        }
        return means;
    }

    /** Half the width of a share's interval: Student's t times the jackknife's standard error. */
    private double reach(double share, double[][] without, int term) {
        double[] pseudo = new double[seeds];
        for (int left = 0; left < seeds; left++) {
            pseudo[left] = seeds * share - (seeds - 1) * without[left][term];
        }
        return quantile() * Math.sqrt(StatUtils.variance(pseudo) / seeds);
    }

    private double quantile() {
        return new TDistribution(null, seeds - 1).inverseCumulativeProbability((1 + LEVEL) / 2);
    }

    private static double tail(double mean, double error, int degrees, int restDegrees) {
        if (error == 0) {
            return mean > 0 ? 0 : 1;
        }
        return 1 - new FDistribution(null, degrees, restDegrees).cumulativeProbability(mean / error);
    }

    /** Shares of what seeds do not explain: of each set of factors, of the rest. */
    private double[] shares(List<int[]> sets, double[] measured, int count) {
        double within = withinSeeds(measured, count);
        double[] shares = new double[sets.size() + 1];
        double rest = 1;
        for (int t = 0; t < sets.size(); t++) {
            shares[t] = within == 0 ? 0 : squares(sets.get(t), measured, count) / within;
            rest -= shares[t];
        }
        shares[sets.size()] = Math.max(0, rest);
        return shares;
    }

    /** The total sum of squares less what seeds explain. */
    private double withinSeeds(double[] measured, int count) {
        double within = total(measured) - squares(new int[] {factors.size()}, measured, count);
        return within > ROUNDING * total(measured) ? within : 0;
    }

    /** The squares of what a set of factors does beyond all of its parts, over all values. */
    private double squares(int[] set, double[] measured, int count) {
        double[] effect = new double[cells(set, count)];
        for (int mask = 0; mask < 1 << set.length; mask++) {
            int chosen = mask;
            int[] part = IntStream.range(0, set.length)
                    .filter(i -> (chosen >> i & 1) == 1)
                    .toArray();
            int sign = (set.length - part.length) % 2 == 0 ? 1 : -1;
            double[] means = means(Arrays.stream(part).map(i -> set[i]).toArray(), measured, count);
            for (int cell = 0; cell < effect.length; cell++) {
                effect[cell] += sign * means[place(set, part, cell, count)];
            }
        }
        return measured.length
                / (double) effect.length
                * Arrays.stream(effect).map(e -> e * e).sum();
    }

    /** Where a cell of a set lies in the means of a part of the set. */
    private int place(int[] set, int[] part, int cell, int count) {
        int[] levels = new int[set.length];
        int left = cell;
        for (int i = set.length - 1; i >= 0; i--) {
            levels[i] = left % size(set[i], count);
            left /= size(set[i], count);
        }
        int place = 0;
        for (int i : part) {
            place = place * size(set[i], count) + levels[i];
        }
        return place;
    }

    /** Means over everything that is not in the set. */
    private double[] means(int[] set, double[] measured, int count) {
        double[] sums = new double[cells(set, count)];
        int[] all = IntStream.range(0, sizes.length).toArray();
        for (int i = 0; i < measured.length; i++) {
            sums[place(all, set, i, count)] += measured[i];
        }
        double each = measured.length / (double) sums.length;
        return Arrays.stream(sums).map(sum -> sum / each).toArray();
    }

    private int cells(int[] set, int count) {
        return Arrays.stream(set).map(f -> size(f, count)).reduce(1, (a, b) -> a * b);
    }

    private int size(int factor, int count) {
        return factor == factors.size() ? count : sizes[factor];
    }

    private int degrees(int[] set) {
        return Arrays.stream(set).map(f -> sizes[f] - 1).reduce(1, (a, b) -> a * b);
    }

    private String name(int[] set) {
        return Arrays.stream(set).mapToObj(f -> factors.get(f).name()).collect(Collectors.joining(" x "));
    }

    /** All sets of factors but the empty one, the small ones first. */
    private List<int[]> sets() {
        List<int[]> sets = new ArrayList<>();
        for (int size = 1; size <= factors.size(); size++) {
            for (int mask = 1; mask < 1 << factors.size(); mask++) {
                int chosen = mask;
                if (Integer.bitCount(mask) == size) {
                    sets.add(IntStream.range(0, factors.size())
                            .filter(f -> (chosen >> f & 1) == 1)
                            .toArray());
                }
            }
        }
        return sets;
    }

    private double[] withoutSeed(int left) {
        return IntStream.range(0, values.length)
                .filter(i -> i % seeds != left)
                .mapToDouble(i -> values[i])
                .toArray();
    }

    private static double total(double[] measured) {
        double mean = StatUtils.mean(measured);
        return Arrays.stream(measured).map(v -> (v - mean) * (v - mean)).sum();
    }
}
