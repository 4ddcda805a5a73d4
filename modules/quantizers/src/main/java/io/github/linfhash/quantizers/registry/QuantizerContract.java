package io.github.linfhash.quantizers.registry;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The contract that every quantizer keeps, checked on 300 vectors of 32 dimensions in six clusters. A jar with a quantizer of its own
 * checks it in a test.
 */
public final class QuantizerContract {
    private static final int CLUSTERS = 6;
    private static final int DIMENSION = 32;
    private static final int ROWS = 300;
    private static final int QUERIES = 30;
    private static final int NEIGHBORS = 10;
    private static final int OVERSAMPLING = 4;

    /** Of random codes, a share of 0.13 is found. */
    private static final double LEAST_RECALL = 0.4;

    private static final float SMALL = 1e-4f;

    private final String name;
    private final FeatureMatrix vectors = clusters("vectors", ROWS);
    private final FeatureMatrix queries = clusters("queries", QUERIES);
    private final Set<String> faults = new LinkedHashSet<>();

    private QuantizerContract(String name) {
        this.name = name;
    }

    /**
     * Checks a quantizer with all options that it has for 1 to 128 bytes: its sizes, that seeds decide what is random, that a code depends
     * on its vector alone, that distances are finite, and that neighbors are found again.
     *
     * @return what it does not keep, as sentences; none if it keeps the contract
     */
    public static List<String> faults(QuantizerSpec<?> spec) {
        QuantizerContract contract = new QuantizerContract(spec.name());
        QuantizerSpec<?> guarded = PlugIn.guarded(spec, "this test");
        Set<Record> known = new HashSet<>();
        for (int bytes = 1; bytes <= DIMENSION * Float.BYTES; bytes *= 2) {
            try {
                for (QuantizerSpec.Configured one : guarded.within(DIMENSION, bytes)) {
                    if (known.add(one.options())) {
                        contract.check(one, bytes);
                    }
                }
            } catch (InputException | NonFiniteException e) {
                contract.faults.add(String.valueOf(e.getMessage()));
            }
        }
        if (known.isEmpty() && contract.faults.isEmpty()) {
            contract.add(
                    "fits no vector of " + DIMENSION + " dimensions into 1 to " + DIMENSION * Float.BYTES + " bytes");
        }
        return new ArrayList<>(contract.faults);
    }

    private static FeatureMatrix clusters(String stream, int rows) {
        UniformRandomProvider ofCenters = new RandomStreams(1).stream("centers");
        float[] centers = new float[CLUSTERS * DIMENSION];
        for (int i = 0; i < centers.length; i++) {
            centers[i] = ofCenters.nextFloat() - 0.5f;
        }
        UniformRandomProvider random = new RandomStreams(1).stream(stream);
        float[] values = new float[rows * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            int cluster = i / DIMENSION % CLUSTERS;
            values[i] = centers[cluster * DIMENSION + i % DIMENSION] + random.nextFloat() - 0.5f;
        }
        return FeatureMatrix.owning(rows, DIMENSION, values);
    }

    private void add(String fault) {
        faults.add(name + " " + fault);
    }

    private static Quantizer.Fitted fit(
            QuantizerSpec.Configured one, FeatureMatrix vectors, Similarity similarity, long seed) {
        return one.quantizer().fit(vectors, similarity, new RandomStreams(seed));
    }

    private float[] distances(Quantizer.Encoded codes) {
        return codes.estimates(queries).forQuery(0).first(codes.size());
    }

    private void check(QuantizerSpec.Configured one, int bytes) {
        String with = " with " + one.options();
        Quantizer.Fitted fitted = fit(one, vectors, Similarity.EUCLIDEAN, 1);
        if (fitted.bytes() > bytes) {
            add("takes " + fitted.bytes() + " bytes" + with + ", more than the " + bytes + " that were asked for");
        }
        float[] found = distances(fitted.encode(vectors));
        if (!Arrays.equals(distances(fit(one, vectors, Similarity.EUCLIDEAN, 1).encode(vectors)), found)) {
            add("gives other codes for the same seed" + with);
        }
        boolean same = Arrays.equals(
                distances(fit(one, vectors, Similarity.EUCLIDEAN, 2).encode(vectors)), found);
        if (same == one.random()) {
            add((same
                            ? "says that it is random, and gives the same codes"
                            : "says that it is not random, and gives other codes")
                    + " for another seed" + with);
        }
        int[] some = {5, 17, 250};
        float[] ofSome = distances(fitted.encode(vectors.select(some)));
        for (int i = 0; i < some.length; i++) {
            if (Math.abs(ofSome[i] - found[some[i]]) > SMALL * (1 + Math.abs(found[some[i]]))) {
                add("gives a vector another code beside other vectors" + with);
            }
        }
        for (Similarity similarity : List.of(Similarity.EUCLIDEAN, Similarity.DOT)) {
            Quantizer.Encoded codes = fit(one, vectors, similarity, 1).encode(vectors);
            FloatNeighbors truth = FloatNeighbors.find(vectors, queries, NEIGHBORS, similarity);
            double[] recall = new NeighborRecall(List.of(OVERSAMPLING)).of(truth, codes, codes.estimates(queries))[0];
            double mean = Arrays.stream(recall).average().orElseThrow();
            if (mean < LEAST_RECALL) {
                add(String.format(
                        Locale.ROOT,
                        "finds %.2f of the %d nearest vectors by %s among its best %d%s, expected at least %.1f",
                        mean,
                        NEIGHBORS,
                        similarity.name().toLowerCase(Locale.ROOT),
                        OVERSAMPLING * NEIGHBORS,
                        with,
                        LEAST_RECALL));
            }
        }
        FeatureMatrix equal = vectors.select(new int[ROWS]);
        float[] ofEqual = distances(fit(one, equal, Similarity.EUCLIDEAN, 1).encode(equal));
        for (float distance : ofEqual) {
            if (distance != ofEqual[0]) {
                add("gives equal vectors different codes" + with);
                return;
            }
        }
    }
}
