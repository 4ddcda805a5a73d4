package io.github.linfhash.results.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.input.StrictInput;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of the schemas linfhash-results/2 to linfhash-results/8 as results of today's schema.
 *
 * <p>Each of these schemas has the fields of those before it, and today's has all of theirs. So what is new is added to the tree of
 * the file, and the tree is then read as strictly as a file of today. What an old file does not say is null.
 */
public final class OldResults {
    private static final int FIRST = 2;

    /** The schemas, the oldest first. */
    static final List<String> SCHEMAS =
            IntStream.rangeClosed(FIRST, 8).mapToObj(OldResults::schema).toList();

    // The versions that added fields.
    private static final int ROWS = 3;
    private static final int MIRRORED = 4;
    private static final int SEEDS = 5;
    private static final int EXTERNAL = 6;
    private static final int UNLABELED = 7;
    private static final int EVALUATOR = 8;
    private static final int TODAY = 9;

    /** The evaluator of files that name none: they were written before there was a second one. */
    private static final int UNNAMED_EVALUATOR = 1;

    /** In the name of a backend, what stands before the device that trained all methods. */
    private static final String TRAININGS = "; trainings: ";

    /** The start of the name of a backend that trains some methods on a GPU, and does not say which. */
    private static final String GPU_BACKEND = "JCublas";

    private final String file;
    private final int version;
    private final ObjectNode root;

    /** The configurations that have an option from a search. */
    private final Set<String> searched = new HashSet<>();

    /** The configurations whose codes were made elsewhere. */
    private final Set<String> external = new HashSet<>();

    private OldResults(String file, int version, ObjectNode root) {
        this.file = file;
        this.version = version;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @throws InputException if it is missing, is too large, is no JSON in UTF-8, has none of these schemas, or does not fit the one
     *     that it has; the sentence names file and place
     */
    public static Results read(Path path) {
        String file = path.toString();
        JsonNode tree;
        try (StrictInput in = StrictInput.open(path)) {
            tree = StrictReader.tree(file, in.readRest(ResultsJson.LARGEST_FILE));
        }
        String schema = text(tree, "schema");
        if (!(tree instanceof ObjectNode root) || !SCHEMAS.contains(schema)) {
            throw new InputException(file + ", schema: expected one of " + String.join(", ", SCHEMAS) + ", found "
                    + (schema.isEmpty() ? "none" : "'" + schema + "'"));
        }
        return new OldResults(file, FIRST + SCHEMAS.indexOf(schema), root).converted();
    }

    private Results converted() {
        root.put("schema", ResultsJson.SCHEMA);
        JsonNode protocol = root.path("protocol");
        refuseLater(protocol, "protocol", TODAY, "searches");
        refuseLater(protocol.path("features"), "protocol.features", MIRRORED, "mirroredHash");
        refuseLater(protocol.path("sizes"), "protocol.sizes", UNLABELED, "unlabeled");
        if (version == MIRRORED && !protocol.path("features").has("mirroredHash")) {
            throw new InputException(file + ", protocol.features: expected the key 'mirroredHash', which all files of "
                    + schema(MIRRORED) + " have, found none");
        }
        ArrayNode searches = object(protocol).putArray("searches");
        int place = 0;
        for (JsonNode method : protocol.path("methods")) {
            convertMethod(method, "protocol.methods[" + place++ + "]", searches);
        }
        String device = convertEnvironment(object(root.path("environment")));
        place = 0;
        for (JsonNode run : root.path("runs")) {
            convertRun(run, "runs[" + place++ + "]", device);
        }
        return StrictReader.bind(file, root, ResultsJson.Content.class).results(file);
    }

    private void convertMethod(JsonNode method, String where, ArrayNode searches) {
        refuseLater(method, where, ROWS, "row", "optionsAt", "note");
        refuseLater(method, where, SEEDS, "optionsForSeed");
        if (!method.path("optionsForSeed").isEmpty()) {
            throw new InputException(file + ", " + where + ".optionsForSeed: expected no options of single seeds, which"
                    + " results no longer have, found some; run " + text(method, "name")
                    + " again, or remove the row from the file");
        }
        object(method).remove("optionsForSeed");
        refuseLater(method, where, TODAY, "effort");
        String entry = entry(method, "name");
        if (text(method, "supervision").equals("external")) {
            require(EXTERNAL, where + ".supervision");
            external.add(entry);
            return;
        }
        JsonNode origins = method.path("origins");
        boolean tuned = false;
        for (JsonNode origin : origins) {
            tuned |= text(origin, "source").equals("tuned");
        }
        if (tuned) {
            searched.add(entry);
            ObjectNode search = searches.addObject().put("name", entry).put("method", text(method, "name"));
            if (!text(method, "row").isEmpty()) {
                search.put("row", text(method, "row"));
            }
        } else if (origins.size() == method.path("options").size()
                && method.path("optionsAt").isEmpty()) {
            // All options have an origin, and none is from a search.
            object(method).putObject("effort").put("configurations", 0).put("trainings", 0);
        }
    }

    /** Returns what trained the methods; null where that is not known. */
    private @Nullable String convertEnvironment(ObjectNode environment) {
        refuseLater(environment, "environment", EVALUATOR, "evaluator");
        if (!environment.has("evaluator")) {
            environment.put("evaluator", UNNAMED_EVALUATOR);
        }
        String backend = text(environment, "backend");
        int named = backend.lastIndexOf(TRAININGS);
        if (named > 0 && named + TRAININGS.length() < backend.length()) {
            environment.put("backend", backend.substring(0, named));
            return backend.substring(named + TRAININGS.length());
        }
        return backend.startsWith(GPU_BACKEND) ? null : RunResult.CPU;
    }

    private void convertRun(JsonNode run, String where, @Nullable String device) {
        refuseLater(run, where, ROWS, "row");
        refuseLater(run, where, TODAY, "modelBytes", "device", "search");
        String entry = entry(run, "method");
        object(run).put("device", external.contains(entry) ? null : device);
        object(run).put("search", searched.contains(entry) ? entry : null);
    }

    private static String entry(JsonNode configuration, String method) {
        return RunKey.entry(text(configuration, method), text(configuration, "row"));
    }

    /** The text of a field; empty where it has none, which binding complains of. */
    private static String text(JsonNode object, String field) {
        return Objects.requireNonNullElse(object.path(field).textValue(), "");
    }

    /** Refuses fields that a later schema added, since a file with them was not written as what it says it is. */
    private void refuseLater(JsonNode object, String where, int added, String... fields) {
        for (String field : fields) {
            if (object.has(field)) {
                require(added, where + "." + field);
            }
        }
    }

    private void require(int added, String place) {
        if (version < added) {
            throw new InputException(file + ", " + place + ": expected as schema at least " + schema(added)
                    + ", which added this, found " + schema(version));
        }
    }

    private static String schema(int number) {
        return "linfhash-results/" + number;
    }

    /** The node to change. Where it is no object, binding says so, and what is put here is lost. */
    private static ObjectNode object(JsonNode node) {
        return node instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }
}
