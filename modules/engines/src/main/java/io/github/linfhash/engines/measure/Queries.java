package io.github.linfhash.engines.measure;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Queries with their exact neighbors among the first rows of a database. */
public final class Queries {
    private final FeatureMatrix database;
    private final FeatureMatrix raw;
    private final FeatureMatrix prepared;
    private final Similarity similarity;
    private final FloatNeighbors truth;

    /**
     * Finds the exact neighbors.
     *
     * @param database prepared
     * @param raw the queries as given
     * @param k how many neighbors
     */
    Queries(FeatureMatrix database, FeatureMatrix raw, Similarity similarity, int k) {
        this.database = database;
        this.raw = raw;
        this.similarity = similarity;
        this.prepared = PreparedVectors.of(similarity, raw, "queries");
        this.truth = FloatNeighbors.find(database, prepared, k, similarity);
    }

    public int size() {
        return raw.rows();
    }

    /** A query as it is searched for: of norm 1 for the cosine. */
    public float[] vector(int query) {
        float[] values = new float[prepared.dimension()];
        prepared.copyRow(query, values);
        return values;
    }

    /** A query as it was given. */
    public float[] given(int query) {
        float[] values = new float[raw.dimension()];
        raw.copyRow(query, values);
        return values;
    }

    /** The first of these queries, among the first rows. */
    Queries among(int rows, int queries) {
        return new Queries(
                database.part(0, rows), raw.part(0, Math.min(queries, raw.rows())), similarity, truth.perQuery());
    }

    /**
     * The share of the exact neighbors among the first rows of each list. A row as near as the last neighbor counts like it.
     *
     * @param lists for the first queries
     */
    double[] recall(List<int[]> lists, int first) {
        List<int[]> all = lists.size() == size()
                ? lists
                : IntStream.range(0, size())
                        .mapToObj(q -> q < lists.size() ? lists.get(q) : new int[0])
                        .toList();
        return Arrays.copyOf(truth.recalledBy(database, prepared, similarity, all, first), lists.size());
    }

    /**
     * The mean over queries of the distance of the k-th row of a list, divided by that of the k-th exact neighbor: what misses cost (arXiv:2606.04522).
     * Queries whose k-th neighbor is at no distance are left out, and so are lists with fewer rows.
     *
     * @return the ratio, at least about 1; null for dot products, which are no distances, and if no query is left
     */
    @Nullable Double distanceRatio(List<int[]> lists) {
        if (similarity == Similarity.DOT) {
            return null;
        }
        int last = truth.perQuery() - 1;
        float[] query = new float[prepared.dimension()];
        float[] row = new float[prepared.dimension()];
        double sum = 0;
        int count = 0;
        for (int q = 0; q < lists.size(); q++) {
            prepared.copyRow(q, query);
            database.copyRow(truth.id(q, last), row);
            double exact = distance(query, row);
            if (lists.get(q).length > last && exact > 0) {
                database.copyRow(lists.get(q)[last], row);
                sum += distance(query, row) / exact;
                count++;
            }
        }
        return count == 0 ? null : sum / count;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /** The mean of fractions of queries with its interval. */
    static CrossedMean mean(double[] ofQueries) {
        return CrossedMean.crossed(new double[][][] {{ofQueries}}, CrossedMean.Range.FRACTION)
                .orElseThrow();
    }
}
