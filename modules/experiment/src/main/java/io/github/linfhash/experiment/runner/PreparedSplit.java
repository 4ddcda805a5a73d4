package io.github.linfhash.experiment.runner;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.DistanceRanking;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.experiment.runner.MeasuredRun.Encoded;
import io.github.linfhash.protocols.protocol.Evaluation.RelevanceRule;
import io.github.linfhash.protocols.protocol.Preprocessor;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.Protocol.Neighbors;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The data of one seed: what methods learn from, and what they are measured on.
 *
 * @param training what a method may see
 * @param queries preprocessed features of the queries
 * @param database preprocessed features of the database
 * @param queryLabels ground truth of the queries
 * @param databaseLabels ground truth of the database
 * @param split the rows of each part, as drawn; {@link #among} keeps it
 * @param preprocessor what was done to raw features
 * @param queryRows the database row of each query, null where no query is in the database
 * @param neighborhood the vectors as they are, and the nearest of each query; null where the protocol speaks of no neighbors
 * @param metrics keys of the metrics that the protocol shows, those on request among them
 */
public record PreparedSplit(
        TrainingSet training,
        FeatureMatrix queries,
        FeatureMatrix database,
        Labels queryLabels,
        Labels databaseLabels,
        Split split,
        Preprocessor preprocessor,
        @Nullable List<Integer> queryRows,
        @Nullable Neighborhood neighborhood,
        List<String> metrics) {
    /** Copies the keys. */
    public PreparedSplit {
        metrics = List.copyOf(metrics);
    }

    /**
     * The vectors and true neighbors that neighbor metrics are measured on.
     *
     * @param similarity by what vectors are near
     * @param queries vectors of the queries, as {@link PreparedVectors#of} gives them
     * @param database those of the database
     * @param truth the nearest of each query
     * @param relevant whether they are what is relevant, and labels have no part
     */
    public record Neighborhood(
            Similarity similarity,
            FeatureMatrix queries,
            FeatureMatrix database,
            FloatNeighbors truth,
            boolean relevant) {
        private static @Nullable Neighborhood of(Protocol protocol, FeatureData data, Split split) throws IOException {
            Neighbors neighbors = protocol.neighbors();
            if (neighbors == null) {
                return null;
            }
            int rows = split.database().length;
            if (neighbors.count() > rows) {
                throw new InputException("protocol " + protocol.name() + ": expected as neighbors.count at most the "
                        + rows + " database vectors, found " + neighbors.count());
            }
            Similarity similarity = neighbors.similarity();
            FeatureMatrix prepared = PreparedVectors.of(similarity, data.raw(), "protocol " + protocol.name());
            FeatureMatrix queries = prepared.select(split.query());
            FeatureMatrix database = prepared.select(split.database());
            return new Neighborhood(
                    similarity,
                    queries,
                    database,
                    data.search().find(database, queries, neighbors.count(), similarity),
                    protocol.evaluation().relevance() == RelevanceRule.NEIGHBORS);
        }
    }

    /** Relevance by being one of the nearest of a query, or as near as the last of them. */
    private record NearestAreRelevant(FloatNeighbors nearest, int databaseRows) implements Relevance {
        @Override
        public int queries() {
            return nearest.queries();
        }

        @Override
        public void mark(int query, int first, int size, byte[] flags) {
            Arrays.fill(flags, 0, size, (byte) 0);
            for (int id : nearest.ids(query)) {
                if (id >= first && id < first + size) {
                    flags[id - first] = 1;
                }
            }
            nearest.ties(query)
                    .ifPresent(ties -> ties.get(first, first + size).stream().forEach(place -> flags[place] = 1));
        }
    }

    /**
     * Draws the split of a seed and preprocesses the features; the mean comes from the training images alone.
     * Database and unlabeled images share one matrix unless training images are outside the database or the split says
     * otherwise. Mirrored training
     * images, where there are any, are preprocessed as the others and follow them among the labeled ones, and nowhere
     * else: the mean, the unlabeled images, queries and database are what they are without them.
     *
     * @throws IOException if kept neighbors cannot be read
     */
    public static PreparedSplit of(Protocol protocol, FeatureData data, long seed) throws IOException {
        return of(protocol, data, data.splits(protocol).draw(seed));
    }

    /** Prepares the data of a split that is already drawn. */
    static PreparedSplit of(Protocol protocol, FeatureData data, Split split) throws IOException {
        return of(protocol, data, split, Neighborhood.of(protocol, data, split));
    }

    /** Prepares the data of a split that is already drawn, but no neighbors, even where the protocol has some. */
    public static PreparedSplit withoutNeighbors(Protocol protocol, FeatureData data, Split split) {
        return of(protocol, data, split, null);
    }

    private static PreparedSplit of(
            Protocol protocol, FeatureData data, Split split, @Nullable Neighborhood neighborhood) {
        Labels truth = data.truth(protocol);
        Preprocessor preprocessor = Preprocessor.fit(protocol.preprocessing(), data.raw(), split.training());
        FeatureMatrix database = preprocessor.apply(data.raw(), split.database());
        int[] unlabeled = split.unlabeled();
        TrainingSet training = new TrainingSet(
                preprocessor.apply(data.raw(), split.training()),
                data.trainingLabels(protocol, split.training()),
                Arrays.equals(unlabeled, split.database()) ? database : preprocessor.apply(data.raw(), unlabeled));
        return new PreparedSplit(
                data.mirrored() == null
                        ? training
                        : training.withCopies(preprocessor.apply(data.mirrored(), split.training())),
                preprocessor.apply(data.raw(), split.query()),
                database,
                truth.select(split.query()),
                truth.select(split.database()),
                split,
                preprocessor,
                split.keepsQueries() ? placesOf(split.query(), split.database()) : null,
                neighborhood,
                protocol.headline());
    }

    /**
     * Returns these queries with only some rows of the database, among which their nearest are found anew; training does not change.
     *
     * @param rows of the database, ascending
     * @throws IllegalStateException if the protocol has no neighbors, or queries are in the database
     * @throws InputException if these are fewer rows than there are neighbors of a query
     */
    PreparedSplit among(int[] rows) {
        if (neighborhood == null || queryRows != null) {
            throw new IllegalStateException("expected neighbors of queries that are not in the database");
        }
        int count = neighborhood.truth().perQuery();
        if (count > rows.length) {
            throw new InputException("expected as neighbors.count at most the " + rows.length
                    + " rows of half of the database, found " + count);
        }
        FeatureMatrix some = neighborhood.database().select(rows);
        FloatNeighbors truth = FloatNeighbors.find(some, neighborhood.queries(), count, neighborhood.similarity());
        return new PreparedSplit(
                training,
                queries,
                database.select(rows),
                queryLabels,
                databaseLabels.select(rows),
                split,
                preprocessor,
                null,
                new Neighborhood(
                        neighborhood.similarity(), neighborhood.queries(), some, truth, neighborhood.relevant()),
                metrics);
    }

    /** Returns SHA-256 of the split, which results keep for each run. */
    public String splitHash() {
        return split.sha256();
    }

    private static List<Integer> placesOf(int[] rows, int[] database) {
        Map<Integer, Integer> places = new HashMap<>();
        for (int place = 0; place < database.length; place++) {
            places.put(database[place], place);
        }
        return Arrays.stream(rows).mapToObj(places::get).toList();
    }

    /** The codes of the queries; a query that is in the database has the code that it has there. */
    public BinaryCodes encodeQueries(HashFunction function, BinaryCodes databaseCodes) {
        return queryRows == null ? function.encode(queries) : databaseCodes.select(numbers(queryRows));
    }

    /** Returns the codes of the queries and their continuous outputs, if any; a query that is in the database has those that it has there. */
    Encoded encodeQueries(HashFunction function, Encoded encodedDatabase) {
        return queryRows == null ? Encoded.of(function, queries) : encodedDatabase.select(numbers(queryRows));
    }

    /** Whether queries that are in the database have the codes that they have there; true where no query is in it. */
    boolean agree(BinaryCodes queryCodes, BinaryCodes databaseCodes) {
        return queryRows == null || queryCodes.equals(databaseCodes.select(numbers(queryRows)));
    }

    /** Searches the database with the queries; a query that is in the database is known to match itself. */
    public Retrieval search(BinaryCodes queryCodes, BinaryCodes databaseCodes) {
        return queryRows == null
                ? Retrieval.of(queryCodes, databaseCodes, relevance())
                : Retrieval.of(queryCodes, databaseCodes, relevance(), numbers(queryRows));
    }

    /**
     * Mean average precision of rankings by any distance, in expectation over all orders of equal distances. As in {@link #search},
     * a query that is in the database finds itself.
     *
     * @param distances of a query to each row of the database
     */
    double map(IntFunction<float[]> distances) {
        Relevance relevance = relevance();
        DistanceRanking ranking = new DistanceRanking(database.rows());
        return IntStream.range(0, queries.rows())
                .parallel()
                .mapToDouble(q -> {
                    byte[] relevant = new byte[database.rows()];
                    relevance.mark(q, 0, relevant.length, relevant);
                    return ranking.of(distances.apply(q), relevant, 1).averagePrecision();
                })
                .average()
                .orElseThrow();
    }

    private static int[] numbers(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns the rows that are relevant to each query: its nearest where the protocol says so, else those of similar labels. */
    public Relevance relevance() {
        if (neighborhood != null && neighborhood.relevant()) {
            return new NearestAreRelevant(neighborhood.truth(), database.rows());
        }
        return Relevance.bySimilarLabels(queryLabels, databaseLabels);
    }
}
