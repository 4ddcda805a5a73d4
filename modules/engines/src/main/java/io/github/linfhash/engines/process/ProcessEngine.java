package io.github.linfhash.engines.process;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.engines.measure.Engine;
import io.github.linfhash.engines.measure.FilterGroups;
import io.github.linfhash.engines.measure.Filtered;
import io.github.linfhash.engines.measure.Filters;
import io.github.linfhash.engines.measure.Grid;
import io.github.linfhash.engines.measure.IndexSpec;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.Measurer;
import io.github.linfhash.engines.measure.OperatingPoint;
import io.github.linfhash.engines.measure.Queries;
import io.github.linfhash.engines.measure.VectorCollection;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.files.FileFailure;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.PreparedVectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An engine in a process of its own, which speaks the protocol of docs/engines.md. Every answer is checked. */
public final class ProcessEngine implements Engine {
    /** The version of the protocol. */
    public static final String PROTOCOL = "linfhash-engine/1";

    /** Seconds that a call may take at least, as a program may be read from a slow disk. */
    private static final double PATIENCE = 60;

    /** The most queries of one client, where an engine has no call for clients. */
    private static final int ONE_CLIENT = 100;

    private static final double MILLIS = 1000;
    private static final int MEBI = 1 << 20;

    private final String called;
    private final EngineProcess.Command command;
    private final @Nullable String database;
    private final double patience;
    private EngineProcess process;
    private final Server server;
    private final List<IndexType> types;
    private final Set<String> can;
    private final List<String> similarities;
    private final String pasted;
    private final String remark;
    private @Nullable Vectors loaded;

    /** The vectors that an engine has loaded. */
    private record Vectors(FeatureMatrix rows, Similarity similarity, Map<String, int[]> columns, double seconds) {}

    /**
     * Starts an engine.
     *
     * @param called as the user calls it
     * @param database that {@code --database} names; null for none
     * @param patience seconds that a call may take at least
     * @throws InputException if it cannot be started, or does not speak the protocol
     */
    ProcessEngine(String called, EngineProcess.Command command, @Nullable String database, double patience)
            throws IOException {
        this.called = called;
        this.command = command;
        this.database = database;
        this.patience = patience;
        this.process = new EngineProcess(called, command);
        try {
            Answer hello = hello();
            String name = hello.text("name");
            if (!name.matches("[a-z][a-z0-9-]{0,30}")) {
                throw hello.wrong("name with small letters, digits and hyphens", "'" + name + "'");
            }
            Answer versions = hello.object("versions");
            server = new Server(
                    name,
                    hello.text("text"),
                    versions.json()
                            .propertyStream()
                            .collect(Collectors.toMap(Map.Entry::getKey, one -> versions.text(one.getKey()))),
                    hello.text("heap", "everything else that lasts"),
                    hello.text("filter_note", ""));
            can = Set.copyOf(hello.words("can"));
            similarities = hello.json().has("similarities")
                    ? hello.words("similarities")
                    : Stream.of(Similarity.values()).map(ProcessEngine::name).toList();
            pasted = hello.text("pasted");
            remark = lines(hello.text("search_remark", ""));
            types = TypeJson.types(hello);
        } catch (IOException | RuntimeException e) {
            String left = process.close();
            if (!left.isEmpty()) {
                throw new InputException(e.getMessage() + ". " + left, e);
            }
            throw e;
        }
    }

    /** Starts an engine in Python: one of the program by its name, or a script by its path. */
    public static ProcessEngine python(String engine, @Nullable String database) throws IOException {
        return new ProcessEngine(engine, PythonCommand.of(engine, System.getenv()), database, PATIENCE);
    }

    /** Starts Lucene. */
    public static ProcessEngine lucene() throws IOException {
        return new ProcessEngine("lucene", LuceneJava.command(System.getenv()), null, PATIENCE);
    }

    private Answer hello() throws IOException {
        Map<String, Object> fields = new HashMap<>(Map.of(
                "protocol", PROTOCOL, "scratch", process.arrays().folder().toString()));
        if (database != null) {
            fields.put("database", database);
        }
        Answer hello = call("hello", fields);
        String spoken = hello.text("protocol");
        if (!spoken.equals(PROTOCOL) && !spoken.startsWith(PROTOCOL + ".")) {
            throw new InputException(called + ": expected an engine that speaks " + PROTOCOL + ", found " + spoken
                    + ". Use the linfhash_engine.py of this version of linfhash");
        }
        return hello;
    }

    private static String name(Similarity similarity) {
        return similarity.name().toLowerCase(Locale.ROOT);
    }

    private static String lines(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }

    private double most() {
        return loaded == null ? patience : Math.max(patience, loaded.seconds);
    }

    EngineProcess process() {
        return process;
    }

    List<Similarity> similarities() {
        return Stream.of(Similarity.values())
                .filter(one -> similarities.contains(name(one)))
                .toList();
    }

    boolean can(String feature) {
        return can.contains(feature);
    }

    Answer call(String call, Map<String, ?> fields) throws IOException {
        return call(call, fields, most());
    }

    private Answer call(String call, Map<String, ?> fields, double most) {
        return process.call(call, fields, most)
                .orElseThrow(() -> new InputException(
                        process.interrupted()
                                ? "Interrupted"
                                : String.format(
                                        Locale.ROOT,
                                        "%s, \"%s\": expected an answer within %.0f s, found none, and ended the process",
                                        called,
                                        call,
                                        most)));
    }

    @Override
    public Server server() {
        return server;
    }

    @Override
    public List<IndexType> types() {
        return types;
    }

    @Override
    public Grid grid(IndexType type, int rows, int dimension, int neighbors) throws IOException {
        return TypeJson.grid(
                call("grid", Map.of("type", type.name(), "rows", rows, "dimension", dimension, "neighbors", neighbors)),
                type,
                neighbors);
    }

    @Override
    public void load(Measurer.Request request, @Nullable FilterGroups groups) throws IOException {
        OptionalLong free = AtomicFiles.freeSpace(process.arrays().folder());
        if (free.isPresent() && free.getAsLong() < request.disk()) {
            throw new InputException(
                    "expected " + (request.disk() / MEBI + 1) + " MB of free space for temporary files in "
                            + process.arrays().folder().getParent() + ", found " + free.getAsLong() / MEBI
                            + " MB. Measure fewer vectors with --max-vectors, or make more room");
        }
        load(
                PreparedVectors.of(request.similarity(), request.database(), "vectors"),
                request.similarity(),
                groups == null
                        ? Map.of()
                        : groups.columns().stream()
                                .collect(Collectors.toMap(FilterGroups.Column::name, FilterGroups.Column::ofRows)),
                request.seconds());
    }

    /** Takes prepared vectors with columns, for a measurement of some seconds. */
    void load(FeatureMatrix rows, Similarity similarity, Map<String, int[]> columns, double seconds)
            throws IOException {
        if (!similarities.contains(name(similarity))) {
            throw new InputException("--similarity: expected one that " + server.text() + " has, which are "
                    + String.join(", ", similarities) + ", found " + name(similarity));
        }
        loaded = new Vectors(rows, similarity, columns, seconds);
        load(loaded);
    }

    private void load(Vectors vectors) throws IOException {
        EngineArrays arrays = process.arrays();
        Map<String, String> columns = new TreeMap<>();
        for (Map.Entry<String, int[]> column : vectors.columns.entrySet()) {
            columns.put(
                    column.getKey(),
                    arrays.write("column-" + column.getKey() + ".npy", NpyArray.ofInts(column.getValue())));
        }
        Answer unused = call(
                "load",
                Map.of(
                        "vectors", arrays.write("vectors.npy", vectors.rows),
                        "similarity", name(vectors.similarity),
                        "columns", columns));
    }

    private Vectors loaded() {
        return Objects.requireNonNull(loaded);
    }

    /** Starts the process anew, which then has the vectors and no index. */
    void restart() throws IOException {
        String left = process.close();
        if (!left.isEmpty()) {
            throw new InputException(left);
        }
        process = new EngineProcess(called, command);
        Answer unused = hello();
        if (loaded != null) {
            load(loaded);
        }
    }

    @Override
    public Rows all(IndexType type) {
        return new Rows(loaded().rows.rows());
    }

    /** Does nothing, as an index of the first rows needs no collection of them. */
    @Override
    public void makePart(int rows) {}

    @Override
    public Rows part(IndexType type, int rows) {
        return new Rows(rows);
    }

    @Override
    public void dropPart() {}

    @Override
    public boolean recovers() throws IOException {
        if (process.works() || process.interrupted()) {
            return process.works();
        }
        restart();
        return true;
    }

    @Override
    public boolean interrupted() {
        return process.interrupted();
    }

    @Override
    public boolean hasFilters() {
        return can("filters");
    }

    /** Measures the exact scan in the index of the first point, as any index has the vectors and the columns. */
    @Override
    public void filters(Filters filters, List<OperatingPoint> points, Consumer<String> doing) throws IOException {
        boolean scanned = false;
        for (OperatingPoint point : points) {
            doing.accept("measuring filters with " + point.index().type());
            Rows rows = all(point.index().type());
            double most = Math.max(loaded().seconds, 1);
            if (rows.build(point.index(), most).isEmpty()) {
                filters.leaveOut(Filters.stopped(point, most));
                continue;
            }
            try {
                filters.measure(point.index().type().name(), null, search(point, filters.neighbors()));
                if (!scanned) {
                    filters.measure(Filtered.EXACT, null, search(null, filters.neighbors()));
                    scanned = true;
                }
            } finally {
                rows.dropIndex();
            }
        }
    }

    private Filters.Search search(@Nullable OperatingPoint point, int neighbors) {
        return (column, asked) -> {
            float[][] queries = asked.stream()
                    .flatMap(one -> Arrays.stream(
                            vectors(one.queries(), 0, one.queries().size())))
                    .toArray(float[][]::new);
            int[] values = asked.stream()
                    .flatMapToInt(one ->
                            IntStream.generate(one::group).limit(one.queries().size()))
                    .toArray();
            VectorCollection.Searched all = filtered(point, column.name(), values, queries, neighbors);
            return new Filters.Found(
                    parts(all, asked.stream().map(one -> one.queries().size()).toList()), null);
        };
    }

    /** Searches in parts of some sizes. */
    private static List<VectorCollection.Searched> parts(VectorCollection.Searched all, List<Integer> sizes) {
        List<VectorCollection.Searched> parts = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            parts.add(new VectorCollection.Searched(
                    all.lists().subList(from, from + size), Arrays.copyOfRange(all.millis(), from, from + size)));
            from += size;
        }
        return parts;
    }

    /** Searches with filters, each query among the rows that have its value; by an exact scan of them if there is no point. */
    VectorCollection.Searched filtered(
            @Nullable OperatingPoint point, String column, int[] values, float[][] queries, int neighbors)
            throws IOException {
        Map<String, Object> fields = point == null ? new HashMap<>() : fields(point);
        fields.putAll(Map.of(
                "neighbors",
                neighbors,
                "column",
                column,
                "values",
                process.arrays().write("values.npy", NpyArray.ofInts(values)),
                "queries",
                write(queries)));
        Answer answer = call("filtered", fields);
        int rows = loaded().rows.rows();
        List<int[]> lists = answer.ids(queries.length, neighbors, false, rows);
        int[] ofRows = Objects.requireNonNull(loaded().columns.get(column));
        for (int q = 0; q < values.length; q++) {
            int value = values[q];
            for (int id : lists.get(q)) {
                if (ofRows[id] != value) {
                    throw answer.wrong(
                            "rows whose " + column + " is " + value,
                            "row " + id + ", whose " + column + " is " + ofRows[id]);
                }
            }
        }
        return new VectorCollection.Searched(lists, answer.millis(List.of(queries.length)));
    }

    private static Map<String, Object> fields(OperatingPoint point) {
        return new HashMap<>(Map.of("effort", point.effort(), "candidates", point.candidates()));
    }

    private static float[][] vectors(Queries queries, int from, int to) {
        return IntStream.range(from, to).mapToObj(queries::vector).toArray(float[][]::new);
    }

    private String write(float[][] queries) throws IOException {
        return process.arrays().write("queries.npy", queries, loaded().rows.dimension());
    }

    @Override
    public Snippet snippet(OperatingPoint point, Measurement.Vectors vectors) throws IOException {
        Map<String, Object> fields = fields(point);
        fields.putAll(of(vectors));
        fields.put("type", point.index().type().name());
        fields.put("parameters", TypeJson.parameters(point.index()));
        Answer answer = call("snippet", fields);
        return new Snippet(pasted, lines(answer.text("create")), remark, lines(answer.text("search")));
    }

    private static Map<String, Object> of(Measurement.Vectors vectors) {
        return Map.of(
                "rows", vectors.rows(),
                "dimension", vectors.dimension(),
                "neighbors", vectors.neighbors(),
                "similarity", name(vectors.similarity()));
    }

    @Override
    public String exactScan(Measurement.Vectors vectors) throws IOException {
        return "An exact scan, with a field that filters:\n\n"
                + lines(call("snippet", of(vectors)).text("search"));
    }

    @Override
    public String sentence(IOException failure, String doing) {
        return "Files of " + called + " in " + process.arrays().folder() + " failed while " + doing + ": "
                + FileFailure.reason(failure);
    }

    @Override
    public String remove() {
        return process.close();
    }

    /** The first rows. */
    final class Rows implements VectorCollection {
        private final int rows;

        private Rows(int rows) {
            this.rows = rows;
        }

        @Override
        public Optional<Built> build(IndexSpec spec, double seconds) throws IOException {
            Optional<Answer> answer = process.call(
                    "build",
                    Map.of(
                            "type", spec.type().name(),
                            "parameters", TypeJson.parameters(spec),
                            "rows", rows,
                            "of", loaded().rows.rows()),
                    seconds);
            if (answer.isEmpty()) {
                restart();
            }
            return answer.map(built -> new Built(
                    spec,
                    rows,
                    built.whole("index_bytes", 0, Long.MAX_VALUE),
                    built.whole("heap_bytes", 0, Long.MAX_VALUE),
                    built.number("seconds"),
                    true,
                    0));
        }

        @Override
        public void dropIndex() throws IOException {
            if (process.works()) {
                Answer unused = call("drop", Map.of());
            }
        }

        @Override
        public Optional<List<int[]>> byCode(OperatingPoint point, Queries queries, int count, boolean exact)
                throws IOException {
            return exact && !can("exact")
                    ? Optional.empty()
                    : Optional.of(byCode(point, vectors(queries, 0, count), exact));
        }

        List<int[]> byCode(OperatingPoint point, float[][] queries, boolean exact) throws IOException {
            Map<String, Object> fields = fields(point);
            fields.putAll(Map.of("exact", exact, "queries", write(queries)));
            return call("candidates", fields).ids(queries.length, point.candidates(), true, rows);
        }

        @Override
        public List<Searched> search(List<OperatingPoint> points, Queries queries, int from, int to, int neighbors)
                throws IOException {
            return search(points, vectors(queries, from, to), neighbors);
        }

        List<Searched> search(List<OperatingPoint> points, float[][] queries, int neighbors) throws IOException {
            Answer answer = call(
                    "search",
                    Map.of(
                            "points", points.stream().map(ProcessEngine::fields).toList(),
                            "neighbors", neighbors,
                            "queries", write(queries)));
            int each = queries.length;
            return parts(
                    new Searched(
                            answer.ids(points.size() * each, neighbors, false, rows),
                            answer.millis(List.of(points.size(), each))),
                    Collections.nCopies(points.size(), each));
        }

        @Override
        public Measurement.@Nullable Plan plan(OperatingPoint point, Queries queries, int count, int neighbors) {
            return null;
        }

        /** Without a call for clients, one client searches with some of the queries. */
        @Override
        public Throughput perSecond(
                List<OperatingPoint> points, double[] seconds, Queries queries, int neighbors, int most)
                throws IOException {
            float[][] all = vectors(queries, 0, queries.size());
            if (!can("clients")) {
                float[][] some = Arrays.copyOf(all, Math.min(all.length, ONE_CLIENT));
                return new Throughput(
                        search(points, some, neighbors).stream()
                                .map(one -> MILLIS
                                        / Arrays.stream(one.millis()).average().orElseThrow())
                                .toList(),
                        1);
            }
            List<Answer> answers = new ArrayList<>();
            for (int p = 0; p < points.size(); p++) {
                answers.add(clients(points.get(p), all, neighbors, most, seconds[p]));
            }
            return new Throughput(
                    answers.stream().map(one -> one.number("per_second")).toList(), (int) answers.stream()
                            .mapToLong(one -> one.whole("clients", 1, most))
                            .min()
                            .orElse(most));
        }

        Answer clients(OperatingPoint point, float[][] queries, int neighbors, int most, double seconds)
                throws IOException {
            Map<String, Object> fields = fields(point);
            fields.putAll(
                    Map.of("neighbors", neighbors, "clients", most, "seconds", seconds, "queries", write(queries)));
            return call("clients", fields, most() + seconds);
        }
    }
}
