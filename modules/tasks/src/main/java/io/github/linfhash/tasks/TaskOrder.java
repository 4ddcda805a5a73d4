package io.github.linfhash.tasks;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.runner.ExternalCodes.CodeOrder;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * The order of the vectors of a seed in a task: a random permutation of each part of the split, which hides a vector's position in the
 * data set and its class. It is drawn from the streams "hand-out/PART" of the seed and not stored: scoring draws it again.
 */
final class TaskOrder implements CodeOrder {
    private final long seed;
    private final int[] queries;
    private final int[] database;

    /**
     * The order of a seed.
     *
     * @param queries the number of its queries
     * @param database the number of its database vectors
     */
    TaskOrder(long seed, int queries, int database) {
        this.seed = seed;
        this.queries = drawn(seed, "queries", queries);
        this.database = drawn(seed, "database", database);
    }

    /**
     * Draws the permutation of one part.
     *
     * @return the row of the part at each position of the task's file
     */
    static int[] drawn(long seed, String part, int rows) {
        return new PermutationSampler(new RandomStreams(seed).stream("hand-out/" + part), rows, rows).sample();
    }

    /** Returns the query of the split at each position of the file. */
    int[] queries() {
        return queries.clone();
    }

    /** Returns the row of the split's database at each position of the file. */
    int[] database() {
        return database.clone();
    }

    @Override
    public BinaryCodes queries(BinaryCodes inFile) {
        return ofSplit(inFile, queries, "queries");
    }

    @Override
    public BinaryCodes database(BinaryCodes inFile) {
        return ofSplit(inFile, database, "database vectors");
    }

    private BinaryCodes ofSplit(BinaryCodes inFile, int[] order, String what) {
        if (inFile.size() != order.length) {
            throw new InputException("codes of seed " + seed + ": expected one for each of the " + order.length + " "
                    + what + ", found " + inFile.size());
        }
        int[] places = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            places[order[place]] = place;
        }
        return inFile.select(places);
    }
}
