package io.github.linfhash.lucene;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.features.FeatureMatrix;
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
import java.util.ArrayList;
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
    private static final JsonMapper JSON = new JsonMapper();
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

    /** Answers a line. */
    Map<String, Object> answer(String line) {
        try {
            JsonNode request = JSON.readTree(line);
            return switch (request.path("call").asText()) {
                case "hello" -> hello();
                case "grid" -> type(request).grid(request.get("neighbors").asInt());
                case "load" -> load(request);
                case "build" -> build(request);
                case "candidates" -> candidates(request);
                case "search" -> search(request);
                case "filtered" -> filtered(request);
                case "clients" -> clients(request);
                case "snippet" -> snippet(request);
                case "drop" -> drop();
                default ->
                    Map.of(
                            "error",
                            "expected hello, grid, load, build, candidates, search, filtered, clients, snippet or drop, found '"
                                    + request.path("call").asText() + "'");
            };
        } catch (IOException | RuntimeException | Error e) {
            return Map.of("error", e.toString());
        }
    }

    private static Map<String, Object> hello() {
        String java = Integer.toString(Runtime.version().feature());
        boolean fast = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        Map<String, Object> hello = new TreeMap<>(Map.of(
                "protocol", ProcessEngine.PROTOCOL,
                "name", "lucene",
                "text",
                        "Lucene " + Version.LATEST + " on Java " + java
                                + (fast ? " with the Vector API" : " without the Vector API"),
                "versions", Map.of("lucene", Version.LATEST.toString(), "java", java),
                "can", List.of("filters", "clients", "exact"),
                "heap", "files that searches do not need in memory",
                "search_remark", LuceneType.REMARK,
                "pasted", LuceneType.PASTED,
                "types", LuceneType.all().stream().map(LuceneType::json).toList()));
        hello.put(
                "filter_note",
                "A KnnFloatVectorQuery with a filter scans the rows that match by itself if at most k of them do, or once it has compared more"
                        + " rows of the graph than match. Its recall and times include that.");
        return hello;
    }

    private static LuceneType type(JsonNode request) {
        return LuceneType.named(request.path("type").asText());
    }

    private Map<String, Object> load(JsonNode request) throws IOException {
        drop();
        if (vectors != null) {
            vectors.close();
        }
        vectors = NpyFeatures.open(arrays.file(request.path("vectors").asText()), note -> {});
        function = VectorSimilarityFunction.valueOf(
                LuceneType.function(request.path("similarity").asText()));
        columns.clear();
        for (Map.Entry<String, JsonNode> column : request.path("columns").properties()) {
            columns.put(column.getKey(), whole(column.getValue()));
        }
        return NOTHING;
    }

    private int[] whole(JsonNode name) {
        NpyArray array = NpyFile.read(arrays.file(name.asText()));
        return IntStream.range(0, array.rows())
                .map(row -> (int) array.integer(row))
                .toArray();
    }

    private Map<String, Object> build(JsonNode request) throws IOException {
        drop();
        FeatureMatrix all = Objects.requireNonNull(vectors, "no vectors").matrix();
        int rows = request.path("rows").asInt();
        type = type(request);
        long start = System.nanoTime();
        VectorIndex built = new VectorIndex(
                FSDirectory.open(arrays.folder().resolve("index")),
                all,
                columns,
                rows,
                function,
                type.parameters(
                        LuceneType.Build.of(request.path("parameters")),
                        rows / request.path("of").asDouble(rows)));
        double seconds = (System.nanoTime() - start) / NANOS_OF_SECOND;
        index = built;
        warm = false;
        return Map.of(
                "index_bytes", built.bytes(), "heap_bytes", built.allBytes() - built.bytes(), "seconds", seconds);
    }

    private VectorIndex.Search point(JsonNode point) {
        return type.search(point.path("effort").asInt(), point.path("candidates").asInt());
    }

    private float[][] queries(JsonNode request) {
        return arrays.rows(request.path("queries").asText());
    }

    private Map<String, Object> candidates(JsonNode request) throws IOException {
        VectorIndex.Search search = point(request);
        float[][] queries = queries(request);
        int[][] rows = new int[queries.length][];
        for (int q = 0; q < rows.length; q++) {
            rows[q] = request.path("exact").asBoolean()
                    ? index().scan(queries[q], search.candidates())
                    : index().candidates(queries[q], search);
        }
        return Map.of("ids", arrays.write("ids.npy", rows, search.candidates()));
    }

    private Map<String, Object> search(JsonNode request) throws IOException {
        List<VectorIndex.Search> searches = new ArrayList<>();
        request.path("points").forEach(one -> searches.add(point(one)));
        int neighbors = request.path("neighbors").asInt();
        float[][] queries = queries(request);
        long start = System.nanoTime();
        for (int q = 0; !warm && q < Math.min(queries.length, WARM_UP); q++) {
            for (VectorIndex.Search search : searches) {
                index().search(queries[q], search, neighbors, null);
            }
            warm = System.nanoTime() - start > WARM_UP_NANOS;
        }
        warm = true;
        List<VectorIndex.Timed> found = index().search(queries, searches, neighbors);
        return timed(found, List.of(searches.size(), queries.length), neighbors);
    }

    private Map<String, Object> timed(List<VectorIndex.Timed> found, List<Integer> shape, int neighbors)
            throws IOException {
        int searches = shape.stream().reduce(1, Math::multiplyExact);
        ByteBuffer millis =
                ByteBuffer.allocate(Double.BYTES * searches).order(ByteOrder.LITTLE_ENDIAN);
        int[][] rows = new int[searches][];
        int at = 0;
        for (VectorIndex.Timed one : found) {
            for (int q = 0; q < one.millis().length; q++) {
                millis.putDouble(one.millis()[q]);
                rows[at++] = one.rows()[q];
            }
        }
        return Map.of(
                "ids", arrays.write("ids.npy", rows, neighbors),
                "millis", arrays.write("millis.npy", NpyArray.owning(NpyType.FLOAT64, shape, millis.array())));
    }

    private Map<String, Object> filtered(JsonNode request) throws IOException {
        VectorIndex.Search search = request.has("candidates") ? point(request) : new VectorIndex.Search(0, 0);
        int neighbors = request.path("neighbors").asInt();
        String column = request.path("column").asText();
        int[] values = whole(request.path("values"));
        float[][] queries = queries(request);
        // Each selectivity has searches of its own kind.
        long start = System.nanoTime();
        for (int q = 0; queries.length > 0 && q < WARM_UP && System.nanoTime() - start < WARM_UP_NANOS; q++) {
            int query = q % queries.length;
            index().search(queries[query], search, neighbors, VectorIndex.filter(column, values[query]));
        }
        VectorIndex.Timed timed = index().search(queries, search, neighbors, column, values);
        return timed(List.of(timed), List.of(queries.length), neighbors);
    }

    private Map<String, Object> clients(JsonNode request) throws IOException {
        int clients = request.path("clients").asInt();
        double perSecond = index()
                .perSecond(
                        queries(request),
                        point(request),
                        request.path("neighbors").asInt(),
                        clients,
                        request.path("seconds").asDouble());
        return Map.of("per_second", perSecond, "clients", clients);
    }

    private static Map<String, Object> snippet(JsonNode request) {
        int neighbors = request.path("neighbors").asInt();
        String similarity = request.path("similarity").asText();
        if (!request.has("type")) {
            return Map.of("search", LuceneType.exactScan(neighbors, similarity));
        }
        LuceneType type = type(request);
        LuceneType.Build build = LuceneType.Build.of(request.path("parameters"));
        return Map.of(
                "create", type.create(build, request.path("dimension").asInt(), similarity),
                "search",
                        type.search(
                                type.search(
                                        request.path("effort").asInt(),
                                        request.path("candidates").asInt()),
                                neighbors,
                                similarity));
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
