package io.github.linfhash.tasks;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.runner.ExternalCodes.CodeOrder;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * The order in which the rows of a seed are handed out: a permutation of each part of the split, so that no row's place tells its
 * number in the data set, nor its class. It is drawn from the streams "hand-out/PART" of the seed and is kept nowhere: whoever
 * scores draws it again.
 */
final class TaskOrder implements CodeOrder {
    private final long seed;
    private final int[] queries;
    private final int[] database;

    /**
     * The order of a seed.
     *
     * @param queries the queries of its split
     * @param database the rows of its database
     */
    TaskOrder(long seed, int queries, int database) {
        this.seed = seed;
        this.queries = drawn(seed, "queries", queries);
        this.database = drawn(seed, "database", database);
    }

    /** The order of a seed whose parts have these sizes. */
    TaskOrder(long seed, Task.Sizes sizes) {
        this(seed, sizes.queries(), sizes.database());
    }

    /**
     * The permutation of one part.
     *
     * @return place i is that of row {@code result[i]} of the part
     */
    static int[] drawn(long seed, String part, int rows) {
        return new PermutationSampler(new RandomStreams(seed).stream("hand-out/" + part), rows, rows).sample();
    }

    /** Which query of the split is at each place. */
    int[] queries() {
        return queries.clone();
    }

    /** Which row of the split's database is at each place. */
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
