package io.github.linfhash.engines.measure;

import java.util.List;
import java.util.Map;

/** An index of an engine, as far as its size and the way to build it are concerned. */
public interface IndexSpec {
    /** The widest search of a graph, which is the most that pgvector allows as {@code hnsw.ef_search}, and the most rows that are rescored. */
    int MOST_WIDTH = 1_000;

    /** A type of index: one curve of a chart. Its text is its name, such as {@code hnsw-bit}. */
    interface Type {
        /** Whether the index is a graph. */
        boolean graph();

        /** Whether it is built over codes, of which an exact scan misses neighbors. */
        boolean coded();

        /** The most dimensions of vectors that it takes. */
        int mostDimensions();

        /** The candidates for so many rows. */
        List<IndexSpec> grid(int rows);
    }

    /** Its type. */
    Type type();

    /** How many candidates for links a build of a graph looks at: how thorough it is. */
    int efConstruction();

    /** This index for so many times the rows. */
    IndexSpec forRows(double times);

    /** The parameters of the build as text. */
    String parameters();

    /** The name of the parameter that makes a search of this index more thorough. */
    String effortName();

    /** The largest effort. */
    int mostEffort();

    /** The efforts that are tried, ascending. */
    List<Integer> efforts(int neighbors);

    /** How many rows may be rescored, ascending. */
    List<Integer> candidates(int neighbors);

    /** How much memory a build of so many rows takes, in bytes; 0 if the engine limits it. */
    long buildMemory(int rows, int dimension);

    /** The parameters of the build and the effort by their names in JSON. */
    Map<String, Object> numbers(int effort);

    /** How it is searched, as text. */
    String searched(int effort, int candidates);

    /** The lines that make the index, to be pasted. */
    String create(Measurement.Vectors vectors);

    /** The lines that search, to be pasted. */
    String search(int effort, int candidates, Measurement.Vectors vectors);

    /** The widths of a search of a graph that are tried, ascending. */
    static List<Integer> widths(int neighbors) {
        return List.of(10, 15, 20, 30, 40, 60, 80, 110, 150, 200, 280, 400, 560, 800, MOST_WIDTH).stream()
                .filter(width -> width >= neighbors)
                .toList();
    }

    /** Multiples of the number of neighbors up to a factor, as numbers of rows that are rescored. */
    static List<Integer> multiples(int neighbors, int most) {
        return List.of(1, 2, 3, 4, 5, 7, 10, 14, 20, 28, 40, 56, 80, 100).stream()
                .filter(factor -> factor <= most)
                .map(factor -> factor * neighbors)
                .filter(candidates -> candidates <= MOST_WIDTH)
                .toList();
    }
}
