package io.github.linfhash.advisor.advice;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.random.Shuffle;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A random sample: which vectors become queries, which are searched, and to which quantizers are fitted, drawn from the stream {@code queries}.
 *
 * @param queries how many vectors become queries
 * @param division of the others
 * @param seed of the draw
 * @param given how many vectors there are
 */
public record QuerySampling(int queries, Advisor.Division division, long seed, int given) {
    /** The fewest vectors that queries are drawn from. */
    public static final int LEAST = 20;

    private static final int MOST_DRAWN = 1000;

    /**
     * Draws a tenth of the vectors as queries, at most {@value #MOST_DRAWN}.
     *
     * @param given how many vectors there are
     * @param draw whether queries are drawn; vectors that somebody judged have to stay in the database
     * @param most how many vectors may be searched, and may be fitted to
     * @param neighbors k
     */
    public static QuerySampling of(int given, boolean draw, int most, int neighbors, long seed) {
        int queries = draw ? Math.min(MOST_DRAWN, given / 10) : 0;
        return new QuerySampling(queries, Advisor.Division.of(given - queries, most, neighbors), seed, given);
    }

    /**
     * The least sample from which recall among a whole database can be predicted.
     *
     * @param vectors how many have to be given, with those that become queries
     * @param searched how many of them have to be searched
     */
    public record Needed(int vectors, int searched) {
        /**
         * Finds the sample for a database: the searched vectors are a k-th of it, as many others, at most {@value Advisor#MOST_TRAINING}, are
         * fitted to, and a tenth, at most {@value #MOST_DRAWN}, become queries.
         *
         * @param database how many vectors it has
         * @param neighbors k
         */
        public static Needed of(int database, int neighbors) {
            int searched = (int) (((long) database + neighbors - 1) / neighbors);
            long others = (long) searched + Math.min(searched, Advisor.MOST_TRAINING);
            long vectors = others + Math.min(MOST_DRAWN, (others + 8) / 9);
            return new Needed((int) Math.min(database, vectors), searched);
        }

        /** Returns the request to pass such a sample. */
        public String request() {
            return "Repeat the command with --max-vectors " + searched + " and a file of at least " + vectors
                    + " random vectors";
        }
    }

    /**
     * Returns the number of vectors of the whole database: those that do not become queries, or those of which the given ones are a sample.
     *
     * @param option the name of what states {@code stated}, for the message
     * @param stated the size of the database of which the given vectors are a sample; null if they are the database
     * @throws InputException if the database is smaller than its sample
     */
    public int databaseRows(String option, @Nullable Integer stated) {
        if (stated != null && stated < given) {
            throw new InputException(
                    option + ": expected at least the " + given + " vectors of the sample, found " + stated);
        }
        return stated == null ? given - queries : stated;
    }

    /**
     * Returns the numbers of the sampled vectors among all given ones: the queries, ascending, then in random order those that are searched, then
     * those that are fitted to, then the judged vectors that are none of these.
     *
     * @param judgments whose relevant vectors have to be in the database; null without judgments
     */
    public int[] rows(ValidRows valid, @Nullable Qrels judgments) {
        int count = queries + division.searched() + division.training();
        int[] order = Shuffle.first(new RandomStreams(seed).stream("queries"), given, count);
        Arrays.sort(order, 0, queries);
        int[] rows = IntStream.of(order).map(valid::row).toArray();
        if (judgments == null) {
            return rows;
        }
        BitSet more = new BitSet(valid.given());
        for (int query : judgments.answered()) {
            IntStream.of(judgments.rows(query)).forEach(more::set);
        }
        valid.invalid().forEach(more::clear);
        IntStream.of(rows).forEach(more::clear);
        return IntStream.concat(IntStream.of(rows), more.stream()).toArray();
    }

    /**
     * The valid vectors of a file or an array, by their place among these.
     *
     * @param given the number of all vectors
     * @param invalid the numbers of the invalid vectors, ascending
     */
    public record ValidRows(int given, List<Integer> invalid) {
        public ValidRows {
            invalid = List.copyOf(invalid);
        }

        /** Returns the number of valid vectors. */
        public int size() {
            return given - invalid.size();
        }

        /** Returns the number of a valid vector among all vectors. */
        public int row(int place) {
            // Before the vector are those invalid ones before which there are at most so many valid ones.
            int low = 0;
            int high = invalid.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (invalid.get(middle) - middle <= place) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return place + low;
        }

        /** Returns the numbers of all valid vectors, ascending. */
        public int[] all() {
            return IntStream.range(0, size()).map(this::row).toArray();
        }
    }
}
