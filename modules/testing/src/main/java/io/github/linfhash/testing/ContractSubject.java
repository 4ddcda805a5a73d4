package io.github.linfhash.testing;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The subject of the contract's checks: one method, the data, and the functions trained so far. */
final class ContractSubject {
    /** The code length of the checks that need only one. */
    static final int BITS = 16;

    private static final long SEED = 1;
    private static final Blobs.Sizes SIZES = new Blobs.Sizes(5, 32, 300, 60);

    private final MethodUnderTest<?> method;
    private final Blobs blobs = Blobs.classes(SIZES, SEED);
    private final Map<Integer, HashFunction> trained = new ConcurrentHashMap<>();

    ContractSubject(MethodUnderTest<?> method) {
        this.method = method;
    }

    MethodSpec<?> spec() {
        return method.spec();
    }

    /** Returns the supervision that the method needs with its options. */
    MethodSpec.Supervision supervision() {
        return method.supervision();
    }

    Blobs blobs() {
        return blobs;
    }

    /** Returns the clusters of {@link #blobs}, with two labels each. */
    Blobs multiLabelBlobs() {
        return Blobs.labelSets(SIZES, SEED);
    }

    /** The function of a code length, trained once for all checks. */
    HashFunction function(int bits) {
        return trained.computeIfAbsent(bits, wanted -> train(blobs.trainingSet(), wanted));
    }

    /** The function that most checks use. */
    HashFunction function() {
        return function(BITS);
    }

    /** Its codes of the test rows. */
    BinaryCodes codes() {
        return function().encode(blobs.test());
    }

    /** Trains anew, with a new method object and the same seed. */
    HashFunction train(TrainingSet training, int bits) {
        return method.create().train(training, bits, TrainingContext.quiet(SEED));
    }
}
