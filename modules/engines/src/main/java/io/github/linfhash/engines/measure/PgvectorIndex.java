package io.github.linfhash.engines.measure;

import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.advisor.engine.SqlNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An index of pgvector, as far as its size and the way to build it are concerned.
 *
 * @param type what it is built over, and how
 * @param m the links of a node; 0 for IVFFlat
 * @param efConstruction the candidates for links while it is built; 0 for IVFFlat
 * @param lists of IVFFlat; 0 for HNSW
 */
public record PgvectorIndex(Type type, int m, int efConstruction, int lists) implements IndexSpec {
    private static final String ITERATIVE = "relaxed_order";

    /** The memory that PostgreSQL gives to a build unless it is told otherwise, in bytes. */
    private static final long DEFAULT_MEMORY = 64 << 20;

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
    public record Type(Method method, PgvectorCodes.Kind kind) implements IndexSpec.Type {
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

        @Override
        public boolean graph() {
            return method == Method.HNSW;
        }

        @Override
        public boolean coded() {
            return kind != PgvectorCodes.Kind.VECTOR;
        }

        @Override
        public int mostDimensions() {
            return kind.mostDimensions();
        }

        @Override
        public List<IndexSpec> grid(int rows) {
            if (graph()) {
                List<IndexSpec> grid = new ArrayList<>();
                for (int m : new int[] {8, 12, 16, 24}) {
                    for (int construction : new int[] {64, 160}) {
                        grid.add(hnsw(kind, m, construction));
                    }
                }
                return grid;
            }
            double root = Math.sqrt(rows);
            return IntStream.of((int) (root / 2), (int) root, (int) (2 * root))
                    .distinct()
                    .<IndexSpec>mapToObj(lists -> ivfflat(kind, lists))
                    .toList();
        }

        /** Its name, such as {@code hnsw-centered-bit}. */
        @Override
        public String toString() {
            return (method.name() + "-" + kind.name()).toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static PgvectorIndex hnsw(PgvectorCodes.Kind kind, int m, int efConstruction) {
        return new PgvectorIndex(new Type(Method.HNSW, kind), m, efConstruction, 0);
    }

    static PgvectorIndex ivfflat(PgvectorCodes.Kind kind, int lists) {
        return new PgvectorIndex(new Type(Method.IVFFLAT, kind), 0, 0, Math.max(1, lists));
    }

    /** Returns this graph, or lists whose number grows with the square root of the rows. */
    @Override
    public PgvectorIndex forRows(double times) {
        return type.graph() ? this : ivfflat(type.kind, (int) Math.round(lists * Math.sqrt(times)));
    }

    @Override
    public String parameters() {
        return type.graph() ? "m = " + m + ", ef_construction = " + efConstruction : "lists = " + lists;
    }

    @Override
    public String effortName() {
        return type.graph() ? "hnsw.ef_search" : "ivfflat.probes";
    }

    @Override
    public List<Integer> efforts(int neighbors) {
        if (type.graph()) {
            return IndexSpec.widths(neighbors);
        }
        List<Integer> probes =
                new ArrayList<>(PROBES.stream().filter(probe -> probe < lists).toList());
        probes.add(lists);
        return probes;
    }

    @Override
    public List<Integer> candidates(int neighbors) {
        int most = switch (type.kind) {
            case VECTOR -> 1;
            case HALFVEC -> 2;
            case BIT, CENTERED_BIT -> Integer.MAX_VALUE;
        };
        return IndexSpec.multiples(neighbors, most);
    }

    /** Returns how much memory a build of so many rows takes, in bytes: of HNSW the graph, of IVFFlat the sample and its centers. */
    @Override
    public long buildMemory(int rows, int dimension) {
        double code = 16 + type.kind.bytes(dimension);
        if (type.graph()) {
            // Two m links on the ground floor, m on each of the others, of which a node has 1 / (m - 1) on average.
            double links = (2.0 * m + (double) m / (m - 1)) * LINK_BYTES;
            return (long) (rows * (ELEMENT_BYTES + code + links));
        }
        double samples = Math.min(rows, Math.max(10_000, 50.0 * lists));
        return (long) (samples * (code + 4.0 * lists / samples * code) + 4.0 * lists * lists + 8.0 * samples * lists);
    }

    @Override
    public int mostEffort() {
        return type.graph() ? MOST_WIDTH : Integer.MAX_VALUE;
    }

    @Override
    public Map<String, Object> numbers(int effort) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        if (type.graph()) {
            numbers.put("m", m);
            numbers.put("efConstruction", efConstruction);
            numbers.put("efSearch", effort);
        } else {
            numbers.put("lists", lists);
            numbers.put("probes", effort);
        }
        return numbers;
    }

    @Override
    public String searched(int effort, int candidates) {
        return effortName() + " = " + effort + ", LIMIT " + candidates;
    }

    /** Returns the statements of a session that continues a search with too few rows, without their ends. */
    List<String> session(int effort) {
        return session(effort, ITERATIVE);
    }

    /** Returns the statements of a session that continues a search with too few rows, or not. */
    List<String> session(int effort, String iterative) {
        String method = type.graph() ? "hnsw" : "ivfflat";
        return List.of("SET " + effortName() + " = " + effort, "SET " + method + ".iterative_scan = " + iterative);
    }

    @Override
    public String create(Measurement.Vectors vectors) {
        PgvectorCodes codes = codes(vectors);
        long memory = buildMemory(vectors.rows(), vectors.dimension());
        return codes.remark()
                + codes.prepare()
                + (memory <= DEFAULT_MEMORY
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "-- The build of %1$d rows takes %2$d MB. If the server gives less, first run SET maintenance_work_mem = '%2$dMB';\n",
                                vectors.rows(),
                                (memory >> 20) + 1))
                + codes.indexOnce(type.method().name().toLowerCase(Locale.ROOT), parameters(), false);
    }

    @Override
    public String search(int effort, int candidates, Measurement.Vectors vectors) {
        return String.join(";\n", session(effort)) + ";\n"
                + PgvectorCodes.PLAN
                + "\n"
                + codes(vectors).search(":'query'::vector", PgvectorCodes.FILTER, candidates, vectors.neighbors())
                + ";\n";
    }

    /** Returns lines that search by an exact scan of the rows that match a filter. */
    public static String exactScan(Measurement.Vectors vectors) {
        SqlNames names = vectors.table();
        return String.format(
                Locale.ROOT,
                """
                CREATE INDEX ON %1$s (tenant);
                SELECT %2$s FROM %1$s WHERE tenant = :'tenant' ORDER BY %3$s LIMIT %4$d;
                """,
                names.quotedTable(),
                names.quotedKey(),
                new PgvectorCodes(PgvectorCodes.Kind.VECTOR, names, vectors.dimension(), vectors.similarity())
                        .exactDistance(":'query'::vector"),
                vectors.neighbors());
    }

    private PgvectorCodes codes(Measurement.Vectors vectors) {
        return new PgvectorCodes(type.kind(), vectors.table(), vectors.dimension(), vectors.similarity());
    }
}
