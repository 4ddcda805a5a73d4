package io.github.linfhash.baselines.classifier;

import io.github.linfhash.baselines.encoding.CodeLength;
import io.github.linfhash.baselines.linalg.Matrices;
import io.github.linfhash.baselines.projection.GaussianMatrix;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;

/**
 * Codes of a classifier's scores: what supervised hashing has to beat where queries are of the classes of training.
 *
 * <p>Based on Sablayrolles, Douze, Usunier and Jegou, "How should we evaluate supervised hashing?", ICASSP 2017, who encode
 * the output of a classifier and find that this does better than methods made for hashing. Here the classifier is
 * kernel ridge regression with a Gaussian kernel from the labelled images to their labels (f, C values a row), and the
 * code of x is sign(G s(x)) with a Gaussian N x C matrix G (stream "projections"), so that codes agree in a bit with
 * probability 1 - theta / pi for scores at an angle theta. A longer code of one seed begins with the shorter one.
 *
 * <p>The scores s are centred, or all codes would share most bits. Where each image has one class, s is softmax(f /
 * temperature) less the share of each class in training: nearly one of C points, one for each class, in between where the
 * classifier is in doubt. Where images have sets of labels, which do not exclude each other, s is f itself, a regression to
 * the 0/1 matrix less the share of each label; a normalisation of its length would change no sign and no cosine.
 *
 * <p>What it leaves out: the publication's networks, and its lossless code of the class's number.
 */
public record ClassCodes(ClassCodesOptions options) implements HashingMethod {
    /** The registration. */
    public static final MethodSpec<ClassCodesOptions> SPEC = new MethodSpec<>(
            "class-codes",
            "Class codes",
            "A. Sablayrolles, M. Douze, N. Usunier, H. Jegou. How should we evaluate supervised hashing? ICASSP 2017",
            MethodSpec.Supervision.SUPERVISED,
            ClassCodesOptions.DEFAULTS,
            ClassCodes::new,
            ClassScoreFunction::restore);

    private static final String STREAM = "projections";

    /** Training keeps a matrix of l x l numbers, 2 GiB for so many. */
    private static final int MOST_ROWS = 16_384;

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        int l = training.labelled().rows();
        if (l > MOST_ROWS) {
            throw new InputException("class-codes: expected at most " + MOST_ROWS
                    + " labelled training images, as it solves a system of that order, found " + l);
        }
        LabelTargets targets = LabelTargets.of(training.labels());
        KernelRidge regression =
                KernelRidge.fit(training.labelled(), targets.centred(), options.gamma(), options.lambda());
        double[][] directions = GaussianMatrix.draw(bits, targets.labels(), context.random().stream(STREAM));
        return new ClassScoreFunction(
                regression,
                targets.exclusive()
                        ? ScoreRule.softmax(targets.means(), options.temperature())
                        : ScoreRule.linear(targets.labels()),
                Matrices.toFloats(Matrices.flatten(directions)));
    }
}
