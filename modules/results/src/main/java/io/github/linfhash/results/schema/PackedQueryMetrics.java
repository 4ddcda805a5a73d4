package io.github.linfhash.results.schema;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.files.SafeName;
import io.github.linfhash.io.input.StrictInput;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values of single queries as a repository keeps them: of the first fraction that a protocol shows and that is a mean over queries,
 * for all runs that did not fail, in the order of results.json; uint16 of shape runs x queries in units of 1 / {@value #UNITS}, packed.
 */
public final class PackedQueryMetrics implements QueryValues {
    private static final int UNITS = 10_000;

    /** Rounding moves a mean by half a unit at most; float32 and sums add less than the rest. */
    static final double TOLERANCE = 0.51 / UNITS;

    private final Quantity quantity;
    private final int queries;
    private final Map<RunKey, int[]> runs;

    private PackedQueryMetrics(Quantity quantity, int queries, Map<RunKey, int[]> runs) {
        this.quantity = quantity;
        this.queries = queries;
        this.runs = runs;
    }

    /** Returns the quantities that the values may be of: the fractions that the protocol shows, in their order. */
    private static List<Quantity> quantities(Results results) {
        return results.protocol().headline().stream()
                .map(StandardMetrics::quantity)
                .filter(quantity -> quantity.kind() == Quantity.Kind.FRACTION)
                .toList();
    }

    private static List<RunResult> measured(Results results) {
        return results.runs().stream().filter(run -> !run.failed()).toList();
    }

    /**
     * The values of results; empty if there is no fraction that the protocol shows whose values were kept for each run.
     *
     * @throws InputException if what was kept is not of these runs
     */
    public static Optional<PackedQueryMetrics> of(Results results, QueryValues values) {
        return measured(results).isEmpty()
                ? Optional.empty()
                : quantities(results).stream()
                        .flatMap(quantity -> of(results, quantity, values).stream())
                        .findFirst();
    }

    private static Optional<PackedQueryMetrics> of(Results results, Quantity quantity, QueryValues values) {
        Map<RunKey, int[]> runs = new LinkedHashMap<>();
        for (RunResult run : measured(results)) {
            Optional<double[]> kept = values.of(run, quantity.key());
            if (kept.isEmpty()) {
                return Optional.empty();
            }
            runs.put(
                    run.key(),
                    Arrays.stream(kept.get())
                            .mapToInt(value -> (int) Math.round(UNITS * value))
                            .toArray());
        }
        int queries = results.protocol().sizes().queries();
        return Optional.of(new PackedQueryMetrics(quantity, queries, runs));
    }

    /** The name of the file of a number's values. */
    private static String file(Quantity quantity) {
        return "queries-" + SafeName.of(quantity.key()) + ".npy.gz";
    }

    /** Returns the name of the file beside the results. */
    public String file() {
        return file(quantity);
    }

    /**
     * Reads the values beside results; empty where there are none.
     *
     * @throws InputException if they are not of these results
     */
    public static Optional<PackedQueryMetrics> read(Path folder, Results results) {
        return quantities(results).stream()
                .filter(quantity -> Files.isRegularFile(folder.resolve(file(quantity))))
                .findFirst()
                .map(quantity -> read(folder.resolve(file(quantity)), quantity, results));
    }

    private static PackedQueryMetrics read(Path file, Quantity quantity, Results results) {
        ResultsJson.requireOwn(file);
        List<RunResult> measured = measured(results);
        int queries = results.protocol().sizes().queries();
        NpyArray array;
        try (StrictInput in = StrictInput.open(file)) {
            array = NpyFile.read(in);
        }
        if (array.type() != NpyType.UINT16 || !array.shape().equals(List.of(measured.size(), queries))) {
            throw QueryFiles.wrong(
                    file,
                    "uint16 of shape [" + measured.size() + ", " + queries + "], a row for each run that did not fail",
                    array.type().shown() + " of shape " + array.shape());
        }
        Map<RunKey, int[]> runs = new LinkedHashMap<>();
        for (int r = 0; r < measured.size(); r++) {
            int first = r * queries;
            int[] values = new int[queries];
            Arrays.setAll(values, q -> (int) array.integer(first + q));
            requireOf(measured.get(r), quantity, values, file);
            runs.put(measured.get(r).key(), values);
        }
        return new PackedQueryMetrics(quantity, queries, runs);
    }

    /** The values beside a results file: those that were read, or the fact that all were left out. */
    public static QueryValues beside(Path file, Optional<PackedQueryMetrics> read) {
        return read.<QueryValues>map(values -> values)
                .orElse(ResultsJson.isPacked(file) ? QueryValues.LEFT_OUT : QueryValues.NONE);
    }

    private static void requireOf(RunResult run, Quantity quantity, int[] values, Path file) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN) / UNITS;
        Double expected = run.metrics().get(quantity.key());
        if (Arrays.stream(values).anyMatch(value -> value > UNITS)
                || expected == null
                || !(Math.abs(mean - expected) <= TOLERANCE)) {
            throw QueryFiles.wrong(
                    file,
                    "for the run " + run.key() + " values of " + quantity.key() + " from 0 to 1 whose mean is "
                            + expected,
                    "others, of mean " + mean);
        }
    }

    /** Writes the values, atomically. */
    public void write(Path folder) throws IOException {
        ByteBuffer content =
                ByteBuffer.allocate(Short.BYTES * queries * runs.size()).order(ByteOrder.LITTLE_ENDIAN);
        runs.values().forEach(values -> Arrays.stream(values).forEach(value -> content.putShort((short) value)));
        NpyArray array = NpyArray.owning(NpyType.UINT16, List.of(runs.size(), queries), content.array());
        AtomicFiles.writePacked(folder.resolve(file()), NpyFile.toBytes(array));
    }

    @Override
    public Optional<double[]> of(RunResult run, String metric) {
        int[] values = metric.equals(quantity.key()) ? runs.get(run.key()) : null;
        return Optional.ofNullable(values)
                .map(units -> Arrays.stream(units)
                        .mapToDouble(unit -> unit / (double) UNITS)
                        .toArray());
    }

    @Override
    public boolean partial() {
        return true;
    }
}
