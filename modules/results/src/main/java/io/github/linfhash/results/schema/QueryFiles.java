package io.github.linfhash.results.schema;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.io.files.CheckedFiles;
import io.github.linfhash.io.files.FileSeal;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.results.schema.Results.QueryValues;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The metrics of single queries, one file for each run in the folder {@value #FOLDER} beside a results.json;
 * docs/results-schema.md describes it. A file's name has the run and its codes, so that it is never another run's.
 */
public final class QueryFiles implements QueryValues {
    private static final String FOLDER = "queries";

    /** The columns of these files. Those of earlier versions have the first of them; later ones may have more. */
    private static final List<String> COLUMNS =
            StandardMetrics.OVER_QUERIES.stream().flatMap(List::stream).toList();

    /** The columns that all files have. */
    private static final int FEWEST = 7;

    private static final String ENDING = ".v1.npy";
    private static final int HASH_DIGITS = 16;

    private final Path folder;
    private final int queries;

    /**
     * The files beside a results.json.
     *
     * @param folder the folder of the results.json
     * @param queries the queries of each split
     */
    public QueryFiles(Path folder, int queries) {
        this.folder = folder.resolve(FOLDER);
        this.queries = queries;
    }

    /**
     * Whether the values of a run are there as they were kept.
     *
     * @param progress where it is said that they are damaged
     * @param consequence as for {@link CheckedFiles#intact}
     */
    public boolean has(RunResult run, Progress progress, String consequence) throws IOException {
        Optional<Path> file = file(run);
        return file.isPresent() && CheckedFiles.intact(file.get(), progress, consequence);
    }

    /** Keeps the values of a run that did not fail. */
    public void keep(RunResult run, Map<String, double[]> metrics) throws IOException {
        int width = width(metrics.keySet());
        ByteBuffer content = ByteBuffer.allocate(Float.BYTES * queries * width).order(ByteOrder.LITTLE_ENDIAN);
        for (int c = 0; c < width; c++) {
            double[] values = metrics.get(COLUMNS.get(c));
            for (int q = 0; q < queries; q++) {
                content.putFloat(Float.BYTES * (q * width + c), values == null ? Float.NaN : (float) values[q]);
            }
        }
        Path file = file(run).orElseThrow();
        NpyFile.write(file, NpyArray.owning(NpyType.FLOAT32, List.of(queries, width), content.array()));
        FileSeal.put(file);
    }

    /** The columns up to the end of the last group that has any value. */
    private static int width(Set<String> keys) {
        int width = 0;
        int end = 0;
        for (List<String> group : StandardMetrics.OVER_QUERIES) {
            end += group.size();
            width = group.stream().anyMatch(keys::contains) ? end : width;
        }
        return Math.max(width, StandardMetrics.OVER_QUERIES.get(0).size());
    }

    /**
     * Copies what is known of some runs to beside another results.json, whose runs they are, too.
     *
     * @param packed where the values are of a run that has no file here
     */
    public void copyTo(QueryFiles other, List<RunResult> runs, QueryValues packed) throws IOException {
        for (RunResult run : runs) {
            Optional<Path> file = file(run).filter(Files::isRegularFile);
            Map<String, double[]> known = new HashMap<>();
            if (file.isEmpty() && file(run).isPresent()) {
                COLUMNS.forEach(column -> packed.of(run, column).ifPresent(values -> known.put(column, values)));
            }
            if (file.isPresent() || !known.isEmpty()) {
                Files.createDirectories(other.folder);
            }
            if (file.isPresent()) {
                Path copy = other.file(run).orElseThrow();
                NpyFile.write(copy, NpyFile.read(file.get()));
                FileSeal.put(copy);
            } else if (!known.isEmpty()) {
                other.keep(run, known);
            }
        }
    }

    /** Whether there are values of some runs: those of others are missing then. */
    @Override
    public boolean partial() {
        return Files.isDirectory(folder);
    }

    @Override
    public Optional<double[]> of(RunResult run, String metric) {
        int column = COLUMNS.indexOf(metric);
        Optional<Path> file = file(run).filter(Files::isRegularFile);
        if (column < 0 || file.isEmpty()) {
            return Optional.empty();
        }
        NpyArray array = NpyFile.read(file.get());
        int width = width(array, file.get());
        if (column >= width) {
            return Optional.empty();
        }
        double[] values = new double[queries];
        Arrays.setAll(values, q -> array.real(q * width + column));
        if (Arrays.stream(values).allMatch(Double::isNaN)) {
            return Optional.empty();
        }
        requireOf(run, metric, values, file.get());
        return Optional.of(values);
    }

    private int width(NpyArray array, Path file) {
        List<Integer> shape = array.shape();
        boolean fits = shape.size() == 2 && shape.get(0) == queries && shape.get(1) >= FEWEST;
        if (array.type() != NpyType.FLOAT32 || !fits) {
            throw wrong(
                    file,
                    "float32 of shape [" + queries + ", " + FEWEST + "] or with more columns",
                    array.type() + " of shape " + shape);
        }
        return shape.get(1);
    }

    private static void requireOf(RunResult run, String metric, double[] values, Path file) {
        Quantity.Kind kind = StandardMetrics.quantity(metric).kind();
        for (double value : values) {
            if (!kind.allows(value)) {
                throw wrong(file, kind.expected() + " in each row of the column " + metric, Double.toString(value));
            }
        }
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        Double expected = run.metrics().get(metric);
        // Values that a merge took from packed results are rounded.
        if (expected == null
                || !(Math.abs(mean - expected) <= PackedQueryMetrics.TOLERANCE * Math.max(1, Math.abs(expected)))) {
            throw wrong(
                    file,
                    "a column " + metric + " whose mean is that of the run " + run.key() + ", " + expected,
                    Double.toString(mean));
        }
    }

    static InputException wrong(Path file, String expected, String found) {
        return new InputException(file + ": expected " + expected + ", found " + found);
    }

    /** The file of a run; empty if it failed, or if its method is called as no file of ours is. */
    private Optional<Path> file(RunResult run) {
        String codes = run.codesHash();
        return codes == null || !run.key().entry().matches("[a-z0-9][a-z0-9-]*(:[a-z0-9][a-z0-9-]*)?")
                ? Optional.empty()
                : Optional.of(folder.resolve(run.key().fileName() + "-" + codes.substring(0, HASH_DIGITS) + ENDING));
    }
}
