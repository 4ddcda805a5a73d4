package io.github.linfhash.engines.measure;

import java.util.List;

/**
 * The builds and searches of a type of index that are tried for some vectors.
 *
 * @param builds the candidates, the least thorough first
 * @param usual builds that people use without choosing, which are always measured
 * @param larger builds to try if nothing reaches a target, the smallest first
 * @param efforts of a search, ascending
 * @param candidates how many rows may be rescored, ascending
 */
public record Grid(
        List<IndexSpec> builds,
        List<IndexSpec> usual,
        List<IndexSpec> larger,
        List<Integer> efforts,
        List<Integer> candidates) {
    /** The widest search of a graph, which is the most that pgvector allows as {@code hnsw.ef_search}, and the most rows that are rescored. */
    public static final int MOST_WIDTH = 1_000;

    public Grid {
        builds = List.copyOf(builds);
        usual = List.copyOf(usual);
        larger = List.copyOf(larger);
        efforts = List.copyOf(efforts);
        candidates = List.copyOf(candidates);
    }

    /** The widths of a search of a graph that are tried, ascending. */
    public static List<Integer> widths(int neighbors) {
        return List.of(10, 15, 20, 30, 40, 60, 80, 110, 150, 200, 280, 400, 560, 800, MOST_WIDTH).stream()
                .filter(width -> width >= neighbors)
                .toList();
    }

    /** Multiples of the number of neighbors up to a factor, as numbers of rows that are rescored. */
    public static List<Integer> multiples(int neighbors, int most) {
        return List.of(1, 2, 3, 4, 5, 7, 10, 14, 20, 28, 40, 56, 80, 100).stream()
                .filter(factor -> factor <= most)
                .map(factor -> factor * neighbors)
                .filter(candidates -> candidates <= MOST_WIDTH)
                .toList();
    }
}
