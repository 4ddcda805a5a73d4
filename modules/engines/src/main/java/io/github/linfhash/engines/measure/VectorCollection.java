package io.github.linfhash.engines.measure;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows in an engine with at most one index, and searches in it. */
public interface VectorCollection {
    /**
     * A finished build.
     *
     * @param spec of the index
     * @param rows that are indexed
     * @param indexBytes of the index
     * @param heapBytes of everything else that lasts
     * @param seconds that the build took
     * @param inMemory whether the graph fitted into the memory of the build
     * @param memory that the build takes, estimated, in bytes; 0 if the engine limits it
     */
    record Built(
            IndexSpec spec, int rows, long indexBytes, long heapBytes, double seconds, boolean inMemory, long memory) {}

    /**
     * Searches as a user does.
     *
     * @param lists the ids that were found, for each query, the nearest first
     * @param millis for each query
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Searched(List<int[]> lists, double[] millis) {}

    /**
     * Searches of several clients at once.
     *
     * @param perSecond for each operating point
     * @param clients how many there were
     */
    record Throughput(List<Double> perSecond, int clients) {}

    /** Builds an index; empty if that takes longer than some seconds. */
    Optional<Built> build(IndexSpec spec, double seconds) throws IOException;

    /** Removes the index; does nothing after a lost connection. */
    void dropIndex() throws IOException;

    /**
     * Returns the first rows by code for the first queries, in the order of the index, or by an exact scan of the codes; empty if the engine has no
     * such scan.
     */
    Optional<List<int[]>> byCode(OperatingPoint point, Queries queries, int count, boolean exact) throws IOException;

    /** Searches with several operating points in turns, query by query. */
    List<Searched> search(List<OperatingPoint> points, Queries queries, int from, int to, int neighbors)
            throws IOException;

    /** Returns the plan of some searches, each of which is carried out; null if the engine has no plans. */
    Measurement.@Nullable Plan plan(OperatingPoint point, Queries queries, int count, int neighbors) throws IOException;

    /**
     * Searches with each operating point by several clients at once.
     *
     * @param seconds for each operating point
     * @param most clients; fewer where the engine allows no more
     */
    Throughput perSecond(List<OperatingPoint> points, double[] seconds, Queries queries, int neighbors, int most)
            throws IOException;
}
