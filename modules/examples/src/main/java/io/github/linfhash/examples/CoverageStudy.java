package io.github.linfhash.examples;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.core.statistics.SeedVariance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * How often do the intervals of {@link CrossedMean} hold the true mean? Draws searches, seeds and queries from normal distributions, many
 * times, and prints the share of intervals with the mean in them, and the mean width, as Markdown. A second table is of five seeds whose
 * queries come from the same vectors: the share of intervals with the mean in them, and of experiments with a p below {@value #RARE}. A third
 * table is of recall near 1 with seeds that have the same queries. Two more are of recall as {@code linfhash advise} reports it: with the
 * variance of seeds pooled over quantizers, and of queries that come from topics.
 *
 * <pre>CoverageStudy [TRIALS]</pre>
 *
 * <p>A value is the sum of effects of its search, its seed, both together, and its query with each search. Variances are in units of what the
 * draw of queries alone gives the mean of a seed.
 */
public final class CoverageStudy {
    private static final int TRIALS = 4_000;
    private static final int QUERIES = 1_000;
    private static final double RARE = 0.001;
    private static final List<Double> SEED_VARIANCES = List.of(0.0, 0.1, 0.3, 1.0, 3.0);
    private static final List<Double> RECALLS = List.of(0.9, 0.95, 0.99, 0.999);
    private static final List<Double> MISSES = List.of(0.0, 0.1, 0.3);
    private static final double MISS = 0.3;
    private static final int NEIGHBORS = 10;
    private static final List<Double> SHARES = List.of(0.0, 0.02, 0.08, 0.3, 1.0);
    private static final List<Shape> SHAPES =
            List.of(new Shape(5, 5), new Shape(5, 2), new Shape(3, 5), new Shape(1, 5), new Shape(1, 3));
    private static final List<Variances> VARIANCES = List.of(
            new Variances(0, 0, 0),
            new Variances(0, 0, 1),
            new Variances(0, 1, 1),
            new Variances(0, 16, 1),
            new Variances(0.2, 1, 1),
            new Variances(0.2, 0, 4),
            new Variances(1, 0, 1),
            new Variances(1, 1, 0),
            new Variances(1, 1, 1),
            new Variances(4, 1, 1),
            new Variances(4, 4, 1),
            new Variances(16, 1, 1));

    /** How many searches and seeds there are. */
    public record Shape(int searches, int seeds) {}

    /** The variances of the effects of searches, seeds, and cells. */
    public record Variances(double search, double seed, double cell) {}

    /**
     * How often intervals held the mean, in percent.
     *
     * @param width the mean width, over that of an interval by the true variance
     * @param rare how often p was below {@value #RARE}, in percent
     */
    public record Coverage(double percent, double width, double rare) {}

    private CoverageStudy() {}

    /** Prints the table. */
    public static void main(String[] words) {
        int trials = words.length == 0 ? TRIALS : Integer.parseInt(words[0]);
        System.out.print("| search | seed | cell |");
        SHAPES.forEach(
                shape -> System.out.printf(Locale.ROOT, " %d x %d, %% | width |", shape.searches(), shape.seeds()));
        System.out.println("\n|" + "---|".repeat(3 + 2 * SHAPES.size()));
        for (Variances variances : VARIANCES) {
            System.out.printf(Locale.ROOT, "| %s | %s | %s |", variances.search(), variances.seed(), variances.cell());
            for (Shape shape : SHAPES) {
                Coverage found = coverage(shape, variances, QUERIES, 0, trials, new RandomStreams(0));
                System.out.printf(Locale.ROOT, " %.1f | %.2f |", found.percent(), found.width());
            }
            System.out.println();
        }
        System.out.print("\n| seed |");
        SHARES.forEach(share -> System.out.printf(Locale.ROOT, " %.0f%% shared, %% | p < %s, %% |", 100 * share, RARE));
        System.out.println("\n|" + "---|".repeat(1 + 2 * SHARES.size()));
        for (double seed : SEED_VARIANCES) {
            System.out.printf(Locale.ROOT, "| %s |", seed);
            for (double share : SHARES) {
                Coverage found = coverage(
                        new Shape(1, 5), new Variances(0, seed, 0), QUERIES, share, trials, new RandomStreams(0));
                System.out.printf(Locale.ROOT, " %.1f | %.2f |", found.percent(), found.rare());
            }
            System.out.println();
        }
        System.out.print("\n| recall |");
        MISSES.forEach(seed -> System.out.printf(Locale.ROOT, " 1 seed, %s, %% | 2 seeds, %s, %% |", seed, seed));
        System.out.println("\n|" + "---|".repeat(1 + 2 * MISSES.size()));
        for (double recall : RECALLS) {
            System.out.printf(Locale.ROOT, "| %s |", recall);
            for (double seed : MISSES) {
                for (int seeds = 1; seeds <= 2; seeds++) {
                    double percent =
                            ofRecall(recall, seeds == 1 ? 0 : seed, seeds, QUERIES / 2, trials, new RandomStreams(0));
                    System.out.printf(Locale.ROOT, " %.1f |", percent);
                }
            }
            System.out.println();
        }
        System.out.print("\n| recall |");
        for (int seeds = 2; seeds <= 3; seeds++) {
            System.out.printf(
                    Locale.ROOT, " %d seeds: alone | pooled over 4 | 20 | 20, half of them vary less |", seeds);
        }
        System.out.println("\n|" + "---|".repeat(9));
        for (double recall : RECALLS) {
            System.out.printf(Locale.ROOT, "| %s |", recall);
            for (int seeds = 2; seeds <= 3; seeds++) {
                for (int quantizers : List.of(1, 4, 20)) {
                    System.out.printf(
                            Locale.ROOT,
                            " %.1f |",
                            ofPooled(recall, MISS, MISS, seeds, quantizers, trials, new RandomStreams(0)));
                }
                System.out.printf(
                        Locale.ROOT,
                        " %.1f |",
                        ofPooled(recall, MISS, MISS / 2, seeds, 20, trials, new RandomStreams(0)));
            }
            System.out.println();
        }
        System.out.println(
                "\n| recall | 12 topics, unknown | known | 200 topics, unknown | known |\n|---|---|---|---|---|");
        for (double recall : RECALLS) {
            System.out.printf(Locale.ROOT, "| %s |", recall);
            for (int topics : List.of(12, 200)) {
                for (boolean known : List.of(false, true)) {
                    System.out.printf(
                            Locale.ROOT, " %.1f |", ofTopics(recall, topics, known, trials, new RandomStreams(0)));
                }
            }
            System.out.println();
        }
    }

    /**
     * The share of intervals that hold the mean recall of ten neighbors, in percent. A part of the queries misses each neighbor with
     * probability {@value #MISS} times a factor of the seed, and the others miss none.
     *
     * @param seed the standard deviation of the factor, whose mean is 1
     * @param queries of all seeds
     */
    public static double ofRecall(
            double recall, double seed, int seeds, int queries, int trials, RandomStreams random) {
        UniformRandomProvider generator = random.stream("recall");
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(generator);
        double hard = (1 - recall) / MISS;
        int covered = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] missed = new double[seeds];
            for (int s = 0; s < seeds; s++) {
                missed[s] = MISS * Math.max(0, 1 + seed * normal.sample());
            }
            double[][][] values = new double[1][seeds][queries];
            for (int q = 0; q < queries; q++) {
                boolean isHard = generator.nextDouble() < hard;
                for (int s = 0; s < seeds; s++) {
                    int found = 0;
                    for (int neighbor = 0; neighbor < NEIGHBORS; neighbor++) {
                        found += isHard && generator.nextDouble() < missed[s] ? 0 : 1;
                    }
                    values[0][s][q] = (double) found / NEIGHBORS;
                }
            }
            covered += CrossedMean.crossed(values, CrossedMean.Range.FRACTION)
                            .orElseThrow()
                            .covers(recall)
                    ? 1
                    : 0;
        }
        return 100.0 * covered / trials;
    }

    /**
     * The share of intervals of a quantizer that hold its mean recall, in percent, where the variance of seeds is pooled over quantizers that miss
     * neighbors as in {@link #ofRecall}: with the same queries, and a factor of their own.
     *
     * @param others the standard deviation of the factors of every second quantizer; those of the others have {@code seed}, as the first one
     */
    public static double ofPooled(
            double recall, double seed, double others, int seeds, int quantizers, int trials, RandomStreams random) {
        UniformRandomProvider generator = random.stream("pooled");
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(generator);
        int queries = QUERIES / 2;
        int[] alone = PermutationSampler.natural(queries);
        int covered = 0;
        for (int trial = 0; trial < trials; trial++) {
            boolean[] hard = new boolean[queries];
            for (int q = 0; q < queries; q++) {
                hard[q] = generator.nextDouble() < (1 - recall) / MISS;
            }
            List<double[][]> values = new ArrayList<>();
            for (int i = 0; i < quantizers; i++) {
                double[][] ofSeeds = new double[seeds][];
                for (int s = 0; s < seeds; s++) {
                    double factor = 1 + (i % 2 == 0 ? seed : others) * normal.sample();
                    ofSeeds[s] = found(hard, MISS * Math.max(0, factor), generator);
                }
                values.add(ofSeeds);
            }
            covered += CrossedMean.ofGroups(values.get(0), SeedVariance.of(values), alone)
                            .covers(recall)
                    ? 1
                    : 0;
        }
        return 100.0 * covered / trials;
    }

    /**
     * The share of intervals of one seed that hold the mean recall, in percent, where queries come from topics, and the share of a topic's queries
     * that miss neighbors is uniform from 0 to twice its mean.
     *
     * @param known whether the topics of the queries are known
     */
    public static double ofTopics(double recall, int topics, boolean known, int trials, RandomStreams random) {
        UniformRandomProvider generator = random.stream("topics");
        int queries = QUERIES / 2;
        int[] alone = PermutationSampler.natural(queries);
        int covered = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] share = generator
                    .doubles(topics)
                    .map(u -> 2 * u * (1 - recall) / MISS)
                    .toArray();
            int[] topic = generator.ints(queries, 0, topics).toArray();
            boolean[] hard = new boolean[queries];
            for (int q = 0; q < queries; q++) {
                hard[q] = generator.nextDouble() < share[topic[q]];
            }
            // Topics without a query are no groups.
            int[] drawn = IntStream.of(topic).distinct().sorted().toArray();
            int[] groups =
                    IntStream.of(topic).map(t -> Arrays.binarySearch(drawn, t)).toArray();
            covered += CrossedMean.ofGroups(
                                    new double[][] {found(hard, MISS, generator)},
                                    new SeedVariance(0, 1),
                                    known ? groups : alone)
                            .covers(recall)
                    ? 1
                    : 0;
        }
        return 100.0 * covered / trials;
    }

    /** Returns the share of neighbors that each query finds, where hard ones miss each with a probability. */
    private static double[] found(boolean[] hard, double missed, UniformRandomProvider generator) {
        double[] values = new double[hard.length];
        for (int q = 0; q < values.length; q++) {
            int found = 0;
            for (int neighbor = 0; neighbor < NEIGHBORS; neighbor++) {
                found += hard[q] && generator.nextDouble() < missed ? 0 : 1;
            }
            values[q] = (double) found / NEIGHBORS;
        }
        return values;
    }

    /**
     * The share of intervals that hold the mean. With one search the mean is that of this search.
     *
     * @param queries of each seed
     * @param share of the vectors that are queries of a seed; 0 where no query is one of two seeds
     */
    public static Coverage coverage(
            Shape shape, Variances variances, int queries, double share, int trials, RandomStreams random) {
        UniformRandomProvider generator = random.stream("coverage");
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(generator);
        int searches = shape.searches();
        int seeds = shape.seeds();
        double truth = (searches == 1 ? 0 : variances.search() / searches)
                + (variances.seed() + 1 + (seeds - 1) * share) / seeds
                + variances.cell() / (searches * seeds);
        int[] vectors = PermutationSampler.natural(share == 0 ? seeds * queries : (int) Math.round(queries / share));
        int covered = 0;
        int rare = 0;
        double width = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[][][] values = new double[searches][seeds][queries];
            double[] ofSearch = normal.samples(searches).toArray();
            double[] ofVector = normal.samples(vectors.length).toArray();
            for (int s = 0; s < seeds; s++) {
                double ofSeed = Math.sqrt(variances.seed()) * normal.sample();
                if (share > 0) {
                    PermutationSampler.shuffle(generator, vectors);
                }
                int first = share > 0 ? 0 : s * queries;
                for (int a = 0; a < searches; a++) {
                    double ofCell = ofSeed
                            + (searches == 1 ? 0 : Math.sqrt(variances.search()) * ofSearch[a])
                            + Math.sqrt(variances.cell()) * normal.sample();
                    for (int q = 0; q < queries; q++) {
                        values[a][s][q] = ofCell + Math.sqrt(queries) * ofVector[vectors[first + q]];
                    }
                }
            }
            CrossedMean found = CrossedMean.nested(List.<double[][][]>of(values), CrossedMean.Range.ANY, share)
                    .orElseThrow();
            covered += found.covers(0) ? 1 : 0;
            rare += found.p(0) < RARE ? 1 : 0;
            width += found.reach();
        }
        return new Coverage(
                100.0 * covered / trials, width / trials / (1.959964 * Math.sqrt(truth)), 100.0 * rare / trials);
    }
}
