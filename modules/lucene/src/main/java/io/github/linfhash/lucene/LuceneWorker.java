package io.github.linfhash.lucene;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.engines.process.EngineArrays;
import io.github.linfhash.engines.process.ProcessEngine;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFeatures;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;
import org.jspecify.annotations.Nullable;

/** The process that {@code linfhash measure --engine lucene} starts, which speaks the protocol of docs/engines.md. */
public final class LuceneWorker {
    /** The most searches before those that are timed, as a JVM compiles what runs often. */
    private static final int WARM_UP = 200;

    private static final double WARM_UP_NANOS = 1e9;
    private static final double NANOS_OF_SECOND = 1e9;
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final Map<String, Object> NOTHING = Map.of();

    private final EngineArrays arrays;
    private @Nullable NpyFeatures vectors;
    private final Map<String, int[]> columns = new TreeMap<>();
    private VectorSimilarityFunction function = VectorSimilarityFunction.DOT_PRODUCT;
    private LuceneType type = LuceneType.all().get(0);
    private @Nullable VectorIndex index;
    private boolean warm;

    LuceneWorker(Path folder) {
        this.arrays = new EngineArrays(folder);
    }

    /**
     * Answers calls until standard input ends, then removes the folder, also while an index is built.
     *
     * @param arguments the scratch folder
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // Nothing but answers goes there.
        System.setOut(System.err);
        Path folder = Path.of(arguments[0]);
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reading = new Thread(() -> read(lines, folder), "requests");
        reading.setDaemon(true);
        reading.start();
        LuceneWorker worker = new LuceneWorker(folder);
        while (true) {
            answers.println(JSON.writeValueAsString(worker.answer(lines.take())));
        }
    }

    private static void read(BlockingQueue<String> lines, Path folder) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            in.lines().forEach(lines::add);
            new EngineArrays(folder).remove();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    /** How an index is searched. */
    private record Point(int effort, int candidates) {}

    /** A call with its arguments, of which each call has its own. */
    private record Request(
            String call,
            @Nullable String type,
            JsonNode parameters,
            int rows,
            double of,
            int dimension,
            int neighbors,
            String similarity,
            String vectors,
            @Nullable Map<String, String> columns,
            List<Point> points,
            int effort,
            int candidates,
            boolean exact,
            String column,
            String values,
            String queries,
            int clients,
            double seconds) {
        VectorIndex.Search search(LuceneType of) {
            return of.search(effort, candidates);
        }
    }

    /** Answers a line. */
    Map<String, Object> answer(String line) {
        try {
            Request request = JSON.readValue(line, Request.class);
            return switch (request.call) {
                case "hello" -> hello();
                case "grid" -> LuceneType.named(request.type).grid(request.neighbors);
                case "load" -> load(request);
                case "build" -> build(request);
                case "candidates" -> candidates(request);
                case "search" -> search(request);
                case "filtered" -> filtered(request);
                case "clients" ->
                    Map.of(
                            "per_second",
                            index().perSecond(
                                            queries(request),
                                            request.search(type),
                                            request.neighbors,
                                            request.clients,
                                            request.seconds),
                            "clients",
                            request.clients);
                case "snippet" -> snippet(request);
                case "drop" -> drop();
                default ->
                    Map.of(
                            "error",
                            "expected hello, grid, load, build, candidates, search, filtered, clients, snippet or drop, found '"
                                    + request.call + "'");
            };
        } catch (IOException | RuntimeException | Error e) {
            return Map.of("error", e.toString());
        }
    }

    private static Map<String, Object> hello() {
        String java = Integer.toString(Runtime.version().feature());
        boolean fast = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        Map<String, Object> hello = new TreeMap<>(Map.of(
                "protocol",
                ProcessEngine.PROTOCOL,
                "name",
                "lucene",
                "text",
                "Lucene " + Version.LATEST + " on Java " + java
                        + (fast ? " with the Vector API" : " without the Vector API"),
                "versions",
                Map.of("lucene", Version.LATEST.toString(), "java", java),
                "can",
                List.of("filters", "clients", "exact"),
                "heap",
                "files that searches do not need in memory",
                "search_remark",
                LuceneType.REMARK,
                "pasted",
                LuceneType.PASTED,
                "types",
                LuceneType.all().stream().map(LuceneType::json).toList()));
        hello.put(
                "filter_note",
                "A KnnFloatVectorQuery with a filter scans the rows that match by itself if at most k of them do, or once it has compared more"
                        + " rows of the graph than match. Its recall and times include that.");
        return hello;
    }

    private Map<String, Object> load(Request request) throws IOException {
        drop();
        if (vectors != null) {
            vectors.close();
        }
        vectors = NpyFeatures.open(arrays.file(request.vectors), note -> {});
        function = VectorSimilarityFunction.valueOf(LuceneType.function(request.similarity));
        columns.clear();
        if (request.columns != null) {
            request.columns.forEach((name, file) -> columns.put(name, whole(file)));
        }
        return NOTHING;
    }

    private int[] whole(String name) {
        NpyArray array = NpyFile.read(arrays.file(name));
        return IntStream.range(0, array.rows())
                .map(row -> (int) array.integer(row))
                .toArray();
    }

    private Map<String, Object> build(Request request) throws IOException {
        drop();
        type = LuceneType.named(request.type);
        long start = System.nanoTime();
        VectorIndex built = new VectorIndex(
                FSDirectory.open(arrays.folder().resolve("index")),
                Objects.requireNonNull(vectors, "no vectors").matrix(),
                columns,
                request.rows,
                function,
                type.parameters(LuceneType.Build.of(request.parameters), request.rows / request.of));
        double seconds = (System.nanoTime() - start) / NANOS_OF_SECOND;
        index = built;
        warm = false;
        return Map.of("index_bytes", built.bytes(), "heap_bytes", built.allBytes() - built.bytes(), "seconds", seconds);
    }

    private float[][] queries(Request request) {
        return arrays.rows(request.queries);
    }

    private Map<String, Object> candidates(Request request) throws IOException {
        float[][] queries = queries(request);
        int[][] rows = new int[queries.length][];
        for (int q = 0; q < rows.length; q++) {
            rows[q] = request.exact
                    ? index().scan(queries[q], request.candidates)
                    : index().candidates(queries[q], request.search(type));
        }
        return Map.of("ids", arrays.write("ids.npy", rows, request.candidates));
    }

    private Map<String, Object> search(Request request) throws IOException {
        List<VectorIndex.Search> searches = request.points.stream()
                .map(point -> type.search(point.effort, point.candidates))
                .toList();
        float[][] queries = queries(request);
        long start = System.nanoTime();
        for (int q = 0; !warm && q < Math.min(queries.length, WARM_UP); q++) {
            for (VectorIndex.Search search : searches) {
                index().search(queries[q], search, request.neighbors, null);
            }
            warm = System.nanoTime() - start > WARM_UP_NANOS;
        }
        warm = true;
        return written(
                index().search(queries, searches, request.neighbors),
                List.of(searches.size(), queries.length),
                request.neighbors);
    }

    private Map<String, Object> written(VectorIndex.Timed found, List<Integer> shape, int neighbors)
            throws IOException {
        ByteBuffer millis =
                ByteBuffer.allocate(Double.BYTES * found.millis().length).order(ByteOrder.LITTLE_ENDIAN);
        millis.asDoubleBuffer().put(found.millis());
        return Map.of(
                "ids", arrays.write("ids.npy", found.rows(), neighbors),
                "millis", arrays.write("millis.npy", NpyArray.owning(NpyType.FLOAT64, shape, millis.array())));
    }

    private Map<String, Object> filtered(Request request) throws IOException {
        // Without candidates, it is an exact scan.
        VectorIndex.Search search = request.candidates == 0 ? new VectorIndex.Search(0, 0) : request.search(type);
        int[] values = whole(request.values);
        float[][] queries = queries(request);
        // Each selectivity has searches of its own kind.
        long start = System.nanoTime();
        for (int q = 0; queries.length > 0 && q < WARM_UP && System.nanoTime() - start < WARM_UP_NANOS; q++) {
            int query = q % queries.length;
            index().search(
                            queries[query],
                            search,
                            request.neighbors,
                            VectorIndex.filter(request.column, values[query]));
        }
        return written(
                index().search(queries, search, request.neighbors, request.column, values),
                List.of(queries.length),
                request.neighbors);
    }

    private static Map<String, Object> snippet(Request request) {
        String similarity = request.similarity;
        if (request.type == null) {
            return Map.of("search", LuceneType.exactScan(request.neighbors, similarity));
        }
        LuceneType type = LuceneType.named(request.type);
        return Map.of(
                "create",
                type.create(LuceneType.Build.of(request.parameters), request.dimension, similarity),
                "search",
                type.search(request.search(type), request.neighbors, similarity));
    }

    private VectorIndex index() {
        return Objects.requireNonNull(index, "no index");
    }

    private Map<String, Object> drop() throws IOException {
        if (index != null) {
            index.close();
            index = null;
        }
        return NOTHING;
    }
}
