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
import io.github.linfhash.io.binding.StrictYaml;
import io.github.linfhash.io.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** The name of the same file where results are kept small: packed, without curves. */
    public static final String PACKED_FILE = FILE + ".gz";

    /** The version of the schema of results whose methods are there once, with the same options at every code length. */
    public static final String SCHEMA = "linfhash-results/2";

    /** The version of results with rows or other options at some code length, all of plain training images. */
    public static final String SCHEMA_WITH_ROWS = "linfhash-results/3";

    /** The version of results with mirrored training images. */
    public static final String SCHEMA_WITH_MIRRORED = "linfhash-results/4";

    /** The version of results with other options with some seed. */
    public static final String SCHEMA_WITH_SEEDS = "linfhash-results/5";

    /** The version of results with codes that were made elsewhere. */
    public static final String SCHEMA_WITH_EXTERNAL = "linfhash-results/6";

    /** The version of results where methods that need no labels learn from other images than the database. */
    public static final String SCHEMA_WITH_UNLABELED = "linfhash-results/7";

    /** The version of results that name the version of the evaluator. */
    public static final String SCHEMA_WITH_EVALUATOR = "linfhash-results/8";

    /** The version of results some of whose methods were trained on another device than the processor. */
    public static final String SCHEMA_WITH_DEVICES = "linfhash-results/9";

    /** The versions that this program reads, each of which says all that those before it say. */
    static final List<String> SCHEMAS = List.of(
            SCHEMA,
            SCHEMA_WITH_ROWS,
            SCHEMA_WITH_MIRRORED,
            SCHEMA_WITH_SEEDS,
            SCHEMA_WITH_EXTERNAL,
            SCHEMA_WITH_UNLABELED,
            SCHEMA_WITH_EVALUATOR,
            SCHEMA_WITH_DEVICES);

    /** The largest file that is read, in bytes: room for ten thousand runs with long curves. */
    static final int LARGEST_FILE = 1 << 26;

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

    /** The results file of a folder, the one that is not packed where there are both. */
    public static Optional<Path> in(Path folder) {
        return Stream.of(FILE, PACKED_FILE)
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * Reads a file, or that of a folder ({@link #file}), strictly.
     *
     * @throws InputException if the file is missing, is too large, is no JSON in UTF-8, has another schema, lacks a field or
     *     has one that its schema does not know, or has a value that cannot be; the sentence names file and place
     */
    public static Results read(Path named) {
        Path file = file(named);
        Content content = StrictYaml.readJson(file, LARGEST_FILE, Content.class);
        try {
            return new Results(
                    content.protocol(),
                    content.environment(),
                    content.runs().stream().map(Run::result).toList());
        } catch (IllegalArgumentException | NonFiniteException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
    }

    /** Replaces a file by the given results, atomically; missing folders are made. */
    public static void write(Path file, Results results) throws IOException {
        AtomicFiles.write(file, text(results));
    }

    /** The results as the text of a results.json: equal results give equal texts, on every Java platform. */
    public static String text(Results results) {
        List<Run> runs = results.runs().stream().map(Run::of).toList();
        return StrictYaml.toJsonFile(new Content(
                new Schema(oldest(results.protocol(), results.environment(), runs)),
                results.protocol(),
                results.environment(),
                runs));
    }

    /** Whether two results agree in everything but the wall-clock times. */
    public static boolean sameApartFromSeconds(Results a, Results b) {
        return text(a.withoutSeconds()).equals(text(b.withoutSeconds()));
    }

    /** Results are written in the oldest version that has all they say, so that older programs read them. */
    private static String oldest(ProtocolSummary protocol, EnvironmentSummary environment, List<Run> runs) {
        if (runs.stream().anyMatch(run -> !run.device().isEmpty())) {
            return SCHEMA_WITH_DEVICES;
        }
        if (environment.evaluator() != null) {
            return SCHEMA_WITH_EVALUATOR;
        }
        if (protocol.sizes().unlabeled() != null) {
            return SCHEMA_WITH_UNLABELED;
        }
        if (protocol.methods().stream().anyMatch(MethodSummary::madeElsewhere)) {
            return SCHEMA_WITH_EXTERNAL;
        }
        if (protocol.methods().stream()
                .anyMatch(method -> !method.optionsForSeed().isEmpty())) {
            return SCHEMA_WITH_SEEDS;
        }
        if (protocol.features().mirroredHash() != null) {
            return SCHEMA_WITH_MIRRORED;
        }
        return protocol.methods().stream().anyMatch(ResultsJson::needsRows) ? SCHEMA_WITH_ROWS : SCHEMA;
    }

    private static boolean needsRows(MethodSummary method) {
        return !method.row().isEmpty() || !method.optionsAt().isEmpty() || method.note() != null;
    }

    /** One of {@link #SCHEMAS}: a record, so that another one is noticed before the fields that it has. */
    private record Schema(@JsonValue String name) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Schema {
            if (!SCHEMAS.contains(name)) {
                throw new IllegalArgumentException("expected one of " + SCHEMAS + ", found '" + name + "'");
            }
        }
    }

    /** The file. */
    private record Content(Schema schema, ProtocolSummary protocol, EnvironmentSummary environment, List<Run> runs) {
        Content {
            String needed = oldest(protocol, environment, runs);
            if (SCHEMAS.indexOf(schema.name()) < SCHEMAS.indexOf(needed)) {
                throw new IllegalArgumentException(
                        "expected as schema " + needed + ", which has all these fields, found " + schema.name());
            }
            if (schema.name().equals(SCHEMA_WITH_MIRRORED)
                    && protocol.features().mirroredHash() == null) {
                throw new IllegalArgumentException(
                        "expected in protocol.features the key 'mirroredHash', which makes it " + needed
                                + ", found none");
            }
        }
    }

    /** A {@link RunResult} as the file has it. */
    private record Run(
            String method,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            String row,

            int bits,
            long seed,
            String splitHash,
            @Nullable String codesHash,
            long parameters,
            Map<String, Double> metrics,
            Map<String, double[]> curves,
            Map<String, Double> seconds,
            @Nullable String failure,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            String device) {
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
                    key.row(),
                    key.bits(),
                    key.seed(),
                    run.splitHash(),
                    run.codesHash(),
                    run.parameters(),
                    run.metrics(),
                    run.curves(),
                    run.seconds(),
                    run.failure(),
                    run.device());
        }

        RunResult result() {
            RunKey key = new RunKey(method, row, bits, seed);
            return new RunResult(key, splitHash, codesHash, parameters, metrics, curves, seconds, failure, device);
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
