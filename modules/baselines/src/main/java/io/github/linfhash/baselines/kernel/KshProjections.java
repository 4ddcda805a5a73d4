package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.linalg.DirectMatrix;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.parallel.SecondThread;
import io.github.linfhash.core.progress.Progress;

/** The greedy training of KSH's projections on the labelled rows (Liu et al. 2012, algorithm 1). */
final class KshProjections implements AutoCloseable {
    private final DirectMatrix kernel;
    private final ResidualSimilarity target;
    private final SpectralStart start;
    private final BitRefinement refinement;
    private final int bits;
    private final SecondThread second;
    private final Progress progress;

    /**
     * Prepares the first bit.
     *
     * @param kernel the centred kernel of the labelled rows, l x m, row-major
     * @param pairs their similarity
     * @param bits N
     * @param context its spare core shares the refinement; its progress is told of each bit
     */
    KshProjections(double[] kernel, PairSimilarity pairs, int bits, KshOptions options, TrainingContext context) {
        this.bits = bits;
        this.progress = context.progress();
        this.second = new SecondThread(context.cores());
        this.kernel = new DirectMatrix(kernel, kernel.length / pairs.size());
        this.target = new ResidualSimilarity(pairs, bits);
        this.start = new SpectralStart(kernel, target, options.ridge());
        this.refinement = new BitRefinement(kernel, target, options, second);
    }

    /** Learns all bits; N projections of m values. */
    double[][] learn() {
        double[][] projections = new double[bits][];
        try (Progress.Task task = progress.begin("KSH bits", bits)) {
            for (int bit = 0; bit < bits; bit++) {
                second.recruit();
                projections[bit] = learnBit();
                task.advance(1);
            }
        }
        return projections;
    }

    /** The refined projection replaces the spectral one only where its hard signs fit the target better. */
    private double[] learnBit() {
        double[] spectral = start.solve();
        double[] refined = refinement.refine(spectral);
        double[] spectralBit = signs(kernel.times(spectral));
        double[] refinedBit = signs(kernel.times(refined));
        boolean accepted = target.quadraticForm(refinedBit) > target.quadraticForm(spectralBit);
        double[] bit = accepted ? refinedBit : spectralBit;
        target.deflate(bit);
        start.deflate(bit);
        return accepted ? refined : spectral;
    }

    private static double[] signs(double[] outputs) {
        double[] signs = new double[outputs.length];
        for (int i = 0; i < outputs.length; i++) {
            signs[i] = outputs[i] > 0 ? 1 : -1;
        }
        return signs;
    }

    /** Ends the second thread. */
    @Override
    public void close() {
        second.close();
    }
}
