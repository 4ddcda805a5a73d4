package io.github.linfhash.engines.process;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.engines.measure.Grid;
import io.github.linfhash.engines.measure.IndexSpec;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.OperatingPoint;
import io.github.linfhash.engines.measure.VectorCollection.Searched;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/** Checks that any engine has to pass, with generated vectors. */
public final class SelfTest {
    private static final int ROWS = 300;
    private static final int MANY = 20_000;
    private static final int DIMENSION = 16;
    private static final int QUERIES = 20;
    private static final int NEIGHBORS = 10;
    private static final double LEAST_RECALL = 0.9;
    private static final double SECONDS = 60;
    private static final double STOPPED_SECONDS = 0.1;

    private final ProcessEngine engine;
    private final Consumer<String> out;
    private final Similarity similarity;
    private final FeatureMatrix vectors;
    private final FeatureMatrix queries;
    private boolean passed = true;

    private SelfTest(ProcessEngine engine, Consumer<String> out) {
        this.engine = engine;
        this.out = out;
        this.similarity = engine.similarities().get(0);
        this.vectors = made(ROWS, "vectors");
        this.queries = made(QUERIES, "queries");
    }

    /** A check, which returns what it found. */
    @FunctionalInterface
    private interface Check {
        String run() throws IOException;
    }

    /**
     * Checks an engine, and ends it.
     *
     * @param out takes a line for each check
     * @return whether it passed all of them
     */
    public static boolean run(ProcessEngine engine, Consumer<String> out) throws IOException {
        SelfTest test = new SelfTest(engine, out);
        try {
            test.all();
        } finally {
            test.check("nothing is left at the end", () -> {
                EngineProcess last = engine.process();
                require(engine.remove().isEmpty(), "its files to be removed", "some");
                return gone(last);
            });
        }
        return test.passed;
    }

    private void check(String name, Check check) throws IOException {
        try {
            String found = check.run();
            out.accept("ok    " + name + (found.isEmpty() ? "" : ": " + found));
        } catch (InputException e) {
            passed = false;
            out.accept("FAIL  " + name + ": " + e.getMessage());
            if (!engine.process().works()) {
                engine.restart();
            }
        }
    }

    private static void require(boolean right, String expected, Object found) {
        if (!right) {
            throw new InputException("expected " + expected + ", found " + found);
        }
    }

    private static FeatureMatrix made(int rows, String name) {
        UniformRandomProvider random = new RandomStreams(1).stream("self-test " + name);
        float[] values = new float[rows * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.4f;
        }
        return FeatureMatrix.owning(rows, DIMENSION, values);
    }

    private void all() throws IOException {
        check("hello", () -> engine.server().text() + ", types of indexes: " + engine.types());
        check("an unknown call is refused", this::unknown);
        for (Similarity one : engine.similarities()) {
            check(
                    "neighbors by " + one.name().toLowerCase(Locale.ROOT),
                    () -> recalls(one, vectors, ROWS, LEAST_RECALL));
        }
        // A step that has no divisor in common with the rows.
        int[] permuted = IntStream.range(0, ROWS).map(row -> 7 * row % ROWS).toArray();
        check("ids of permuted rows", () -> recalls(similarity, vectors.select(permuted), ROWS, LEAST_RECALL));
        check("a part of the rows", () -> recalls(similarity, vectors, ROWS / 2, LEAST_RECALL));
        check("more neighbors than rows", () -> recalls(similarity, vectors.part(0, 5), 5, LEAST_RECALL));
        check("one row", () -> recalls(similarity, vectors.part(0, 1), 1, 1));
        check("equal rows", () -> recalls(similarity, vectors.select(new int[50]), 50, 1.0 / NEIGHBORS));
        check("no queries", () -> {
            OperatingPoint point = built(vectors, Map.of());
            List<Searched> found = rows(point).search(List.of(point, point), new float[0][], NEIGHBORS);
            return found.size() + " lists of nothing";
        });
        if (engine.can("filters")) {
            check("filters", this::filters);
        }
        if (engine.can("clients")) {
            check("clients", () -> {
                OperatingPoint point = built(vectors, Map.of());
                Answer answer = rows(point).clients(point, asked(similarity), NEIGHBORS, 2, STOPPED_SECONDS);
                require(answer.number("per_second") > 0, "per_second above 0", 0);
                return answer.whole("clients", 1, 2) + " of 2 at once";
            });
        }
        check("a process that is stopped in a build leaves nothing", this::stopped);
    }

    private String unknown() throws IOException {
        Answer answer;
        try {
            answer = engine.call("no-such-call", Map.of());
        } catch (InputException e) {
            require(engine.process().works(), "an error in JSON", "the end of the process");
            return String.valueOf(e.getMessage());
        }
        throw answer.wrong("an error that names the calls known", answer.json().toString());
    }

    private float[][] asked(Similarity by) {
        FeatureMatrix prepared = PreparedVectors.of(by, queries, "queries");
        float[][] rows = new float[QUERIES][DIMENSION];
        for (int q = 0; q < QUERIES; q++) {
            prepared.copyRow(q, rows[q]);
        }
        return rows;
    }

    private FeatureMatrix load(Similarity by, FeatureMatrix rows, Map<String, int[]> columns) throws IOException {
        FeatureMatrix prepared = PreparedVectors.of(by, rows, "vectors");
        engine.load(prepared, by, columns, SECONDS);
        return prepared;
    }

    private ProcessEngine.Rows rows(OperatingPoint point) {
        return engine.all(point.index().type());
    }

    /** The first build of a type, searched as thoroughly as the engine proposes. */
    private OperatingPoint point(IndexType type, int rows) throws IOException {
        Grid grid = engine.grid(type, rows, DIMENSION, NEIGHBORS);
        return new OperatingPoint(
                grid.builds().get(0),
                grid.efforts().get(grid.efforts().size() - 1),
                grid.candidates().get(grid.candidates().size() - 1));
    }

    /** Searches the same build with the least effort that the engine proposes. */
    private OperatingPoint least(IndexType type, int rows) throws IOException {
        Grid grid = engine.grid(type, rows, DIMENSION, NEIGHBORS);
        return new OperatingPoint(
                grid.builds().get(0), grid.efforts().get(0), grid.candidates().get(0));
    }

    /** Loads rows, and builds an index that is exact if there is one. */
    private OperatingPoint built(FeatureMatrix rows, Map<String, int[]> columns) throws IOException {
        load(similarity, rows, columns);
        IndexType type = engine.types().stream()
                .filter(IndexType::exact)
                .findFirst()
                .orElse(engine.types().get(0));
        OperatingPoint point = point(type, rows.rows());
        require(rows(point).build(point.index(), SECONDS).isPresent(), "a build within a minute", "none");
        return point;
    }

    /** Searches by all types in the first rows. Exact ones have to find all neighbors, others a share, and one of all types all. */
    private String recalls(Similarity by, FeatureMatrix all, int count, double least) throws IOException {
        FeatureMatrix rows = load(by, all, Map.of()).part(0, count);
        FeatureMatrix prepared = PreparedVectors.of(by, queries, "queries");
        int k = Math.min(NEIGHBORS, count);
        FloatNeighbors truth = FloatNeighbors.find(rows, prepared, k, by);
        List<String> found = new ArrayList<>();
        double best = 0;
        for (IndexType type : engine.types()) {
            OperatingPoint point = point(type, all.rows());
            ProcessEngine.Rows part = engine.part(type, count);
            try {
                require(part.build(point.index(), SECONDS).isPresent(), "a build within a minute", "none of " + type);
            } catch (InputException e) {
                if (count >= QUERIES || !engine.process().works()) {
                    throw e;
                }
                found.add(type + " refuses it");
                continue;
            }
            List<int[]> lists = part.search(List.of(least(type, all.rows()), point), asked(by), NEIGHBORS)
                    .get(1)
                    .lists();
            double recall = recall(truth, rows, prepared, by, lists);
            require(
                    recall >= (type.exact() ? 1 : least),
                    "a recall of " + least + ", or 1 of a scan",
                    recall + " of " + type);
            List<int[]> byCode = part.byCode(point, asked(by), engine.can("exact"));
            require(byCode.stream().allMatch(list -> list.length > 0), "candidates of each query", "none of " + type);
            best = Math.max(best, recall);
            found.add(String.format(Locale.ROOT, "%s %.3f", type, recall));
            part.dropIndex();
        }
        require(best == 1, "a type with a recall of 1", "at most " + best);
        return String.join(", ", found);
    }

    private static double recall(
            FloatNeighbors truth, FeatureMatrix rows, FeatureMatrix queries, Similarity by, List<int[]> lists) {
        return Arrays.stream(truth.recalledBy(rows, queries, by, lists, truth.perQuery()))
                .average()
                .orElseThrow();
    }

    /** Each of the rows has one of three values; that they match is checked in the answer. */
    private String filters() throws IOException {
        int[] ofRows = IntStream.range(0, ROWS).map(row -> row % 3).toArray();
        int[] values = IntStream.range(0, QUERIES).map(q -> q % 3).toArray();
        OperatingPoint point = built(vectors, Map.of("f0", ofRows));
        for (OperatingPoint one : Arrays.asList(point, null)) {
            for (int[] list : engine.filtered(one, "f0", values, asked(similarity), NEIGHBORS)
                    .lists()) {
                require(list.length == NEIGHBORS, NEIGHBORS + " rows that match", list.length);
            }
        }
        return "by " + point.index().type() + " and by an exact scan";
    }

    private String stopped() throws IOException {
        FeatureMatrix many = made(MANY, "many");
        load(similarity, many, Map.of());
        // A graph takes the longest.
        IndexType type = engine.types().stream()
                .filter(IndexType::graph)
                .findFirst()
                .orElse(engine.types().get(0));
        Grid grid = engine.grid(type, MANY, DIMENSION, NEIGHBORS);
        List<IndexSpec> builds = grid.larger().isEmpty() ? grid.builds() : grid.larger();
        EngineProcess before = engine.process();
        boolean stopped = engine.all(type)
                .build(builds.get(builds.size() - 1), STOPPED_SECONDS)
                .isEmpty();
        if (!stopped) {
            engine.restart();
        }
        require(before.fault().isEmpty(), "the end of the process by itself", before.fault());
        String gone = gone(before) + (stopped ? "" : ", stopped after the build, which took less than 0.1 s");
        String unused = recalls(similarity, vectors, ROWS, LEAST_RECALL);
        return gone;
    }

    private static String gone(EngineProcess process) {
        List<ProcessHandle> alive = process.handles();
        for (int left = 100; left > 0 && !alive.isEmpty(); left--) {
            alive = alive.stream().filter(ProcessHandle::isAlive).toList();
            EngineArrays.pause();
        }
        require(
                alive.isEmpty(),
                "ended processes",
                alive.stream().map(ProcessHandle::pid).toList() + " that run");
        Path folder = process.arrays().folder();
        require(!Files.exists(folder), "no folder " + folder, "one");
        return "of the processes "
                + process.handles().stream().map(ProcessHandle::pid).toList() + " none runs, and " + folder
                + " is removed";
    }
}
