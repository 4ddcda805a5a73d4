package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.engines.measure.IndexType.Parameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * An engine that takes as long as a test chooses, by a clock of its own. Three scans of codes are built in two ways, and of their codes only those of one
 * bit miss neighbors. A graph finds neighbors if it has enough links.
 */
final class FakeEngine implements Engine {
    static final int ROWS = 2_000;
    static final int DIMENSION = 4;

    static final IndexType EXACT = new IndexType("exact", false, false, 100, List.of(), null, 1_000);
    static final IndexType HALF = scan("flat-half");
    static final IndexType INT8 = scan("flat-int8");
    static final IndexType BIT = scan("flat-bit");
    static final IndexType GRAPH = new IndexType(
            "hnsw-vector",
            true,
            false,
            100,
            List.of(Parameter.number("m", 2, 100)),
            Parameter.number("ef", 1, 1_000),
            1_000);

    /** The types of which a build takes some seconds. */
    private final Map<IndexType, Double> seconds;

    private final Map<IndexType, Double> slow = new HashMap<>();
    private final Map<IndexType, Double> searching = new HashMap<>();
    private final Map<IndexType, List<IndexSpec>> usual = new HashMap<>();
    private final List<IndexSpec> larger = new ArrayList<>();
    private final Set<Object> failing = new HashSet<>();
    private final AtomicLong clock = new AtomicLong();
    private double measuring = 1;
    private boolean gone;
    private int linksNeeded;

    /** All builds with their rows, and all parts that were made. */
    final List<String> builds = new ArrayList<>();

    final List<Integer> parts = new ArrayList<>();

    /** @param seconds that a build of all rows takes; half of them for the rung of half of the rows */
    FakeEngine(Map<IndexType, Double> seconds) {
        this.seconds = seconds;
    }

    private static IndexType scan(String name) {
        return new IndexType(name, false, true, 100, List.of(Parameter.flag("merged")), null, 1_000);
    }

    static IndexSpec graph(int m) {
        return new IndexSpec(GRAPH, Map.of("m", m));
    }

    static IndexSpec scan(IndexType type, boolean merged) {
        return new IndexSpec(type, type.exact() ? Map.of() : Map.of("merged", merged ? 1 : 0));
    }

    /** A measurement of all rows takes some seconds beside the build. */
    FakeEngine measuring(double some) {
        measuring = some;
        return this;
    }

    /** A build of all rows takes longer than that of half of them lets expect. */
    FakeEngine slow(IndexType type, double some) {
        slow.put(type, some);
        return this;
    }

    /** A scan of all rows takes some seconds; a measurement of all rows has fifty more of them. */
    FakeEngine searching(IndexType type, double some) {
        searching.put(type, some);
        return this;
    }

    /** Steps fail, such as the searches in all rows of a type, "filters", "a fourth" or "part". */
    FakeEngine failing(Object... steps) {
        failing.addAll(List.of(steps));
        return this;
    }

    /** Nothing works any more after the first failure. */
    FakeEngine gone() {
        gone = true;
        return this;
    }

    /** A build is one that people use without choosing. */
    FakeEngine usual(IndexSpec spec) {
        usual.computeIfAbsent(spec.type(), key -> new ArrayList<>()).add(spec);
        return this;
    }

    /** Graphs need more links than the candidates have, which larger builds may have. */
    FakeEngine larger(int needed, int... links) {
        linksNeeded = needed;
        IntStream.of(links).mapToObj(FakeEngine::graph).forEach(larger::add);
        return this;
    }

    long nanos() {
        return clock.get();
    }

    private void pass(double time) {
        clock.addAndGet((long) (1e9 * time));
    }

    private void fail(Object step) throws IOException {
        if (failing.contains(step)) {
            throw new IOException(step + " is refused");
        }
    }

    @Override
    public Server server() {
        return new Server("fake", "a fake", Map.of(), "nothing", "");
    }

    @Override
    public List<IndexType> types() {
        return List.of(EXACT, GRAPH, HALF, INT8, BIT).stream()
                .filter(seconds::containsKey)
                .toList();
    }

    @Override
    public Grid grid(IndexType type, int rows, int dimension, int neighbors) {
        List<IndexSpec> ofUsual = usual.getOrDefault(type, List.of());
        if (type.equals(GRAPH)) {
            return new Grid(
                    List.of(graph(8), graph(16)),
                    ofUsual,
                    larger,
                    List.of(neighbors, 2 * neighbors),
                    List.of(neighbors));
        }
        return new Grid(
                type.exact() ? List.of(scan(type, true)) : List.of(scan(type, true), scan(type, false)),
                ofUsual,
                List.of(),
                List.of(IndexType.NO_EFFORT),
                type.exact() ? List.of(neighbors) : Grid.multiples(neighbors, type.equals(BIT) ? 100 : 3));
    }

    @Override
    public void load(Measurer.Request request, @Nullable FilterGroups groups) throws IOException {
        fail("load");
    }

    @Override
    public VectorCollection all(IndexType type) {
        return new Rows(type, ROWS);
    }

    @Override
    public void makePart(int rows) throws IOException {
        parts.add(rows);
        fail("part");
    }

    @Override
    public VectorCollection part(IndexType type, int rows) {
        return new Rows(type, rows);
    }

    @Override
    public void dropPart() {}

    @Override
    public boolean recovers() {
        return !gone;
    }

    @Override
    public boolean interrupted() {
        return failing.contains("interrupted");
    }

    @Override
    public boolean hasFilters() {
        return !failing.contains("no filters");
    }

    @Override
    public void filters(Filters filters, List<OperatingPoint> points, Consumer<String> doing) throws IOException {
        doing.accept("filtering by " + points.size() + " indexes");
        filters.measure(Filtered.EXACT, null, (column, asked) -> {
            List<VectorCollection.Searched> nothing = new ArrayList<>();
            for (Filters.Asked one : asked) {
                int queries = one.queries().size();
                nothing.add(
                        new VectorCollection.Searched(Collections.nCopies(queries, new int[0]), new double[queries]));
            }
            return new Filters.Found(nothing, null);
        });
        filters.leaveOut("partial indexes: no time.");
        fail("filters");
    }

    @Override
    public Snippet snippet(OperatingPoint point, Measurement.Vectors vectors) {
        return new Snippet("anywhere", "make " + point.index(), "", "search " + point.searched());
    }

    @Override
    public String exactScan(Measurement.Vectors vectors) {
        return "scan";
    }

    @Override
    public String sentence(IOException failure, String doing) {
        return "The server says while " + doing + ": " + failure.getMessage();
    }

    @Override
    public String remove() {
        return "";
    }

    static FeatureMatrix vectors(int rows, String name) {
        UniformRandomProvider random = new RandomStreams(1).stream(name);
        float[] values = new float[rows * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return FeatureMatrix.owning(rows, DIMENSION, values);
    }

    private final class Rows implements VectorCollection {
        private final IndexType type;
        private final int rows;

        Rows(IndexType type, int rows) {
            this.type = type;
            this.rows = rows;
        }

        @Override
        public Optional<Built> build(IndexSpec spec, double most) throws IOException {
            builds.add(spec + " of " + rows);
            if (rows == ROWS / 4) {
                fail("a fourth");
            }
            if (rows < ROWS) {
                fail(type + " of a part");
            }
            double expected = seconds.getOrDefault(type, 0.0);
            double takes = rows == ROWS ? slow.getOrDefault(type, expected) : expected * rows / ROWS;
            pass(Math.min(takes, most));
            if (takes > most) {
                return Optional.empty();
            }
            // An index that is not merged is larger.
            long bytes = type.exact()
                    ? 0
                    : type.graph()
                            ? 8L * rows * spec.parameter("m")
                            : rows * (type.equals(BIT) ? 1L : 8L) * (spec.parameter("merged") == 1 ? 1 : 2);
            return Optional.of(new Built(spec, rows, bytes, 8L * rows, takes, true, 0));
        }

        @Override
        public void dropIndex() {}

        private boolean finds(OperatingPoint point) {
            return type.graph() ? point.index().parameter("m") >= linksNeeded : !type.equals(BIT);
        }

        /** The nearest rows, or the farthest. */
        private List<int[]> lists(boolean nearest, Queries queries, int from, int to, int count) {
            FeatureMatrix vectors = vectors(ROWS, "vectors");
            List<int[]> lists = new ArrayList<>();
            for (int q = from; q < to; q++) {
                float[] query = queries.vector(q);
                double[] distances = new double[rows];
                float[] row = new float[DIMENSION];
                for (int r = 0; r < rows; r++) {
                    vectors.copyRow(r, row);
                    for (int j = 0; j < DIMENSION; j++) {
                        distances[r] += (row[j] - query[j]) * (row[j] - query[j]);
                    }
                }
                lists.add(IntStream.range(0, rows)
                        .boxed()
                        .sorted((a, b) -> (nearest ? 1 : -1) * Double.compare(distances[a], distances[b]))
                        .limit(count)
                        .mapToInt(Integer::intValue)
                        .toArray());
            }
            return lists;
        }

        @Override
        public Optional<List<int[]>> byCode(OperatingPoint point, Queries queries, int count, boolean exact) {
            if (exact && failing.contains("no scans of codes")) {
                return Optional.empty();
            }
            pass(searching.getOrDefault(type, 0.0) * rows / ROWS);
            return Optional.of(lists(finds(point), queries, 0, count, point.candidates()));
        }

        @Override
        public List<Searched> search(List<OperatingPoint> points, Queries queries, int from, int to, int neighbors)
                throws IOException {
            if (rows == ROWS) {
                fail(type);
            }
            double[] millis = new double[to - from];
            Arrays.fill(millis, 1);
            return points.stream()
                    .map(point -> new Searched(lists(finds(point), queries, from, to, neighbors), millis))
                    .toList();
        }

        @Override
        public Measurement.@Nullable Plan plan(OperatingPoint point, Queries queries, int count, int neighbors) {
            if (!failing.contains("scans the second time")) {
                return null;
            }
            String build = point.index() + " of " + rows;
            return new Measurement.Plan(Collections.frequency(builds, build) < 2, 0, 0);
        }

        @Override
        public Throughput perSecond(
                List<OperatingPoint> points, double[] some, Queries queries, int neighbors, int most) {
            assertThat(most).isBetween(1, 16);
            pass(measuring + 50 * searching.getOrDefault(type, 0.0));
            return new Throughput(points.stream().map(point -> 1000.0).toList(), 1);
        }
    }
}
