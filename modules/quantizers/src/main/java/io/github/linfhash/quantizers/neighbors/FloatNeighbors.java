package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.codes.AffineMap;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantizers.Similarity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The k nearest vectors of a database for each of m queries, found exactly by blocked products, on all processors; immutable.
 *
 * <p>Nearest first; of vectors that are equally near, that of the smaller row number. "Equally" is meant to the last bit of float32,
 * in which equal vectors are equally near. A thread holds one block of products, and k candidates for each query of a block.
 */
public final class FloatNeighbors {
    private static final int QUERIES_AT_A_TIME = 1024;
    private static final int ROWS_AT_A_TIME = 1024;

    /** Of a database that is not in memory, so many values are read at a time. */
    private static final int VALUES_AT_A_TIME = 1 << 24;

    private final int perQuery;
    private final int[] ids;
    private final float[] scores;

    private FloatNeighbors(int perQuery, int[] ids, float[] scores) {
        this.perQuery = perQuery;
        this.ids = ids;
        this.scores = scores;
    }

    /** Neighbors that were found before; the arrays are not copied. */
    static FloatNeighbors of(int perQuery, int[] ids, float[] scores) {
        return new FloatNeighbors(perQuery, ids, scores);
    }

    /**
     * Searches.
     *
     * @param database n x d, as {@link Similarity#prepare} gives it
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
        int size = Math.multiplyExact(queries.rows(), k);
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
        int at = 0;
        for (Best ofBlock : best) {
            System.arraycopy(ofBlock.ids, 0, ids, at, ofBlock.ids.length);
            System.arraycopy(ofBlock.scores, 0, scores, at, ofBlock.scores.length);
            at += ofBlock.ids.length;
        }
        return new FloatNeighbors(k, ids, scores);
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
                if (scores[at + query] > best.least[query]) {
                    best.add(query, first + block.from() + i, scores[at + query]);
                }
            }
        }
    }

    /** The best k so far of each query; rows come in ascending order, so that one that only equals the last is no better. */
    private static final class Best {
        private final int count;
        private final int k;
        private final int[] ids;
        private final float[] scores;
        private final float[] least;
        private final float[] floor;

        /** Those of some queries, none so far. */
        Best(int count, int k) {
            this(k, new float[count]);
            Arrays.fill(floor, Float.NEGATIVE_INFINITY);
            Arrays.fill(least, Float.NEGATIVE_INFINITY);
        }

        /** Those that are better than the k-th of earlier rows, none so far. */
        Best(int k, float[] floor) {
            this.count = floor.length;
            this.k = k;
            this.ids = new int[count * k];
            this.scores = new float[count * k];
            this.floor = floor.clone();
            this.least = floor.clone();
            Arrays.fill(scores, Float.NEGATIVE_INFINITY);
        }

        void add(int query, int id, float score) {
            int first = query * k;
            int place = first + k - 1;
            for (; place > first && scores[place - 1] < score; place--) {
                scores[place] = scores[place - 1];
                ids[place] = ids[place - 1];
            }
            scores[place] = score;
            ids[place] = id;
            least[query] = Math.max(floor[query], scores[first + k - 1]);
        }

        /** Takes in what was found among later rows. */
        void merge(Best later) {
            for (int at = 0; at < later.ids.length; at++) {
                int query = at / k;
                if (later.scores[at] > least[query]) {
                    add(query, later.ids[at], later.scores[at]);
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

    /**
     * What share of these neighbors is among the first rows of lists that another search returned. Rows as near as the k-th neighbor
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
            int places = 0;
            for (int rank = 0; rank < perQuery; rank++) {
                places += score(query, rank) == last ? 1 : 0;
            }
            recall[query] = (double) (nearer + Math.min(asLast, places)) / perQuery;
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
