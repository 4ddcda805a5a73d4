package io.github.linfhash.engines.measure;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An engine that holds the vectors, and makes collections of all or the first of them. */
public interface Engine {
    /** The name and versions of the engine. */
    Measurement.Server server();

    /**
     * Takes the vectors.
     *
     * @param groups that filters ask for; null for none
     */
    void load(Measurer.Request request, @Nullable FilterGroups groups) throws SQLException, IOException;

    /** All rows, for an index of a type. */
    Indexed all(IndexSpec.Type type);

    /** Makes a collection of the first rows, in place of the one before. */
    void makePart(int rows) throws SQLException, IOException;

    /** The collection of the first rows, for an index of a type. */
    Indexed part(IndexSpec.Type type, int rows);

    /** Removes the collection of the first rows. */
    void dropPart() throws SQLException, IOException;

    /** Whether the engine still answers after a failure. */
    boolean works();

    /**
     * Searches with filters.
     *
     * @param filters that the searches are measured by
     * @param settings the best graph, and the best of the others, as far as there are any
     * @param doing told what is being done, for messages
     */
    void filters(Filters filters, List<Setting> settings, Consumer<String> doing) throws SQLException, IOException;
}
