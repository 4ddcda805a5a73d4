package io.github.linfhash.engines.pgvector;

import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.advisor.engine.PgvectorCodes.Kind;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.engines.measure.Engine;
import io.github.linfhash.engines.measure.Grid;
import io.github.linfhash.engines.measure.IndexSpec;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.IndexType.Parameter;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.OperatingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The types of indexes of pgvector, how they are built, and their SQL. */
final class PgvectorTypes {
    private static final String GRAPH = "hnsw";
    private static final String LISTS = "ivfflat";
    private static final String ITERATIVE = "relaxed_order";
    private static final String REMARK = "-- Each session and search, for psql with the variable query:\n";
    private static final String BLOCKS =
            "-- The build blocks writes to the table. CREATE INDEX CONCURRENTLY, outside of a transaction block, does not.\n";
    /** The most dimensions of a column, which an index of vectors does not take. */
    private static final int MOST_OF_COLUMN = 16_000;

    private static final int MOST_LISTS = 32_768;

    /** The memory that PostgreSQL gives to a build unless it is told otherwise, in bytes. */
    private static final long DEFAULT_MEMORY = 64 << 20;

    private static final List<Integer> PROBES =
            List.of(1, 2, 3, 4, 6, 8, 11, 16, 22, 32, 45, 64, 90, 128, 180, 256, 360, 512, 720, 1024);

    /** The fields of an element in memory, and what the allocator adds, from where pgvector 0.8 notices that a graph does not fit. */
    private static final int ELEMENT_BYTES = 170;

    private static final int LINK_BYTES = 16;

    /** No index. */
    static final IndexType EXACT =
            new IndexType("exact", false, false, MOST_OF_COLUMN, List.of(), null, Grid.MOST_WIDTH);

    private PgvectorTypes() {}

    /** All types, graphs first. */
    static List<IndexType> all() {
        return Stream.concat(
                        Stream.of(GRAPH, LISTS)
                                .flatMap(method -> Stream.of(Kind.values()).map(kind -> type(method, kind))),
                        Stream.of(EXACT))
                .toList();
    }

    private static IndexType type(String method, Kind kind) {
        boolean graph = method.equals(GRAPH);
        return new IndexType(
                method + "-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                graph,
                kind != Kind.VECTOR,
                kind.mostDimensions(),
                graph
                        ? List.of(Parameter.number("m", 2, 100), Parameter.number("ef_construction", 4, 1000))
                        : List.of(Parameter.number("lists", 1, MOST_LISTS)),
                graph
                        ? Parameter.number("hnsw.ef_search", 1, Grid.MOST_WIDTH)
                        : Parameter.number("ivfflat.probes", 1, MOST_LISTS),
                Grid.MOST_WIDTH);
    }

    /** The graph of the column's own type. */
    static IndexType graphOfVectors() {
        return type(GRAPH, Kind.VECTOR);
    }

    static Kind kind(IndexType type) {
        return Stream.of(Kind.values())
                .filter(kind -> type.exact() ? kind == Kind.VECTOR : type.equals(type(method(type), kind)))
                .findFirst()
                .orElseThrow();
    }

    static String method(IndexType type) {
        return type.graph() ? GRAPH : LISTS;
    }

    private static IndexSpec hnsw(IndexType type, int m, int construction) {
        return new IndexSpec(type, Map.of("m", m, "ef_construction", construction));
    }

    static IndexSpec ivfflat(IndexType type, int lists) {
        return new IndexSpec(type, Map.of("lists", Math.max(1, lists)));
    }

    static Grid grid(IndexType type, int rows, int neighbors) {
        if (type.exact()) {
            List<IndexSpec> scan = List.of(new IndexSpec(type, Map.of()));
            return new Grid(scan, scan, List.of(), List.of(IndexType.NO_EFFORT), List.of(neighbors));
        }
        Kind kind = kind(type);
        int most = switch (kind) {
            case VECTOR -> 1;
            case HALFVEC -> 2;
            case BIT, CENTERED_BIT -> Integer.MAX_VALUE;
        };
        List<Integer> candidates = Grid.multiples(neighbors, most);
        if (type.graph()) {
            List<IndexSpec> builds = new ArrayList<>();
            for (int m : new int[] {8, 12, 16, 24}) {
                for (int construction : new int[] {64, 160}) {
                    builds.add(hnsw(type, m, construction));
                }
            }
            return new Grid(
                    builds,
                    kind == Kind.VECTOR ? List.of(hnsw(type, 16, 64), hnsw(type, 16, 200)) : List.of(),
                    List.of(hnsw(type, 24, 400), hnsw(type, 40, 400), hnsw(type, 64, 600)),
                    Grid.widths(neighbors),
                    candidates);
        }
        double root = Math.sqrt(rows);
        List<IndexSpec> builds = IntStream.of((int) (root / 2), (int) root, (int) (2 * root))
                .distinct()
                .mapToObj(lists -> ivfflat(type, lists))
                .distinct()
                .toList();
        TreeSet<Integer> probes = new TreeSet<>();
        builds.forEach(build -> probes.add(build.parameter("lists")));
        PROBES.stream().filter(probe -> probe < probes.last()).toList().forEach(probes::add);
        return new Grid(builds, List.of(), List.of(), List.copyOf(probes), candidates);
    }

    /** Returns this graph, or lists whose number grows with the square root of the rows. */
    static IndexSpec scaled(IndexSpec spec, double times) {
        return spec.type().graph() || spec.type().exact()
                ? spec
                : ivfflat(spec.type(), (int) Math.round(spec.parameter("lists") * Math.sqrt(times)));
    }

    /** Returns how much memory a build of so many rows takes, in bytes: of HNSW the graph, of IVFFlat the sample and its centers. */
    static long buildMemory(IndexSpec spec, long rows, int dimension) {
        if (spec.type().exact()) {
            return 0;
        }
        double code = 16 + kind(spec.type()).bytes(dimension);
        if (spec.type().graph()) {
            int m = spec.parameter("m");
            // Two m links on the ground floor, m on each of the others, of which a node has 1 / (m - 1) on average.
            double links = (2.0 * m + (double) m / (m - 1)) * LINK_BYTES;
            return (long) (rows * (ELEMENT_BYTES + code + links));
        }
        int lists = spec.parameter("lists");
        double samples = Math.min((double) rows, Math.max(10_000, 50.0 * lists));
        return (long) (samples * (code + 4.0 * lists / samples * code) + 4.0 * lists * lists + 8.0 * samples * lists);
    }

    /** Returns the statements of a session that continues a search with too few rows, without their ends. */
    static List<String> session(OperatingPoint point) {
        return session(point, ITERATIVE);
    }

    /** Returns the statements of a session that continues a search with too few rows, or not. */
    static List<String> session(OperatingPoint point, String iterative) {
        IndexType type = point.index().type();
        if (type.exact()) {
            return List.of();
        }
        return List.of(
                "SET " + type.effortName() + " = " + point.effort(),
                "SET " + method(type) + ".iterative_scan = " + iterative);
    }

    /** Returns the lines to paste that make and search an index. */
    static Engine.Snippet snippet(OperatingPoint point, Measurement.Vectors vectors) {
        IndexSpec spec = point.index();
        SqlNames table = vectors.table();
        PgvectorCodes codes = new PgvectorCodes(kind(spec.type()), table, vectors.dimension(), vectors.similarity());
        long memory = buildMemory(spec, vectors.rows(), vectors.dimension());
        if (spec.type().exact()) {
            return new Engine.Snippet(
                    pasted(table),
                    "",
                    REMARK,
                    String.format(
                            Locale.ROOT,
                            "SELECT %s FROM %s ORDER BY %s LIMIT %d;\n",
                            table.quotedKey(),
                            table.quotedTable(),
                            codes.exactDistance(":'query'::vector"),
                            vectors.neighbors()));
        }
        return new Engine.Snippet(
                pasted(table),
                codes.remark()
                        + codes.prepare()
                        + (memory <= DEFAULT_MEMORY
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        "-- The build of %1$d rows takes %2$d MB. If the server gives less, first run SET maintenance_work_mem = '%2$dMB';\n",
                                        vectors.rows(),
                                        (memory >> 20) + 1))
                        + BLOCKS
                        + codes.indexOnce(method(spec.type()), spec.text(), false),
                REMARK,
                String.join(";\n", session(point)) + ";\n"
                        + PgvectorCodes.PLAN
                        + "\n"
                        + codes.search(
                                ":'query'::vector", PgvectorCodes.FILTER, point.candidates(), vectors.neighbors())
                        + ";\n");
    }

    private static String pasted(SqlNames table) {
        return String.format(
                Locale.ROOT,
                "for the table %s with the key %s and the column %s",
                table.quotedTable(),
                table.quotedKey(),
                table.quotedColumn());
    }

    /** Returns lines that search by an exact scan of the rows that match a filter. */
    static String exactScan(Measurement.Vectors vectors) {
        SqlNames names = vectors.table();
        return String.format(
                Locale.ROOT,
                """
                An exact scan, with an index of the column that filters:

                CREATE INDEX ON %1$s (tenant);
                SELECT %2$s FROM %1$s WHERE tenant = :'tenant' ORDER BY %3$s LIMIT %4$d;
                """,
                names.quotedTable(),
                names.quotedKey(),
                new PgvectorCodes(Kind.VECTOR, names, vectors.dimension(), vectors.similarity())
                        .exactDistance(":'query'::vector"),
                vectors.neighbors());
    }
}
