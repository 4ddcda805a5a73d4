package io.github.linfhash.baselines.projection;

import io.github.linfhash.baselines.linalg.Whitening;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.linalg.AffineProjection;
import io.github.linfhash.linalg.CodeLength;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.Moments;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * Column sampling based discrete supervised hashing: codes whose inner products follow the similarities of the labels, learned from some
 * columns of the similarity matrix at a time, and a linear function that finds them.
 *
 * <p>Based on Kang, Li and Zhou, "Column sampling based discrete supervised hashing", AAAI 2016 (COSDISH, with the linear classifier). S is 1
 * for similar rows and -rho for dissimilar ones, with rho such that both weigh the same among the sampled columns. In each round as many rows as
 * there are bits are drawn, W; the other rows are G; and in turn
 *
 * <ul>
 *   <li>the codes of W are found bit by bit, each for what the bits before it leave of N S: the least of b'Qb + p'b over b of +-1, with Q = -2 (N S_W
 *       - sum of b_m b_m' over m &lt; k), its diagonal 0, and p = -2 (N S_G - sum of c_m b_m')' c_k, where c_m is bit m of G;
 *   <li>those of G are sign(S_G B_W); where that is 0 a bit stays.
 * </ul>
 *
 * <p>A ridge regression of the codes on the rows, each dimension about its mean and with variance 1, gives the bits of any row.
 *
 * <p>What it leaves out: boosted trees in the place of the regression (COSDISH_BT), and the paper's bound for the codes of W. There the problem
 * becomes one of clustering, whose solution costs at most twice the least; here bits are flipped one by one, from those there are, as
 * long as that lowers it. How exactly similar and dissimilar pairs are balanced is our reading.
 */
public record Cosdish(Options options) implements HashingMethod {
    /** The registration. */
    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
            "cosdish",
            "COSDISH",
            "W.-C. Kang, W.-J. Li, Z.-H. Zhou. Column sampling based discrete supervised hashing. AAAI 2016",
            MethodSpec.Supervision.SUPERVISED,
            new Options(10, 3, 1),
            Cosdish::new,
            LinearHashFunction::restore);

    /**
     * The options.
     *
     * @param rounds how often columns are drawn
     * @param alternations how often the codes of both parts are found in a round
     * @param ridge what is added to the diagonal of the regression's Gram matrix
     */
    public record Options(
            @Origin(value = Origin.Source.RELEASED_CODE, note = "T_sto = 10 in the authors' code.")
            @Range(least = 1, most = 10_000)
            int rounds,

            @Origin(value = Origin.Source.RELEASED_CODE, note = "T_alt = 3 in the authors' code.")
            @Range(least = 1, most = 10_000)
            int alternations,

            @Origin(value = Origin.Source.RELEASED_CODE, note = "1 in the authors' code, for dimensions of variance 1.")
            @Range(least = 1e-12, most = 1e12)
            double ridge) {
        public Options {
            Ranges.check(Options.class, rounds, alternations, ridge);
        }
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        Codes codes = new Codes(
                training.labels(), bits, context.random().stream("codes"), context.random().stream("columns"));
        double[] losses = new double[options.rounds()];
        try (Progress.Task task = context.progress().begin("COSDISH", losses.length)) {
            for (int round = 0; round < losses.length; round++) {
                losses[round] = codes.improve(options.alternations());
                task.advance(1);
            }
        }
        return new LinearHashFunction(regression(training.labeled(), codes.codes, bits), Map.of("loss", losses));
    }

    /** (X'X + ridge)^-1 X'B for standardized X, as a function of rows as they are. */
    private AffineProjection regression(FeatureMatrix rows, double[] codes, int bits) {
        int l = rows.rows();
        int d = rows.dimension();
        double[] mean = Moments.mean(rows);
        float[] values = rows.toArray();
        double[] deviations = new double[d];
        double[] x = new double[values.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = values[i] - mean[i % d];
            deviations[i % d] += x[i] * x[i] / l;
        }
        for (int j = 0; j < d; j++) {
            // A dimension that is constant says nothing, and stays 0.
            deviations[j] = deviations[j] > 0 ? Math.sqrt(deviations[j]) : 1;
        }
        for (int i = 0; i < x.length; i++) {
            x[i] /= deviations[i % d];
        }
        double[] gram = Matrices.transposedProduct(x, x, l, d, d);
        for (int j = 0; j < d; j++) {
            gram[j * d + j] += options.ridge();
        }
        double[] factor = Whitening.of(gram, d).transform();
        double[] right = Matrices.transposedProduct(x, codes, l, d, bits);
        double[] w = Matrices.product(factor, Matrices.transposedProduct(factor, right, d, d, bits), d, d, bits);
        double[][] projections = new double[bits][d];
        for (int k = 0; k < bits; k++) {
            for (int j = 0; j < d; j++) {
                projections[k][j] = w[j * bits + k] / deviations[j];
            }
        }
        return AffineProjection.centered(projections, mean);
    }

    /** The codes of l labeled rows. Not safe for threads. */
    static final class Codes {
        /** The gain that a flip must exceed, so that rounding cannot make flips go round in circles. */
        private static final double GAIN = 1e-9;

        private final Labels labels;
        private final int rows;
        private final int bits;
        private final UniformRandomProvider draws;

        /** B, l x N, of +1 and -1. */
        private final double[] codes;

        /** Starts from random codes. */
        Codes(Labels labels, int bits, UniformRandomProvider start, UniformRandomProvider draws) {
            this.labels = labels;
            this.rows = labels.size();
            this.bits = bits;
            this.draws = draws;
            this.codes = new double[Math.multiplyExact(rows, bits)];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = start.nextBoolean() ? 1 : -1;
            }
        }

        /** B as it is now, l x N. */
        double[] toArray() {
            return codes.clone();
        }

        /** One round; the mean of (N S - b'b)^2 over its columns. */
        double improve(int alternations) {
            int[] columns = new PermutationSampler(draws, rows, Math.min(rows, bits)).sample();
            double[] similarity = similarity(columns);
            for (int t = 0; t < alternations; t++) {
                updateColumns(columns, similarity);
                updateOthers(columns, similarity);
            }
            return loss(columns, similarity);
        }

        /** S for all rows and the drawn columns, l x c. */
        private double[] similarity(int[] columns) {
            int c = columns.length;
            double[] similarity = new double[rows * c];
            long similar = 0;
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < c; j++) {
                    boolean same = i == columns[j] || labels.similar(i, labels, columns[j]);
                    similarity[i * c + j] = same ? 1 : 0;
                    similar += same ? 1 : 0;
                }
            }
            double rho = similar < similarity.length ? (double) similar / (similarity.length - similar) : 0;
            for (int i = 0; i < similarity.length; i++) {
                similarity[i] = similarity[i] == 1 ? 1 : -rho;
            }
            return similarity;
        }

        private void updateColumns(int[] columns, double[] similarity) {
            int c = columns.length;
            boolean[] drawn = new boolean[rows];
            for (int column : columns) {
                drawn[column] = true;
            }
            double[] left = new double[similarity.length];
            for (int i = 0; i < left.length; i++) {
                left[i] = bits * similarity[i];
            }
            for (int k = 0; k < bits; k++) {
                double[] q = new double[c * c];
                double[] p = new double[c];
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; !drawn[i] && j < c; j++) {
                        p[j] -= 2 * left[i * c + j] * codes[i * bits + k];
                    }
                }
                for (int i = 0; i < c; i++) {
                    for (int j = 0; j < c; j++) {
                        q[i * c + j] = i == j ? 0 : -2 * left[columns[i] * c + j];
                    }
                }
                double[] b = new double[c];
                for (int j = 0; j < c; j++) {
                    b[j] = codes[columns[j] * bits + k];
                }
                descend(q, p, b);
                for (int j = 0; j < c; j++) {
                    codes[columns[j] * bits + k] = b[j];
                }
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < c; j++) {
                        left[i * c + j] -= codes[i * bits + k] * b[j];
                    }
                }
            }
        }

        /**
         * Flips single bits as long as that lowers b'Qb + p'b.
         *
         * @param q symmetric, its diagonal 0
         * @param b +1 and -1; is changed
         */
        static void descend(double[] q, double[] p, double[] b) {
            int c = b.length;
            boolean changed = true;
            while (changed) {
                changed = false;
                for (int i = 0; i < c; i++) {
                    double slope = p[i];
                    for (int j = 0; j < c; j++) {
                        slope += 2 * q[i * c + j] * b[j];
                    }
                    if (b[i] * slope > GAIN) {
                        b[i] = -b[i];
                        changed = true;
                    }
                }
            }
        }

        private void updateOthers(int[] columns, double[] similarity) {
            int c = columns.length;
            double[] ofColumns = new double[c * bits];
            for (int j = 0; j < c; j++) {
                System.arraycopy(codes, columns[j] * bits, ofColumns, j * bits, bits);
            }
            double[] votes = Matrices.product(similarity, ofColumns, rows, c, bits);
            for (int i = 0; i < codes.length; i++) {
                if (Math.abs(votes[i]) > GAIN) {
                    codes[i] = Math.signum(votes[i]);
                }
            }
            for (int j = 0; j < c; j++) {
                System.arraycopy(ofColumns, j * bits, codes, columns[j] * bits, bits);
            }
        }

        private double loss(int[] columns, double[] similarity) {
            int c = columns.length;
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < c; j++) {
                    double product = 0;
                    for (int k = 0; k < bits; k++) {
                        product += codes[i * bits + k] * codes[columns[j] * bits + k];
                    }
                    double error = bits * similarity[i * c + j] - product;
                    sum += error * error;
                }
            }
            return sum / similarity.length;
        }
    }
}
