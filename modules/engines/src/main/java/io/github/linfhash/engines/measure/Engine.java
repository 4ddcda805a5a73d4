package io.github.linfhash.engines.measure;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A search engine that holds the vectors, and makes collections of all or the first of them.
 *
 * <p>A failure of a call is an {@link IOException}, which {@link #sentence} explains, or an {@link io.github.linfhash.core.errors.InputException},
 * whose message is the sentence.
 */
public interface Engine {
    /**
     * An engine with its versions, and the words that results use.
     *
     * @param name as {@code --engine} and JSON have it
     * @param text with versions, for sentences
     * @param versions by name
     * @param heap what bytes beside the index are, such as "the table without indexes"
     * @param filterNote how searches with filters use an index; empty if there is nothing to say
     */
    record Server(String name, String text, Map<String, String> versions, String heap, String filterNote) {
        public Server {
            versions = new TreeMap<>(versions);
        }
    }

    /**
     * Lines to paste.
     *
     * @param pasted where they are pasted, as the end of the line above them, such as "for faiss 1.10 or newer"
     * @param create lines that make the index
     * @param remark a comment above the lines that search, with a line break; may be empty
     * @param search lines that search
     */
    record Snippet(String pasted, String create, String remark, String search) {}

    /** The engine with its versions. */
    Server server();

    /** All types of indexes, graphs first. */
    List<IndexType> types();

    /** The builds and searches of a type that are tried for so many rows and neighbors. */
    Grid grid(IndexType type, int rows, int dimension, int neighbors) throws IOException;

    /**
     * Takes the vectors.
     *
     * @param groups that filters ask for; null for none
     * @throws io.github.linfhash.core.errors.InputException if there is too little memory or space, or the engine does not have the similarity
     */
    void load(Measurer.Request request, @Nullable FilterGroups groups) throws IOException;

    /** All rows, for an index of a type. */
    VectorCollection all(IndexType type);

    /** Makes a collection of the first rows, in place of the one before. */
    void makePart(int rows) throws IOException;

    /** The collection of the first rows, for an index of a type. */
    VectorCollection part(IndexType type, int rows);

    /** Removes the collection of the first rows. */
    void dropPart() throws IOException;

    /** Whether the engine answers after a failure, if need be after a restart. */
    boolean recovers() throws IOException;

    /** Whether this process is about to end. */
    boolean interrupted();

    /** Whether {@link #filters} can be called. */
    boolean hasFilters();

    /**
     * Searches with filters.
     *
     * @param filters that the searches are measured by
     * @param points the best graph, and the best of the others, as far as there are any
     * @param doing told what is being done, for messages
     */
    void filters(Filters filters, List<OperatingPoint> points, Consumer<String> doing) throws IOException;

    /** The lines to paste for an operating point. */
    Snippet snippet(OperatingPoint point, Measurement.Vectors vectors) throws IOException;

    /** The lines that search by an exact scan of the rows that match a filter, after a sentence about them. */
    String exactScan(Measurement.Vectors vectors) throws IOException;

    /**
     * Puts a failure into a sentence.
     *
     * @param doing the step that failed, such as "building hnsw-bit"
     */
    String sentence(IOException failure, String doing);

    /** Removes everything that it made, once; returns a sentence about what is left, or an empty text. */
    String remove();
}
