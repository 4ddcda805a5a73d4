package io.github.linfhash.encoders.dictionary;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.encoders.algebra.Matrix;
import java.util.Arrays;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * The dictionary that unfolded encoders start from, learned by K-SVD.
 *
 * @param iterations of K-SVD
 * @param sparsity atoms for each training image, as a share of N; at least 3 are used
 * @param rows which images it is learned from
 */
public record DictionaryOptions(
        @Origin(value = Source.OUR_READING, note = "Wang et al. 2016 name K-SVD, but not its settings.")
        @Range(least = 1)
        int iterations,

        @Origin(value = Source.OUR_READING, note = "Wang et al. 2016 name K-SVD, but not its settings.")
        @Range(above = 0, most = 1)
        double sparsity,

        @Origin(
                value = Source.OUR_READING,
                note = "Wang et al. 2016 leave this open. The encoder is trained on the same samples.")
        Rows rows) {
    private static final int LEAST_ATOMS = 3;
    private static final int UNLABELED_TIMES = 4;

    /** Which images a dictionary is learned from. */
    public enum Rows {
        /** The labeled training images. */
        LABELED,
        /** Images without labels, as the shallow methods have them; the labeled ones are among them. */
        UNLABELED
    }

    /** Thirty iterations, a tenth of the atoms, the labeled images. */
    public static final DictionaryOptions DEFAULTS = new DictionaryOptions(30, 0.1, Rows.LABELED);

    public DictionaryOptions {
        Ranges.check(DictionaryOptions.class, iterations, sparsity, rows);
    }

    /**
     * Learns a dictionary of N atoms.
     *
     * @return D, n x N
     */
    public Matrix learn(TrainingSet training, int atoms, TrainingContext context) {
        KSvd.Options options = settings(atoms, training.dimension());
        FeatureMatrix images = images(training, context);
        String key = "K-SVD/" + options + "/" + context.random().seed() + "/" + images.sha256();
        return context.work()
                .get(
                        Matrix.class,
                        key,
                        () -> new KSvd(options)
                                .learn(Matrix.copyOf(images), context.random(), Progress.NONE)
                                .dictionary()
                                .matrix());
    }

    /** Returns the settings of K-SVD for N atoms in n dimensions. */
    KSvd.Options settings(int atoms, int dimension) {
        int used = Math.max(LEAST_ATOMS, (int) Math.round(sparsity * atoms));
        return new KSvd.Options(
                atoms, Math.min(Math.min(atoms, dimension), used), iterations, KSvd.Options.Replacement.STANDARD);
    }

    /** The images to learn from; of unlabeled ones at most four times as many as there are labeled ones, drawn from stream "dictionary.rows". */
    private FeatureMatrix images(TrainingSet training, TrainingContext context) {
        if (rows == Rows.LABELED
                || training.unlabeled().rows() <= training.labeled().rows()) {
            return rows == Rows.LABELED ? training.labeled() : training.unlabeled();
        }
        int[] order = PermutationSampler.natural(training.unlabeled().rows());
        int count = (int) Math.min(
                order.length, (long) UNLABELED_TIMES * training.labeled().rows());
        PermutationSampler.shuffle(context.random().stream("dictionary.rows"), order);
        int[] drawn = Arrays.copyOf(order, count);
        Arrays.sort(drawn);
        return training.unlabeled().select(drawn);
    }
}
