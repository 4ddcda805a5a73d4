package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.codes.AffineMap;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantizers.PreparedVectors;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The k nearest vectors of a database for each of m queries, found exactly by blocked products, on all processors; immutable.
 *
 * <p>Nearest first; of vectors that are equally near, that of the smaller row number. "Equally" is meant to the last bit of float32,
 * in which equal vectors are equally near. A vector as near as the k-th is as good as it, so further ones of that kind are known too
 * ({@link #ties}). A thread holds one block of products, and k candidates for each query of a block.
 */
public final class FloatNeighbors {
    private static final int QUERIES_AT_A_TIME = 1024;
    private static final int ROWS_AT_A_TIME = 1024;

    /** Of a database that is not in memory, so many values are read at a time. */
    private static final int VALUES_AT_A_TIME = 1 << 24;

    private final int perQuery;
    private final int[] ids;
    private final float[] scores;
    private final @Nullable BitSet[] ties;

    private FloatNeighbors(int perQuery, int[] ids, float[] scores, @Nullable BitSet[] ties) {
        this.perQuery = perQuery;
        this.ids = ids;
        this.scores = scores;
        this.ties = ties;
    }

    /**
     * Neighbors that were found before; the arrays are not copied.
     *
     * @param ties for each query the further rows that are as near as its last neighbor; null where there are none
     */
    static FloatNeighbors of(int perQuery, int[] ids, float[] scores, @Nullable BitSet[] ties) {
        return new FloatNeighbors(perQuery, ids, scores, ties);
    }

    /**
     * Searches.
     *
     * @param database n x d, as {@link PreparedVectors#of} gives it
     * @param queries m x d, prepared too
     * @param k at least 1 and at most n
     * @throws IllegalArgumentException if the dimensions differ, or k does not lie within 1..n
     */
    public static FloatNeighbors find(FeatureMatrix database, FeatureMatrix queries, int k, Similarity similarity) {
        int most = Math.max(1, VALUES_AT_A_TIME / database.dimension() / ROWS_AT_A_TIME) * ROWS_AT_A_TIME;
        return find(database, queries, k, similarity, database.isInMemory() ? database.rows() : most);
    }

    /** Searches, and has at most so many rows of the database in memory at a time if they are outside of it. */
    static FloatNeighbors find(
            FeatureMatrix database, FeatureMatrix queries, int k, Similarity similarity, int rowsAtATime) {
        if (database.dimension() != queries.dimension() || k < 1 || k > database.rows()) {
            throw new IllegalArgumentException("no " + k + " neighbors among " + database + " for " + queries);
        }
        if ((long) queries.rows() * k > Integer.MAX_VALUE) {
            throw new InputException("expected at most " + Integer.MAX_VALUE + " neighbors of all queries, found "
                    + queries.rows() + " queries with " + k + " each: pass fewer queries, or ask for fewer neighbors");
        }
        int size = queries.rows() * k;
        RowBlocks asked = new RowBlocks(queries.rows(), QUERIES_AT_A_TIME);
        List<Best> best =
                asked.blocks().stream().map(block -> new Best(block.size(), k)).toList();
        // The database may be a file, which is read once for all queries.
        for (RowBlocks.Block rows : new RowBlocks(database.rows(), rowsAtATime).blocks()) {
            FeatureMatrix part = database.part(rows.from(), rows.size()).inMemory();
            for (int i = 0; i < best.size(); i++) {
                RowBlocks.Block block = asked.blocks().get(i);
                search(part, rows.from(), new FloatScores(part, queries, block, similarity), best.get(i));
            }
        }
        int[] ids = new int[size];
        float[] scores = new float[size];
        @Nullable BitSet[] ties = new BitSet[queries.rows()];
        int at = 0;
        for (Best ofBlock : best) {
            System.arraycopy(ofBlock.ids, 0, ids, at, ofBlock.ids.length);
            System.arraycopy(ofBlock.scores, 0, scores, at, ofBlock.scores.length);
            System.arraycopy(ofBlock.ties, 0, ties, at / k, ofBlock.count);
            at += ofBlock.ids.length;
        }
        return new FloatNeighbors(k, ids, scores, ties);
    }

    /** Each thread scans a share of the rows; the shares' candidates are merged into those of earlier rows. */
    private static void search(FeatureMatrix database, int first, FloatScores scores, Best all) {
        int shares = Runtime.getRuntime().availableProcessors();
        int blocks = (database.rows() + ROWS_AT_A_TIME - 1) / ROWS_AT_A_TIME;
        RowBlocks parts = new RowBlocks(database.rows(), (blocks + shares - 1) / shares * ROWS_AT_A_TIME);
        List<Best> found = parts.map(part -> {
            Best best = new Best(all.k, all.least);
            for (RowBlocks.Block block : new RowBlocks(part.size(), ROWS_AT_A_TIME).blocks()) {
                scan(new RowBlocks.Block(part.from() + block.from(), block.size()), first, scores, best);
            }
            return best;
        });
        found.forEach(all::merge);
    }

    private static void scan(RowBlocks.Block block, int first, FloatScores of, Best best) {
        float[] scores = of.of(block);
        for (int i = 0; i < block.size(); i++) {
            int at = i * best.count;
            for (int query = 0; query < best.count; query++) {
                if (scores[at + query] >= best.least[query]) {
                    best.add(query, first + block.from() + i, scores[at + query]);
                }
            }
        }
    }

    /**
     * The best k so far of each query, and the rows that are as near as the last of them; rows come in ascending order, so that one that only
     * equals the last is no better.
     */
    private static final class Best {
        private final int count;
        private final int k;
        private final int[] ids;
        private final float[] scores;
        private final float[] least;
        private final float[] floor;
        private final @Nullable BitSet[] ties;

        /** Creates lists of the best k for some queries, without any row so far. */
        Best(int count, int k) {
            this(k, filled(count));
        }

        /** Creates lists of rows that are at least as good as the k-th of earlier rows, without any row so far. */
        Best(int k, float[] floor) {
            this.count = floor.length;
            this.k = k;
            this.ids = new int[count * k];
            this.scores = new float[count * k];
            this.floor = floor.clone();
            this.least = floor.clone();
            this.ties = new BitSet[count];
            Arrays.fill(scores, Float.NEGATIVE_INFINITY);
        }

        private static float[] filled(int count) {
            float[] floor = new float[count];
            Arrays.fill(floor, Float.NEGATIVE_INFINITY);
            return floor;
        }

        /** Adds a row whose score is at least {@code least}. */
        void add(int query, int id, float score) {
            int first = query * k;
            int last = first + k - 1;
            if (score == least[query]) {
                tie(query, id);
                return;
            }
            int evicted = ids[last];
            float lost = scores[last];
            int place = last;
            for (; place > first && scores[place - 1] < score; place--) {
                scores[place] = scores[place - 1];
                ids[place] = ids[place - 1];
            }
            scores[place] = score;
            ids[place] = id;
            float before = least[query];
            least[query] = Math.max(floor[query], scores[last]);
            if (least[query] > before) {
                ties[query] = null;
            } else if (lost == before && lost > Float.NEGATIVE_INFINITY) {
                tie(query, evicted);
            }
        }

        private void tie(int query, int id) {
            BitSet more = ties[query];
            if (more == null) {
                more = new BitSet();
                ties[query] = more;
            }
            more.set(id);
        }

        /** Takes in what was found among later rows. */
        void merge(Best later) {
            for (int query = 0; query < count; query++) {
                for (int at = query * k; at < (query + 1) * k; at++) {
                    if (later.scores[at] >= least[query] && later.scores[at] > Float.NEGATIVE_INFINITY) {
                        add(query, later.ids[at], later.scores[at]);
                    }
                }
                BitSet others = later.ties[query];
                if (others != null && later.least[query] == least[query]) {
                    for (int id = others.nextSetBit(0); id >= 0; id = others.nextSetBit(id + 1)) {
                        tie(query, id);
                    }
                }
            }
        }
    }

    /** The number of neighbors of each query, k. */
    public int perQuery() {
        return perQuery;
    }

    /** The number of queries. */
    public int queries() {
        return ids.length / perQuery;
    }

    /** The row of neighbor {@code rank} of a query, both from 0. */
    public int id(int query, int rank) {
        return ids[query * perQuery + rank];
    }

    /** The rows of a query's neighbors, nearest first. */
    public int[] ids(int query) {
        return Arrays.copyOfRange(ids, query * perQuery, (query + 1) * perQuery);
    }

    /** The inner product with neighbor {@code rank}, or else twice the inner product less the neighbor's squared length. */
    public float score(int query, int rank) {
        return scores[query * perQuery + rank];
    }

    /** The further rows that are as near to a query as its last neighbor, to the last bit of their scores; empty where there are none. */
    public Optional<BitSet> ties(int query) {
        return Optional.ofNullable(ties[query]).map(more -> (BitSet) more.clone());
    }

    /** The first j neighbors of each query, for j from 1 to k. */
    public FloatNeighbors first(int j) {
        if (j < 1 || j > perQuery) {
            throw new IllegalArgumentException("no first " + j + " of " + perQuery + " neighbors");
        }
        if (j == perQuery) {
            return this;
        }
        int m = queries();
        int[] firstIds = new int[m * j];
        float[] firstScores = new float[m * j];
        @Nullable BitSet[] more = new BitSet[m];
        for (int q = 0; q < m; q++) {
            System.arraycopy(ids, q * perQuery, firstIds, q * j, j);
            System.arraycopy(scores, q * perQuery, firstScores, q * j, j);
            float last = score(q, j - 1);
            int as = j;
            while (as < perQuery && score(q, as) == last) {
                as++;
            }
            BitSet beyond = as == perQuery ? ties[q] : null;
            if (as > j || beyond != null) {
                BitSet all = beyond == null ? new BitSet() : (BitSet) beyond.clone();
                IntStream.range(q * perQuery + j, q * perQuery + as)
                        .map(at -> ids[at])
                        .forEach(all::set);
                more[q] = all;
            }
        }
        return new FloatNeighbors(j, firstIds, firstScores, more);
    }

    /** Returns one neighbor less of each query without the query itself, which is the row of its own number in the database. */
    public FloatNeighbors withoutSelf() {
        FloatNeighbors others = first(perQuery - 1);
        int k = others.perQuery;
        for (int q = 0; q < queries(); q++) {
            int self = q;
            int first = q * perQuery;
            int place = (int) IntStream.range(first, first + perQuery)
                    .takeWhile(at -> ids[at] != self)
                    .count();
            BitSet more = others.ties[q];
            if (place < k) {
                System.arraycopy(ids, first + place + 1, others.ids, q * k + place, k - place);
                System.arraycopy(scores, first + place + 1, others.scores, q * k + place, k - place);
                more = ties[q];
            } else if (more != null) {
                // Others that are as near came before it.
                more.clear(self);
            }
            others.ties[q] = more == null || more.isEmpty() ? null : more;
        }
        return others;
    }

    /** How many of a query's neighbors are as near as the last of them, itself included. */
    int asNearAsLast(int query) {
        int places = 1;
        while (places < perQuery && score(query, perQuery - 1 - places) == score(query, perQuery - 1)) {
            places++;
        }
        return places;
    }

    /**
     * Returns the share of these neighbors that is among the first rows of lists that another search returned. Rows as near as the k-th neighbor
     * count like those of them that are among these k, so that a search is not blamed for another order of equal vectors.
     *
     * @param database that these neighbors were found in
     * @param from the queries
     * @param lists for each query the rows of its list, each once
     * @param first how many rows of each list count
     * @return a fraction for each query
     */
    public double[] recalledBy(
            FeatureMatrix database, FeatureMatrix from, Similarity similarity, List<int[]> lists, int first) {
        double[] recall = new double[queries()];
        IntStream.range(0, recall.length).parallel().forEach(query -> {
            int[] list = Arrays.copyOf(lists.get(query), Math.min(first, lists.get(query).length));
            FloatScores scores =
                    new FloatScores(database.select(list), from, new RowBlocks.Block(query, 1), similarity);
            float last = score(query, perQuery - 1);
            int nearer = 0;
            int asLast = 0;
            for (float score : list.length == 0 ? new float[0] : scores.of(new RowBlocks.Block(0, list.length))) {
                nearer += score > last ? 1 : 0;
                asLast += score == last ? 1 : 0;
            }
            recall[query] = (double) (nearer + Math.min(asLast, asNearAsLast(query))) / perQuery;
        });
        return recall;
    }

    /** How often each row of a database of n is a neighbor. */
    public int[] occurrences(int n) {
        int[] counts = new int[n];
        IntStream.of(ids).forEach(id -> counts[id]++);
        return counts;
    }

    /**
     * How near rows of a database are to some queries, by blocked products; safe for threads.
     *
     * <p>A larger score is nearer: the inner product, or else twice the inner product less the row's squared length. Equal rows have equal
     * scores to the last bit of float32, whatever the other rows and queries are ({@link AffineMap}).
     */
    static final class FloatScores {
        private final FeatureMatrix database;
        private final int queries;
        private final Similarity similarity;
        private final AffineMap products;

        /**
         * For some queries.
         *
         * @param database n x d, prepared
         * @param queries the block of rows of {@code from} that are the queries
         */
        FloatScores(FeatureMatrix database, FeatureMatrix from, RowBlocks.Block queries, Similarity similarity) {
            this.database = database;
            this.queries = queries.size();
            this.similarity = similarity;
            float[] weights = Matrices.rows(from, queries);
            for (int i = 0; !similarity.byInnerProduct() && i < weights.length; i++) {
                weights[i] *= 2;
            }
            this.products = AffineMap.of(weights, database.dimension(), null, null);
        }

        int queries() {
            return queries;
        }

        /** The scores of a block of the database: for each row those of all queries. */
        float[] of(RowBlocks.Block block) {
            float[] rows = Matrices.rows(database, block);
            float[] scores = products.apply(rows);
            if (similarity.byInnerProduct()) {
                return scores;
            }
            int d = database.dimension();
            for (int i = 0; i < block.size(); i++) {
                float less = squaredNorm(rows, i * d, d);
                for (int at = i * queries; at < (i + 1) * queries; at++) {
                    scores[at] -= less;
                }
            }
            return scores;
        }

        private static float squaredNorm(float[] values, int from, int d) {
            double sum = 0;
            for (int j = from; j < from + d; j++) {
                sum += (double) values[j] * values[j];
            }
            return (float) sum;
        }
    }
}
