package io.github.linfhash.results.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.input.StrictInput;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and writes results.json; docs/results-schema.md describes every field. */
public final class ResultsJson {
    /** The name of the file in a folder of results. */
    public static final String FILE = "results.json";

    /** The name of the same file where results are kept small: packed, with training curves only. */
    public static final String PACKED_FILE = FILE + ".gz";

    /** The schema of the file. */
    public static final String SCHEMA = "linfhash-results/11";

    /** The start of the schema in every version of the file. */
    private static final String SCHEMAS = "linfhash-results/";

    /** The largest file that is read, in bytes: room for ten thousand runs with long curves. */
    static final int LARGEST_FILE = 1 << 26;

    /** The bytes within which a file has its schema. */
    private static final int LONGEST_START = 1024;

    private ResultsJson() {}

    /**
     * Finds the results that a user names.
     *
     * @param named a file, or a folder with {@value #FILE} or {@value #PACKED_FILE}, of which the first counts
     * @return the file
     * @throws InputException if it is a folder with neither
     */
    public static Path file(Path named) {
        if (!Files.isDirectory(named)) {
            return named;
        }
        return in(named)
                .orElseThrow(() -> new InputException(
                        named + ": expected " + FILE + " or " + PACKED_FILE + " in this folder, found neither"));
    }

    /** Whether a file has the small form, whose values of single queries may have been left out. */
    public static boolean isPacked(Path file) {
        return file.endsWith(PACKED_FILE);
    }

    /** The results file of a folder, the one that is not packed where there are both. */
    public static Optional<Path> in(Path folder) {
        return Stream.of(FILE, PACKED_FILE)
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * Checks that a file of a submitted folder is in that folder: a link may lead to a file that its author may not read.
     *
     * @throws InputException if it is a symbolic link
     */
    public static void requireOwn(Path file) {
        if (Files.isSymbolicLink(file)) {
            throw new InputException(file + ": expected a file or folder of its own, found a symbolic link");
        }
    }

    /**
     * Reads a file, or that of a folder ({@link #file}), strictly.
     *
     * @throws InputException if the file is missing, is too large, is no JSON in UTF-8, has another schema, lacks a field or
     *     has one that its schema does not know, or has a value that cannot be; the sentence names file and place
     */
    public static Results read(Path named) {
        Path file = file(named);
        requireCurrent(file);
        return StrictReader.readJson(file, LARGEST_FILE, Content.class).results(file.toString());
    }

    /**
     * Rejects a results file of another version before its fields are read.
     *
     * @throws InputException if the file has another schema of results, or does not exist
     */
    public static void requireCurrent(Path file) {
        schema(file)
                .filter(schema -> schema.startsWith(SCHEMAS) && !schema.equals(SCHEMA))
                .ifPresent(schema -> {
                    throw new InputException(file + ", schema: expected " + SCHEMA + ", found '" + schema
                            + "'; read the file with the version of linfhash that wrote it, or run the protocol again with"
                            + " another output folder");
                });
    }

    /** The schema that a file begins with; empty where it begins with something else. */
    private static Optional<String> schema(Path file) {
        byte[] start = new byte[LONGEST_START];
        try (StrictInput in = StrictInput.open(file)) {
            return StrictReader.firstText("schema", Arrays.copyOf(start, in.readSome(start)));
        }
    }

    /** Replaces a file by the given results, atomically, packed if its name ends in .gz; missing folders are made. */
    public static void write(Path file, Results results) throws IOException {
        byte[] json = text(results).getBytes(StandardCharsets.UTF_8);
        if (file.toString().endsWith(".gz")) {
            AtomicFiles.writePacked(file, json);
        } else {
            AtomicFiles.write(file, out -> out.write(json));
        }
    }

    /** The results as the text of a results.json: equal results give equal texts, on every Java platform. */
    public static String text(Results results) {
        return StrictReader.toJsonFile(new Content(
                new Schema(SCHEMA),
                results.protocol(),
                results.environment(),
                results.additions(),
                results.runs().stream().map(Run::of).toList()));
    }

    /** {@link #SCHEMA}: a record, so that another one is noticed before the fields that it has. */
    record Schema(@JsonValue String name) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Schema {
            if (!name.equals(SCHEMA)) {
                throw new IllegalArgumentException("expected " + SCHEMA + ", found '" + name + "'");
            }
        }
    }

    /** The file. */
    record Content(
            Schema schema,
            ProtocolSummary protocol,
            EnvironmentSummary environment,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<Results.Addition> additions,

            List<Run> runs) {
        /**
         * Returns the results that the file contains.
         *
         * @param where named at the start of the sentence if it contradicts itself
         */
        Results results(String where) {
            try {
                return new Results(
                        protocol,
                        environment,
                        additions,
                        runs.stream().map(Run::result).toList());
            } catch (IllegalArgumentException | NonFiniteException e) {
                throw new InputException(where + ": " + e.getMessage(), e);
            }
        }
    }

    /** A {@link RunResult} as the file has it. */
    record Run(
            String method,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            String variant,

            int bits,
            long seed,
            String splitHash,
            @Nullable String codesHash,
            long parameters,
            @Nullable Long modelBytes,
            Map<String, Double> metrics,
            Map<String, double[]> curves,
            Map<String, Double> seconds,
            @Nullable String failure,
            @Nullable String device) {
        private static final List<String> PHASES =
                StandardMetrics.PHASES.stream().map(Quantity::key).toList();

        Run {
            Results.requireHash("splitHash", splitHash);
            if (codesHash != null) {
                Results.requireHash("codesHash", codesHash);
            }
            if (parameters < 0) {
                throw new IllegalArgumentException("expected as number of parameters at least 0, found " + parameters);
            }
            if (modelBytes != null && modelBytes < 0) {
                throw new IllegalArgumentException("expected as modelBytes at least 0, found " + modelBytes);
            }
            metrics = ordered(metrics, StandardMetrics.keys());
            seconds = ordered(seconds, PHASES);
            curves = new TreeMap<>(curves);
            // Keys that this program does not know are fine: a later version may measure more.
            metrics.forEach((key, value) -> {
                Quantity.Kind kind = StandardMetrics.quantity(key).kind();
                if (Double.isFinite(value) && !kind.allows(value)) {
                    throw new IllegalArgumentException(
                            "expected as metric " + key + " " + kind.expected() + ", found " + value);
                }
            });
            seconds.forEach((phase, value) -> {
                if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException(
                            "expected as seconds of " + phase + " a number of at least 0, found " + value);
                }
            });
        }

        static Run of(RunResult run) {
            RunKey key = run.key();
            return new Run(
                    key.method(),
                    key.variant(),
                    key.bits(),
                    key.seed(),
                    run.splitHash(),
                    run.codesHash(),
                    run.parameters(),
                    run.modelBytes(),
                    run.metrics(),
                    run.curves(),
                    run.seconds(),
                    run.failure(),
                    run.device());
        }

        RunResult result() {
            RunKey key = new RunKey(method, variant, bits, seed);
            return new RunResult(
                    key, splitHash, codesHash, parameters, modelBytes, metrics, curves, seconds, failure, device);
        }

        private static Map<String, Double> ordered(Map<String, Double> values, List<String> order) {
            Comparator<String> place =
                    Comparator.comparingInt(key -> order.contains(key) ? order.indexOf(key) : order.size());
            Map<String, Double> sorted = new TreeMap<>(place.thenComparing(Comparator.naturalOrder()));
            sorted.putAll(values);
            return sorted;
        }
    }
}
