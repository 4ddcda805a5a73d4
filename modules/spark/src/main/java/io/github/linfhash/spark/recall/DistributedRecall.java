package io.github.linfhash.spark.recall;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.neighbors.NearerCodes;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import io.github.linfhash.spark.blocks.FeatureBlock;
import io.github.linfhash.spark.blocks.FeatureSource;
import io.github.linfhash.spark.blocks.PackedVectors;
import io.github.linfhash.spark.blocks.RowIds;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Counts for {@link NeighborRecall} over a database that is spread over files, in two passes: the first estimates the distances of the
 * queries to the codes of their neighbors; in the second each task encodes its part block by block and counts the codes that are
 * nearer than these and as near. Counts are whole numbers, and a code does not depend on the rows beside its own, so their sum
 * is what one machine would count, however the database is cut and whichever task runs twice. Of rows that are as near to a query as its last
 * neighbor, only those count that the list of neighbors names.
 *
 * @param quantizer fitted to prepared vectors
 * @param queries m x d, as {@link PreparedVectors#of} gives them
 * @param similarity by what vectors are compared
 */
public record DistributedRecall(PortableQuantizer quantizer, FeatureMatrix queries, Similarity similarity) {
    /**
     * Counts.
     *
     * @param truth of the queries in the database
     * @throws InputException if a neighbor is no row of the database, two rows have one id, or a row is not what the similarity needs
     */
    public NearerCodes count(JavaSparkContext context, FeatureSource database, NeighborIds truth) {
        BlockEstimates estimates = new BlockEstimates(
                context.broadcast(quantizer),
                context.broadcast(PackedVectors.of(queries)),
                similarity,
                database.name());
        int k = truth.perQuery();
        float[] ofNeighbors = ofNeighbors(context, database.blocks(), estimates, truth);
        Broadcast<float[]> distances = context.broadcast(ofNeighbors);
        PartialCounts counts = database.blocks()
                .mapPartitions(blocks -> PartialCounts.of(blocks, estimates, new NearerCodes(k, distances.value())))
                .treeReduce(PartialCounts::sum);
        NearerCodes sum = new NearerCodes(k, ofNeighbors);
        sum.add(counts.nearer, counts.equal);
        return sum;
    }

    /** The distance of each query to the code of each of its neighbors, m * k. */
    private static float[] ofNeighbors(
            JavaSparkContext context, JavaRDD<FeatureBlock> blocks, BlockEstimates estimates, NeighborIds truth) {
        Broadcast<NeighborPlaces> places = context.broadcast(NeighborPlaces.of(truth));
        float[] distances = new float[truth.count()];
        boolean[] known = new boolean[distances.length];
        for (PlacedDistances found : blocks.mapPartitions(part -> places.value().found(part, estimates))
                .collect()) {
            for (int at = 0; at < found.places.length; at++) {
                if (known[found.places[at]]) {
                    throw new InputException(RowIds.TWICE);
                }
                known[found.places[at]] = true;
                distances[found.places[at]] = found.distances[at];
            }
        }
        for (int place = 0; place < known.length; place++) {
            if (!known[place]) {
                throw new InputException(truth.name() + ": expected ids of rows of " + estimates.name() + ", found "
                        + truth.id(place) + ", which none has");
            }
        }
        return distances;
    }

    /** Where each id stands among the neighbors of all queries. */
    private static final class NeighborPlaces implements Serializable {
        private final int perQuery;
        private final Map<Long, int[]> places;

        private NeighborPlaces(int perQuery, Map<Long, int[]> places) {
            this.perQuery = perQuery;
            this.places = places;
        }

        static NeighborPlaces of(NeighborIds truth) {
            Map<Long, List<Integer>> lists = new HashMap<>();
            for (int place = 0; place < truth.count(); place++) {
                lists.computeIfAbsent(truth.id(place), id -> new ArrayList<>()).add(place);
            }
            Map<Long, int[]> places = new HashMap<>();
            lists.forEach((id, list) ->
                    places.put(id, list.stream().mapToInt(Integer::intValue).toArray()));
            return new NeighborPlaces(truth.perQuery(), places);
        }

        /** The distances to those neighbors that are in a part; of its rows they alone are encoded. */
        Iterator<PlacedDistances> found(Iterator<FeatureBlock> blocks, BlockEstimates estimates) {
            List<PlacedDistances> found = new ArrayList<>();
            while (blocks.hasNext()) {
                FeatureBlock block = blocks.next();
                int[] rows = IntStream.range(0, block.ids().size())
                        .filter(row -> places.containsKey(block.ids().get(row)))
                        .toArray();
                if (rows.length > 0) {
                    FeatureBlock neighbors = block.select(rows);
                    found.add(distances(neighbors.ids(), estimates.of(neighbors)));
                }
            }
            return found.iterator();
        }

        private PlacedDistances distances(RowIds ids, Quantizer.Estimates estimates) {
            List<int[]> ofRows = new ArrayList<>();
            for (int row = 0; row < ids.size(); row++) {
                ofRows.add(places.getOrDefault(ids.get(row), new int[0]));
            }
            int[] all = ofRows.stream().flatMapToInt(IntStream::of).toArray();
            float[] distances = new float[all.length];
            int at = 0;
            for (int row = 0; row < ofRows.size(); row++) {
                for (int place : ofRows.get(row)) {
                    distances[at++] = estimates.forQuery(place / perQuery).to(row);
                }
            }
            return new PlacedDistances(all, distances);
        }
    }

    /** Distances with their places among those of all queries, as they travel between machines. */
    private static final class PlacedDistances implements Serializable {
        private final int[] places;
        private final float[] distances;

        PlacedDistances(int[] places, float[] distances) {
            this.places = places;
            this.distances = distances;
        }
    }

    /** The counts of a part, as they travel between machines. */
    private static final class PartialCounts implements Serializable {
        private final long[] nearer;
        private final long[] equal;

        private PartialCounts(NearerCodes counts) {
            this.nearer = counts.toNearer();
            this.equal = counts.toEqual();
        }

        /** Counts the codes of a part, all of its rows. */
        static Iterator<PartialCounts> of(Iterator<FeatureBlock> blocks, BlockEstimates estimates, NearerCodes counts) {
            while (blocks.hasNext()) {
                FeatureBlock block = blocks.next();
                Quantizer.Estimates ofBlock = estimates.of(block);
                for (int query = 0; query < counts.queries(); query++) {
                    counts.count(
                            query, ofBlock.forQuery(query).first(block.ids().size()));
                }
            }
            return List.of(new PartialCounts(counts)).iterator();
        }

        /** The counts of two parts together; the first is changed. */
        static PartialCounts sum(PartialCounts some, PartialCounts others) {
            for (int at = 0; at < some.nearer.length; at++) {
                some.nearer[at] += others.nearer[at];
                some.equal[at] += others.equal[at];
            }
            return some;
        }
    }
}
