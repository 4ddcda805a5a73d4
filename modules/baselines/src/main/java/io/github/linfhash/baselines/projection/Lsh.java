package io.github.linfhash.baselines.projection;

import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.linalg.AffineProjection;
import io.github.linfhash.linalg.CodeLength;
import io.github.linfhash.linalg.Matrices;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Locality-sensitive hashing by random hyperplanes through the origin.
 *
 * <p>Based on Charikar, "Similarity estimation techniques from rounding algorithms", STOC 2002: every bit is the sign of
 * a Gaussian projection, so that two vectors at an angle theta agree in a bit with probability 1 - theta / pi. Gionis,
 * Indyk and Motwani (VLDB 1999) is the usual reference for the family.
 *
 * <p>What it leaves out: hash tables, random rotations and thresholds trained on data. It looks at nothing but the
 * dimension and so expects features that are already centered; on raw non-negative features most of its bits are nearly
 * constant.
 */
public final class Lsh implements HashingMethod {
    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
            "lsh",
            "LSH",
            "M. Charikar. Similarity estimation techniques from rounding algorithms. STOC 2002",
            MethodSpec.Supervision.DATA_INDEPENDENT,
            new Options(),
            Lsh::new,
            LinearHashFunction::restore);

    private static final String STREAM = "projections";

    /** LSH has no options: the code length says it all. */
    public record Options() {}

    public Lsh(Options options) {}

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        UniformRandomProvider random = context.random().stream(STREAM);
        double[][] rows = Matrices.gaussian(bits, training.dimension(), random);
        return new LinearHashFunction(AffineProjection.linear(rows));
    }
}
