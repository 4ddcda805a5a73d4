package io.github.linfhash.engines.measure;

import io.github.linfhash.advisor.engine.PgvectorCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * An index of pgvector, as far as its size and the way to build it are concerned.
 *
 * @param type what it is built over, and how
 * @param m the links of a node; 0 for IVFFlat
 * @param efConstruction the candidates for links while it is built; 0 for IVFFlat
 * @param lists of IVFFlat; 0 for HNSW
 */
public record IndexSpec(Type type, int m, int efConstruction, int lists) {
    /** The most that pgvector allows as {@code hnsw.ef_search}, and thus the most rows that HNSW returns. */
    static final int MOST_EF_SEARCH = 1_000;

    private static final List<Integer> EF_SEARCH =
            List.of(10, 15, 20, 30, 40, 60, 80, 110, 150, 200, 280, 400, 560, 800, MOST_EF_SEARCH);
    private static final List<Integer> FACTORS = List.of(1, 2, 3, 4, 5, 7, 10, 14, 20, 28, 40, 56, 80, 100);
    private static final List<Integer> PROBES =
            List.of(1, 2, 3, 4, 6, 8, 11, 16, 22, 32, 45, 64, 90, 128, 180, 256, 360, 512, 720, 1024);

    /** The fields of an element in memory, and what the allocator adds, from where pgvector 0.8 notices that a graph does not fit. */
    private static final int ELEMENT_BYTES = 170;

    private static final int LINK_BYTES = 16;

    /** How an index is organized. */
    public enum Method {
        /** A graph. */
        HNSW,
        /** Lists around centers. */
        IVFFLAT
    }

    /**
     * A type of index: one curve of a chart.
     *
     * @param method how it is organized
     * @param kind its codes
     */
    public record Type(Method method, PgvectorCodes.Kind kind) {
        /** All types, graphs first. */
        public static List<Type> all() {
            List<Type> all = new ArrayList<>();
            for (Method method : Method.values()) {
                for (PgvectorCodes.Kind kind : PgvectorCodes.Kind.values()) {
                    all.add(new Type(method, kind));
                }
            }
            return all;
        }

        /** Its name, such as {@code hnsw-centered-bit}. */
        @Override
        public String toString() {
            return (method.name() + "-" + kind.name()).toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static IndexSpec hnsw(PgvectorCodes.Kind kind, int m, int efConstruction) {
        return new IndexSpec(new Type(Method.HNSW, kind), m, efConstruction, 0);
    }

    static IndexSpec ivfflat(PgvectorCodes.Kind kind, int lists) {
        return new IndexSpec(new Type(Method.IVFFLAT, kind), 0, 0, Math.max(1, lists));
    }

    /** The candidates of a type for a table of so many rows. */
    static List<IndexSpec> grid(Type type, int rows) {
        if (type.method == Method.HNSW) {
            List<IndexSpec> grid = new ArrayList<>();
            for (int m : new int[] {8, 12, 16, 24}) {
                for (int construction : new int[] {64, 160}) {
                    grid.add(hnsw(type.kind, m, construction));
                }
            }
            return grid;
        }
        double root = Math.sqrt(rows);
        return IntStream.of((int) (root / 2), (int) root, (int) (2 * root))
                .distinct()
                .mapToObj(lists -> ivfflat(type.kind, lists))
                .toList();
    }

    boolean graph() {
        return type.method == Method.HNSW;
    }

    /** This index for a table of so many times the rows: lists grow with the square root. */
    IndexSpec forRows(double times) {
        return graph() ? this : ivfflat(type.kind, (int) Math.round(lists * Math.sqrt(times)));
    }

    /** The parameters as CREATE INDEX has them. */
    public String parameters() {
        return graph() ? "m = " + m + ", ef_construction = " + efConstruction : "lists = " + lists;
    }

    /** The setting of a session that makes a search of this index more thorough. */
    public String effortName() {
        return graph() ? "hnsw.ef_search" : "ivfflat.probes";
    }

    /** The efforts that are tried, ascending. */
    List<Integer> efforts(int neighbors) {
        if (graph()) {
            return EF_SEARCH.stream().filter(effort -> effort >= neighbors).toList();
        }
        List<Integer> probes =
                new ArrayList<>(PROBES.stream().filter(probe -> probe < lists).toList());
        probes.add(lists);
        return probes;
    }

    /** How many rows may be rescored, ascending. */
    List<Integer> candidates(int neighbors) {
        int most = switch (type.kind) {
            case VECTOR -> 1;
            case HALFVEC -> 2;
            case BIT, CENTERED_BIT -> Integer.MAX_VALUE;
        };
        return FACTORS.stream()
                .filter(factor -> factor <= most)
                .map(factor -> factor * neighbors)
                .filter(candidates -> candidates <= MOST_EF_SEARCH)
                .toList();
    }

    /** How much memory a build of so many rows takes, in bytes: of HNSW the graph, of IVFFlat the sample and its centers. */
    public long buildMemory(int rows, int dimension) {
        double code = 16 + type.kind.bytes(dimension);
        if (graph()) {
            // Two m links on the ground floor, m on each of the others, of which a node has 1 / (m - 1) on average.
            double links = (2.0 * m + (double) m / (m - 1)) * LINK_BYTES;
            return (long) (rows * (ELEMENT_BYTES + code + links));
        }
        double samples = Math.min(rows, Math.max(10_000, 50.0 * lists));
        return (long) (samples * (code + 4.0 * lists / samples * code) + 4.0 * lists * lists + 8.0 * samples * lists);
    }
}
