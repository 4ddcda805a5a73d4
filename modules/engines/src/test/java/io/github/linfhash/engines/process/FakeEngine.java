package io.github.linfhash.engines.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/** An engine with one type of index, an exact scan, that has a fault which its first argument names. */
public final class FakeEngine {
    private static final JsonMapper JSON = new JsonMapper();

    private final String fault;
    private final EngineArrays arrays;
    private float[][] vectors = new float[0][];
    private int rows;

    private FakeEngine(String fault, Path folder) {
        this.fault = fault;
        this.arrays = new EngineArrays(folder);
    }

    /** The command that starts it. With a fault such as "in load" or "after load", the process that measures gets SIGTERM at that call. */
    static EngineProcess.Command command(String fault) {
        return (folder, environment) -> List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                FakeEngine.class.getName(),
                fault,
                folder.toString());
    }

    /** @param arguments the fault, and the scratch folder */
    public static void main(String[] arguments) throws Exception {
        FakeEngine engine = new FakeEngine(arguments[0], Path.of(arguments[1]));
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reading = new Thread(() -> engine.read(lines));
        reading.setDaemon(true);
        reading.start();
        engine.signal("before hello");
        while (true) {
            JsonNode request = JSON.readTree(lines.take());
            String call = request.get("call").asText();
            engine.signal("in " + call);
            System.out.println(engine.answer(request));
            engine.signal("after " + call);
        }
    }

    private void signal(String moment) {
        if (fault.equals(moment)) {
            ProcessHandle.current().parent().orElseThrow().destroy();
        }
    }

    private void read(BlockingQueue<String> lines) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            in.lines().forEach(lines::add);
            if (fault.equals("deaf")) {
                Thread.sleep(60_000);
            }
            arrays.remove();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private String answer(JsonNode request) throws Exception {
        String call = request.get("call").asText();
        if (call.equals("search") && fault.equals("no JSON")) {
            return "searching for the neighbors";
        }
        if (call.equals("search") && fault.equals("long line")) {
            return "{\"ids\": \"" + "x".repeat(1 << 20) + "\"}";
        }
        Map<String, Object> answer = switch (call) {
            case "hello" -> hello();
            case "grid" ->
                Map.of(
                        "builds", List.of(Map.of("links", fault.equals("many links") ? 99 : 4)),
                        "usual", List.of(),
                        "larger", List.of(),
                        "efforts", List.of(1),
                        "candidates", List.of(request.get("neighbors").asInt()));
            case "load" -> load(request);
            case "build" -> build(request);
            case "search" -> search(request);
            case "candidates" -> candidates(request);
            case "drop" -> Map.of();
            default -> Map.of("error", "expected hello, grid, load, build, search or drop, found " + call);
        };
        return JSON.writeValueAsString(answer);
    }

    private Map<String, Object> hello() {
        Map<String, Object> parameters = fault.equals("two keys")
                ? Map.of("links", List.of(2, 8), "hnsw.links", List.of(2, 8))
                : fault.equals("known key") ? Map.of("index_bytes", List.of(2, 8)) : Map.of("links", List.of(2, 8));
        Map<String, Object> hello = new TreeMap<>(Map.of(
                "protocol",
                fault.equals("version") ? "linfhash-engine/2" : "linfhash-engine/1.7",
                "name",
                "fake",
                "text",
                "a fake",
                "versions",
                Map.of("fake", "1"),
                "can",
                List.of(),
                "pasted",
                "for a fake",
                "some_day",
                List.of(1, 2),
                "types",
                List.of(Map.of(
                        "name",
                        "flat-float",
                        "graph",
                        false,
                        "coded",
                        false,
                        "most_dimensions",
                        100,
                        "parameters",
                        parameters,
                        "most_candidates",
                        100))));
        // Its distances are those of Euclid.
        hello.put(
                "similarities",
                fault.equals("euclidean") ? List.of("euclidean", "dot") : List.of("cosine", "euclidean"));
        return hello;
    }

    private Map<String, Object> load(JsonNode request) {
        vectors = arrays.rows(request.get("vectors").asText());
        return fault.equals("refuses") ? Map.of("error", "no room for the vectors \u001b[31m") : Map.of();
    }

    private Map<String, Object> build(JsonNode request) throws Exception {
        rows = request.get("rows").asInt();
        if (fault.equals("an error that is no text")) {
            return Map.of("error", Map.of("code", 7));
        }
        if (fault.equals("dies")) {
            System.err.println("MemoryError: no room for the graph");
            System.exit(3);
        }
        if (fault.startsWith("slow") || fault.equals("deaf")) {
            Process child = new ProcessBuilder("sleep", "60").start();
            Path told = Path.of(fault.substring(fault.indexOf(' ') + 1));
            if (told.isAbsolute()) {
                Files.writeString(
                        told, ProcessHandle.current().pid() + " " + child.pid() + " " + arrays.folder() + "\n");
            }
            Thread.sleep(60_000);
        }
        return Map.of("index_bytes", fault.equals("negative") ? -3 : 0, "heap_bytes", 4 * rows, "seconds", 0.5);
    }

    private int[] nearest(float[] query, int k) {
        return IntStream.range(0, rows)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> distance(query, vectors[row])))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double distance(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(j -> (a[j] - b[j]) * (a[j] - b[j]))
                .sum();
    }

    private Map<String, Object> candidates(JsonNode request) throws IOException {
        int n = request.get("candidates").asInt();
        float[][] queries = arrays.rows(request.get("queries").asText());
        int[][] lists = IntStream.range(0, queries.length)
                .mapToObj(q -> nearest(queries[q], n))
                .toArray(int[][]::new);
        return Map.of("ids", arrays.write("ids.npy", lists, n));
    }

    private Map<String, Object> search(JsonNode request) throws Exception {
        int neighbors = request.get("neighbors").asInt();
        int points = request.get("points").size();
        float[][] queries = arrays.rows(request.get("queries").asText());
        int each = queries.length;
        if (fault.equals("hangs")) {
            Thread.sleep(60_000);
        }
        int[][] lists = IntStream.range(0, points * each)
                .mapToObj(i -> nearest(queries[i % each], neighbors))
                .toArray(int[][]::new);
        switch (fault) {
            case "out of range" -> lists[1][0] = rows;
            case "below" -> lists[1][0] = -2;
            case "twice" -> lists[1][1] = lists[1][0];
            case "too few" -> lists = List.of(lists).subList(1, lists.length).toArray(int[][]::new);
            default -> {}
        }
        double[] millis =
                IntStream.range(0, points * each).mapToDouble(i -> 0.25).toArray();
        if (fault.equals("NaN")) {
            millis[1] = Double.NaN;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * millis.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(millis);
        String ids = arrays.write("ids.npy", lists, neighbors);
        if (fault.equals("link")) {
            Files.createSymbolicLink(
                    arrays.folder().resolve("linked.npy"), arrays.folder().resolve(ids));
        }
        return Map.of(
                "ids",
                fault.equals("link") ? "linked.npy" : fault.equals("outside") ? "../ids.npy" : ids,
                "millis",
                arrays.write("millis.npy", NpyArray.owning(NpyType.FLOAT64, List.of(points, each), bytes.array())));
    }
}
