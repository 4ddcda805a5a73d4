package io.github.linfhash.tasks;

import static io.github.linfhash.io.binding.StrictReader.require;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.ProtocolName;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.protocol.Protocol;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The description of a task in {@value #FILE}; docs/entering.md explains the file. Scoring does not trust it: it takes only the names of
 * protocol, seeds and lengths from it, and compares its digests with those of the protocol and the data.
 *
 * @param schema {@value #SCHEMA}
 * @param protocol the protocol's name
 * @param title the protocol's name for people
 * @param protocolHash SHA-256 of its rules
 * @param datasetHash SHA-256 of the vectors or images, and their labels
 * @param featuresHash SHA-256 of the features before preprocessing
 * @param dimension of the features
 * @param bits the code lengths, in the order of the protocol
 * @param seeds the seeds; each has a folder of files
 * @param sizes by seed, the number of vectors in each part
 * @param allowed the rules about training data, for people
 * @param files SHA-256 of each other file of the task, by its path
 */
public record Task(
        String schema,
        String protocol,
        String title,
        String protocolHash,
        String datasetHash,
        String featuresHash,
        int dimension,
        List<Integer> bits,
        List<Long> seeds,
        Map<Long, Sizes> sizes,
        String allowed,
        Map<String, String> files) {
    /** The schema that this version reads and writes. */
    public static final String SCHEMA = "linfhash-task/2";

    /** The schema of earlier tasks, whose training vectors of one seed may be queries of another; they are not scored. */
    private static final String LEAKING = "linfhash-task/1";

    /** The name of the file in the folder of a task. */
    public static final String FILE = "task.yaml";

    static final String ALLOWED =
            "Codes of a seed may be learned from train_features.npy with train_labels.npy, and from"
                    + " database_features.npy without labels, all of that seed. Queries are there to be encoded: nothing may be learned"
                    + " from query_features.npy, nor chosen by it. Whatever else was learned from, such as other data or a network that"
                    + " was trained on them, is named as learnedFrom in submission.yaml. The labels and the order of these rows may be"
                    + " taken from nowhere else.";

    private static final int MOST_BITS = 4096;
    private static final int MOST_RUNS = 1000;

    public Task {
        require(
                schema.equals(SCHEMA),
                "expected schema " + SCHEMA + ", found '" + schema + "'"
                        + (schema.equals(LEAKING)
                                ? "; tasks of that version label vectors that are queries of another seed: create it again"
                                : ""));
        require(ProtocolName.is(protocol), "protocol: expected " + ProtocolName.FORM + ", found '" + protocol + "'");
        require(
                !bits.isEmpty() && bits.stream().allMatch(n -> n >= 1 && n <= MOST_BITS),
                "expected code lengths from 1 to " + MOST_BITS + ", found " + bits);
        require(
                !seeds.isEmpty() && seeds.stream().allMatch(seed -> seed >= 0 && seed <= Integer.MAX_VALUE),
                "expected seeds from 0 to " + Integer.MAX_VALUE + ", found " + seeds);
        require(
                new LinkedHashSet<>(bits).size() == bits.size() && new LinkedHashSet<>(seeds).size() == seeds.size(),
                "expected each code length and each seed once, found " + bits + " and " + seeds);
        require(
                (long) bits.size() * seeds.size() <= MOST_RUNS,
                "expected at most " + MOST_RUNS + " seeds and lengths together, found " + seeds.size() + " x "
                        + bits.size());
        require(
                sizes.keySet().equals(new LinkedHashSet<>(seeds)),
                "expected sizes of the seeds " + seeds + ", found those of " + sizes.keySet());
        bits = List.copyOf(bits);
        seeds = List.copyOf(seeds);
        sizes = Collections.unmodifiableMap(new TreeMap<>(sizes));
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /**
     * The number of vectors in each part of a seed.
     *
     * @param training training vectors with labels, mirror images included
     * @param queries queries
     * @param database database vectors
     * @param unlabeled training vectors without labels; null if they are the database
     */
    public record Sizes(
            int training,
            int queries,
            int database,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer unlabeled) {
        public Sizes {
            require(
                    training >= 1 && queries >= 1 && database >= 1 && (unlabeled == null || unlabeled >= 1),
                    "expected at least one row in each part, found none");
        }
    }

    /**
     * Reads the description of the task in a folder.
     *
     * @throws InputException if it is missing or malformed
     */
    public static Task read(Path folder) {
        return StrictReader.read(folder.resolve(FILE), Task.class);
    }

    /** Returns the sizes of a seed of the task. */
    public Sizes sizesOf(long seed) {
        return Objects.requireNonNull(sizes.get(seed), "a seed of the task");
    }

    /**
     * Requires that the task was created from a protocol with its present rules.
     *
     * @throws InputException if the name or the rules of the protocol differ
     */
    void requireOf(Protocol other) {
        if (!protocol.equals(other.name())) {
            throw wrong("the protocol " + other.name(), protocol);
        }
        if (!protocolHash.equals(other.hash())) {
            throw wrong(
                    "the rules of " + protocol + " as this program has them, hash " + shown(other.hash()),
                    "hash " + shown(protocolHash));
        }
    }

    /**
     * Requires that the task was created from these data.
     *
     * @throws InputException if the data differ
     */
    void requireOf(FeatureData data) {
        if (!datasetHash.equals(data.dataset().hash())) {
            throw wrong(
                    data.dataset().name() + " with hash " + shown(data.dataset().hash()),
                    "other data, hash " + shown(datasetHash));
        }
    }

    InputException wrong(String expected, String found) {
        return new InputException(FILE + " of the task: expected " + expected + ", found " + found);
    }

    private static String shown(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }

    /** Returns the text of the file. */
    String text() {
        StringBuilder text = new StringBuilder("""
                # A task of linfhash. docs/entering.md there says what to do with it; example.py does it.
                """);
        line(text, "schema", schema);
        line(text, "protocol", protocol);
        line(text, "title", StrictReader.toJsonLine(title));
        line(text, "protocolHash", protocolHash);
        line(text, "datasetHash", datasetHash);
        line(text, "featuresHash", featuresHash);
        line(text, "dimension", dimension);
        text.append("# Each seed has a folder of its own, whose rows are in an order of their own.\n");
        line(text, "seeds", seeds);
        line(text, "bits", bits);
        text.append("sizes:\n");
        sizes.forEach((seed, rows) ->
                line(text, "  " + seed, StrictReader.toYamlFlow(StrictReader.convert(FILE, rows, Map.class))));
        line(text, "allowed", StrictReader.toJsonLine(allowed));
        text.append("# SHA-256 of each file.\nfiles:\n");
        files.forEach((file, digest) -> line(text, "  " + file, digest));
        return text.toString();
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key).append(": ").append(value).append('\n');
    }
}
