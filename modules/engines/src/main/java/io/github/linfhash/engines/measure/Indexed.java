package io.github.linfhash.engines.measure;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows in an engine with at most one index, and searches in it. */
interface Indexed {
    /**
     * A finished build.
     *
     * @param spec of the index
     * @param rows that are indexed
     * @param indexBytes of the index
     * @param heapBytes of everything else
     * @param seconds that the build took
     * @param inMemory whether the graph fitted into the memory of the build
     * @param memory that the build takes, estimated, in bytes
     */
    record Built(
            IndexSpec spec, int rows, long indexBytes, long heapBytes, double seconds, boolean inMemory, long memory) {}

    /**
     * Searches as a user does.
     *
     * @param lists the ids that were found, for each query
     * @param millis for each query
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Searched(List<int[]> lists, double[] millis) {}

    /** Builds an index; empty if that takes longer than some seconds. */
    Optional<Built> build(IndexSpec spec, double seconds) throws SQLException, IOException;

    /** Removes the index; does nothing after a lost connection. */
    void dropIndex() throws SQLException, IOException;

    /** Returns the first rows by code for the first queries, in the order of the index, or by an exact scan of the codes. */
    List<int[]> byCode(Setting setting, Queries queries, int count, boolean exact) throws SQLException, IOException;

    /** Searches with several settings in turns, query by query. */
    List<Searched> search(List<Setting> settings, Queries queries, int from, int to, int neighbors)
            throws SQLException, IOException;

    /** Returns the plan of some searches, each of which is carried out; null if the engine has no plans. */
    Measurement.@Nullable Plan plan(Setting setting, Queries queries, int count, int neighbors)
            throws SQLException, IOException;

    /**
     * Searches of several clients at once.
     *
     * @param perSecond for each setting
     * @param clients how many there were
     */
    record Throughput(List<Double> perSecond, int clients) {}

    /**
     * Searches with each setting by several clients at once.
     *
     * @param seconds for each setting
     * @param most clients; fewer where the engine allows no more
     */
    Throughput perSecond(List<Setting> settings, double[] seconds, Queries queries, int neighbors, int most)
            throws SQLException, IOException;
}
