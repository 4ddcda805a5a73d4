package io.github.linfhash.baselines.projection;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.PointDistances;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodDistance;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.linalg.BlockEncoder;
import io.github.linfhash.linalg.CodeLength;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.RowBlocks;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * Spherical hashing: bit k says whether a row lies within a ball about pivot k.
 *
 * <p>Based on Heo, Lee, He, Chang and Yoon, "Spherical hashing", CVPR 2012, algorithm 1. Each ball holds half of the rows; pivots
 * push each other apart where two balls share more than a quarter of the rows, and pull where they share less, by
 * (o_ij - n/4) / (n/4) (p_i - p_j) / (2 N), until the overlaps o_ij are about a quarter: their mean deviation is at most 0.1 and
 * their standard deviation at most 0.15 of it (section 3.2). A pivot begins as the mean of a few random rows.
 *
 * <p>The paper ranks by its spherical Hamming distance, |a xor b| / |a and b| (section 3.3), which {@link MethodDistance} has; a
 * comparison here ranks all codes by the Hamming distance. What it leaves out: the generalization to kernels. Overlaps are counted on a sample of the rows, as a share
 * needs no more.
 */
public record SphericalHashing(Options options) implements HashingMethod {
    /** The registration. */
    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
            "spherical",
            "Spherical hashing",
            "J.-P. Heo, Y. Lee, J. He, S.-F. Chang, S.-E. Yoon. Spherical hashing. CVPR 2012",
            MethodSpec.Supervision.UNSUPERVISED,
            new Options(10_000, 5, 0.1, 0.15, 300),
            SphericalHashing::new,
            BallFunction::restore);

    /**
     * The options.
     *
     * @param rows the most rows that balls are fitted to
     * @param averaged how many rows a pivot is first the mean of
     * @param meanTolerance the largest mean deviation of overlaps from n/4, as a share of it
     * @param deviationTolerance the largest standard deviation of overlaps, as a share of n/4
     * @param iterations the most moves of all pivots
     */
    public record Options(
            @Origin(
                    value = Origin.Source.OUR_READING,
                    note = "A share estimated from 10,000 vectors is accurate to half a percent.")
            @Range(least = 2)
            int rows,

            @Origin(value = Origin.Source.RELEASED_CODE, note = "The authors' code uses the mean of 5 vectors.")
            @Range(least = 1)
            int averaged,

            @Origin(value = Origin.Source.PAPER, note = "Heo et al. 2012, section 3.2: 10%.")
            @Range(least = 1e-6, most = 1)
            double meanTolerance,

            @Origin(value = Origin.Source.PAPER, note = "Heo et al. 2012, section 3.2: 15%.")
            @Range(least = 1e-6, most = 1)
            double deviationTolerance,

            @Origin(
                    value = Origin.Source.OUR_READING,
                    note = "The paper has no limit. Most data sets need a few dozen iterations.")
            @Range(least = 0, most = 100_000)
            int iterations) {
        public Options {
            Ranges.check(Options.class, rows, averaged, meanTolerance, deviationTolerance, iterations);
        }
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        FeatureMatrix rows = sample(training.unlabeled(), options.rows(), context.random().stream("rows"));
        Balls balls = new Balls(rows, start(rows, bits, context.random().stream("pivots")));
        double[] deviations = new double[options.iterations() + 1];
        int taken = 0;
        try (Progress.Task task = context.progress().begin("spherical", options.iterations())) {
            deviations[0] = balls.meanDeviation();
            while (taken < options.iterations() && !balls.independent(options)) {
                balls.move();
                taken++;
                deviations[taken] = balls.meanDeviation();
                task.advance(1);
            }
        }
        return new BallFunction(
                balls.pivots(), balls.squaredRadii(), Map.of("loss", Arrays.copyOf(deviations, taken + 1)));
    }

    private static FeatureMatrix sample(FeatureMatrix data, int most, UniformRandomProvider random) {
        if (data.rows() <= most) {
            return data;
        }
        int[] chosen = new PermutationSampler(random, data.rows(), most).sample();
        Arrays.sort(chosen);
        return data.select(chosen);
    }

    private double[] start(FeatureMatrix rows, int bits, UniformRandomProvider random) {
        int d = rows.dimension();
        int count = Math.min(options.averaged(), rows.rows());
        double[] pivots = new double[Math.multiplyExact(bits, d)];
        float[] row = new float[d];
        for (int k = 0; k < bits; k++) {
            for (int chosen : new PermutationSampler(random, rows.rows(), count).sample()) {
                rows.copyRows(chosen, 1, row, 0);
                for (int j = 0; j < d; j++) {
                    pivots[k * d + j] += row[j] / count;
                }
            }
        }
        return pivots;
    }

    /** Balls about pivots that hold half of the rows each. Not safe for threads. */
    static final class Balls {
        private final FeatureMatrix rows;
        private final int bits;
        private final double[] pivots;
        private final float[] squaredRadii;

        /** Which rows lie in each ball, as bits. */
        private final long[][] members;

        /**
         * Balls about given pivots.
         *
         * @param pivots N x d, row-major; are changed
         */
        Balls(FeatureMatrix rows, double[] pivots) {
            this.rows = rows;
            this.bits = pivots.length / rows.dimension();
            this.pivots = pivots;
            this.squaredRadii = new float[bits];
            this.members = new long[bits][(rows.rows() + 63) / 64];
            fill();
        }

        FeatureMatrix pivots() {
            return FeatureMatrix.owning(bits, rows.dimension(), Matrices.toFloats(pivots));
        }

        float[] squaredRadii() {
            return squaredRadii.clone();
        }

        /** Sets each radius so that the ball holds half of the rows: the mean of the two distances in the middle. */
        private void fill() {
            int n = rows.rows();
            float[][] columns = new float[bits][n];
            PointDistances distances = new PointDistances(pivots().toArray(), rows.dimension());
            RowBlocks.ofWidth(n, Math.max(rows.dimension(), bits)).blocks().parallelStream()
                    .forEach(block -> {
                        float[] part = distances.of(Matrices.rows(rows, block));
                        for (int i = 0; i < part.length; i++) {
                            columns[i % bits][block.from() + i / bits] = part[i];
                        }
                    });
            IntStream.range(0, bits).parallel().forEach(k -> {
                float[] sorted = columns[k].clone();
                Arrays.sort(sorted);
                squaredRadii[k] = (sorted[(n - 1) / 2] + sorted[Math.min(n - 1, (n - 1) / 2 + 1)]) / 2;
                Arrays.fill(members[k], 0);
                for (int i = 0; i < n; i++) {
                    if (columns[k][i] < squaredRadii[k]) {
                        members[k][i / 64] |= 1L << i;
                    }
                }
            });
        }

        /** How many rows two balls share. */
        int overlap(int i, int j) {
            int count = 0;
            for (int word = 0; word < members[i].length; word++) {
                count += Long.bitCount(members[i][word] & members[j][word]);
            }
            return count;
        }

        private double[] overlaps() {
            double[] overlaps = new double[bits * (bits - 1) / 2];
            int at = 0;
            for (int i = 0; i < bits; i++) {
                for (int j = 0; j < i; j++) {
                    overlaps[at++] = overlap(i, j);
                }
            }
            return overlaps;
        }

        /** The mean of |o_ij - n/4| as a share of n/4; 0 for one ball. */
        double meanDeviation() {
            double quarter = rows.rows() / 4.0;
            return Arrays.stream(overlaps())
                    .map(overlap -> Math.abs(overlap - quarter) / quarter)
                    .average()
                    .orElse(0);
        }

        /** Whether the overlaps are about a quarter of the rows. */
        boolean independent(Options options) {
            double[] overlaps = overlaps();
            double mean = Arrays.stream(overlaps).average().orElse(0);
            double variance = Arrays.stream(overlaps)
                    .map(overlap -> (overlap - mean) * (overlap - mean))
                    .average()
                    .orElse(0);
            return meanDeviation() <= options.meanTolerance()
                    && Math.sqrt(variance) <= options.deviationTolerance() * rows.rows() / 4;
        }

        /** Moves all pivots by the forces between them, and makes the balls hold half of the rows again. */
        void move() {
            int d = rows.dimension();
            double quarter = rows.rows() / 4.0;
            double[] moved = new double[pivots.length];
            IntStream.range(0, bits).parallel().forEach(i -> {
                for (int other = 0; other < bits; other++) {
                    double force = i == other ? 0 : (overlap(i, other) - quarter) / quarter / (2 * bits);
                    for (int j = 0; j < d; j++) {
                        moved[i * d + j] += force * (pivots[i * d + j] - pivots[other * d + j]);
                    }
                }
            });
            for (int i = 0; i < pivots.length; i++) {
                pivots[i] += moved[i];
            }
            fill();
        }
    }

    /** Bit k of x is 1 if r_k^2 - |x - p_k|^2, a real output, is greater than 0. */
    private static final class BallFunction implements RealOutputs, MethodDistance {
        private static final String KIND = "balls";

        private final FeatureMatrix pivots;
        private final float[] squaredRadii;
        private final PointDistances distances;
        private final Map<String, double[]> curves;

        BallFunction(FeatureMatrix pivots, float[] squaredRadii, Map<String, double[]> curves) {
            this.pivots = pivots;
            this.squaredRadii = squaredRadii;
            this.distances = new PointDistances(pivots.toArray(), pivots.dimension());
            this.curves = Map.copyOf(curves);
        }

        static BallFunction restore(ModelState state) {
            StateReader in = StateReader.of(state, KIND);
            int bits = in.outputs();
            FeatureMatrix pivots = FeatureMatrix.owning(bits, in.inputs(), in.floats("pivots", bits, in.inputs()));
            float[] squaredRadii = in.floats("squaredRadii", bits);
            in.end();
            return new BallFunction(pivots, squaredRadii, Map.of());
        }

        @Override
        public ModelState state() {
            return new ModelState(KIND, dimension(), bits())
                    .with("pivots", ModelArray.floats(pivots.toArray(), bits(), dimension()))
                    .with("squaredRadii", ModelArray.floats(squaredRadii, bits()));
        }

        @Override
        public Map<String, double[]> curves() {
            return curves;
        }

        @Override
        public int bits() {
            return squaredRadii.length;
        }

        @Override
        public int dimension() {
            return pivots.dimension();
        }

        @Override
        public long parameters() {
            return (long) bits() * (dimension() + 1);
        }

        @Override
        public BinaryCodes encode(FeatureMatrix features) {
            return encoder().encode(features, this::depths);
        }

        @Override
        public float[] outputs(FeatureMatrix features) {
            return encoder().values(features, this::depths);
        }

        /** |a xor b| / |a and b|: infinite where two rows are in no ball together, as nothing then says how near they are. */
        @Override
        public float[] distances(BinaryCodes queries, int query, BinaryCodes database) {
            float[] distances = new float[database.size()];
            for (int i = 0; i < distances.length; i++) {
                int shared = 0;
                for (int w = 0; w < database.words(); w++) {
                    shared += Long.bitCount(queries.word(query, w) & database.word(i, w));
                }
                int different = queries.distance(query, database, i);
                distances[i] = shared == 0 ? Float.POSITIVE_INFINITY : (float) different / shared;
            }
            return distances;
        }

        private BlockEncoder encoder() {
            return new BlockEncoder(dimension(), bits(), dimension() + bits());
        }

        private float[] depths(float[] rows) {
            float[] values = distances.of(rows);
            for (int i = 0; i < values.length; i++) {
                values[i] = squaredRadii[i % squaredRadii.length] - values[i];
            }
            return values;
        }
    }
}
