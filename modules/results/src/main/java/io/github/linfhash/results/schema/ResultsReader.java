package io.github.linfhash.results.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.io.json.JsonFields;
import io.github.linfhash.io.json.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Results from JSON text that nobody has checked before. */
final class ResultsReader {
    /** The largest file that is read, in bytes: room for ten thousand runs with long curves. */
    static final int LARGEST_FILE = 1 << 26;

    private ResultsReader() {}

    static Results read(Path file) throws IOException {
        JsonFields fields = JsonFields.of(JsonFile.read(file, LARGEST_FILE), file + ": results");
        String schema = fields.oneOf("schema", ResultsJson.SCHEMAS);
        ProtocolSummary protocol = protocol(fields.object("protocol"), schema);
        EnvironmentSummary environment = environment(fields.object("environment"));
        List<RunResult> runs =
                fields.list("runs", (node, place) -> run(node, place, says(schema, ResultsJson.SCHEMA_WITH_ROWS)));
        fields.end();
        try {
            return new Results(protocol, environment, runs);
        } catch (IllegalArgumentException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
    }

    /** Whether a version has the fields of another one. */
    private static boolean says(String schema, String other) {
        return ResultsJson.SCHEMAS.indexOf(schema) >= ResultsJson.SCHEMAS.indexOf(other);
    }

    private static ProtocolSummary protocol(JsonFields fields, String schema) {
        ProtocolSummary protocol = new ProtocolSummary(
                fields.text("name"),
                fields.text("title"),
                fields.hash("hash"),
                fields.textOrNull("publishedTable"),
                dataset(fields.object("dataset")),
                features(fields.object("features"), schema),
                sizes(fields.object("sizes")),
                fields.map("conventions", JsonFields::text),
                fields.list("headline", JsonFields::text),
                fields.list("bits", JsonFields::positive),
                fields.list("seeds", JsonFields::whole),
                fields.list("methods", (node, place) -> method(node, place, schema)));
        fields.end();
        return protocol;
    }

    private static DatasetSummary dataset(JsonFields fields) {
        DatasetSummary dataset = new DatasetSummary(
                fields.text("name"),
                fields.text("title"),
                fields.hash("hash"),
                fields.positive("images"),
                fields.flag("reproducesPaper"),
                fields.flag("synthetic"),
                fields.list("facts", JsonFields::text));
        fields.end();
        return dataset;
    }

    private static FeatureSummary features(JsonFields fields, String schema) {
        // Version 4 is that of results with this field; a later one may be without it.
        boolean mirrored = schema.equals(ResultsJson.SCHEMA_WITH_MIRRORED)
                || (says(schema, ResultsJson.SCHEMA_WITH_MIRRORED) && fields.has("mirroredHash"));
        FeatureSummary features = new FeatureSummary(
                fields.text("name"),
                fields.hash("hash"),
                fields.positive("dimension"),
                mirrored ? fields.hash("mirroredHash") : null);
        fields.end();
        return features;
    }

    private static SplitSizes sizes(JsonFields fields) {
        SplitSizes sizes =
                new SplitSizes(fields.positive("training"), fields.positive("queries"), fields.positive("database"));
        fields.end();
        return sizes;
    }

    private static MethodSummary method(JsonNode node, String place, String schema) {
        JsonFields fields = JsonFields.of(node, place);
        Map<String, OptionValue> options = fields.map("options", OptionValues::fromJson);
        MethodSummary method = new MethodSummary(
                fields.text("name"),
                fields.text("title"),
                fields.text("citation"),
                SupervisionNames.parse(fields.oneOf("supervision", SupervisionNames.all())),
                options,
                origins(fields, options.keySet()));
        if (says(schema, ResultsJson.SCHEMA_WITH_ROWS)) {
            method = method.inRow(
                    row(fields),
                    fields.has("note") ? fields.text("note") : null,
                    fields.has("optionsAt") ? byLength(fields, "optionsAt", options.keySet()) : Map.of());
        }
        if (says(schema, ResultsJson.SCHEMA_WITH_SEEDS) && fields.has("optionsForSeed")) {
            method = method.withOptionsForSeed(optionsForSeed(fields, options.keySet()));
        }
        fields.end();
        return method;
    }

    /** The name of a row; empty where the method has none. */
    private static String row(JsonFields fields) {
        if (!fields.has("row")) {
            return "";
        }
        String row = fields.text("row");
        if (!row.matches("[a-z][a-z0-9-]*")) {
            throw new InputException(
                    fields.place("row") + ": expected lower case, digits and hyphens, found '" + row + "'");
        }
        return row;
    }

    private static Map<Long, Map<Integer, Map<String, OptionValue>>> optionsForSeed(
            JsonFields method, Set<String> options) {
        Map<Long, Map<Integer, Map<String, OptionValue>>> bySeed = new LinkedHashMap<>();
        JsonFields seeds = method.object("optionsForSeed");
        for (String seed : method.map("optionsForSeed", (node, place) -> node).keySet()) {
            if (!seed.matches("0|-?[1-9][0-9]{0,17}")) {
                throw new InputException(
                        method.place("optionsForSeed") + "." + seed + ": expected a seed, found '" + seed + "'");
            }
            bySeed.put(Long.valueOf(seed), byLength(seeds, seed, options));
        }
        return bySeed;
    }

    private static Map<Integer, Map<String, OptionValue>> byLength(
            JsonFields fields, String name, Set<String> options) {
        Map<Integer, Map<String, OptionValue>> byBits = new LinkedHashMap<>();
        fields.map(name, (node, place) -> node).forEach((length, node) -> {
            String place = fields.place(name) + "." + length;
            if (!length.matches("[1-9][0-9]{0,8}")) {
                throw new InputException(place + ": expected a code length, found '" + length + "'");
            }
            Map<String, OptionValue> changed = new LinkedHashMap<>();
            if (!node.isObject()) {
                throw JsonFields.wrong(place, "an object", node);
            }
            node.properties()
                    .forEach(option -> changed.put(
                            option.getKey(), OptionValues.fromJson(option.getValue(), place + "." + option.getKey())));
            if (!options.containsAll(changed.keySet())) {
                throw new InputException(place + ": expected names of options, found " + changed.keySet());
            }
            byBits.put(Integer.valueOf(length), changed);
        });
        return byBits;
    }

    private static Map<String, OptionOrigin> origins(JsonFields method, Set<String> options) {
        Map<String, OptionOrigin> origins = method.map("origins", ResultsReader::origin);
        for (String name : origins.keySet()) {
            if (!options.contains(name)) {
                throw new InputException(method.place("origins") + ": expected names of options, found '" + name + "'");
            }
        }
        return origins;
    }

    private static OptionOrigin origin(JsonNode node, String place) {
        JsonFields fields = JsonFields.of(node, place);
        OptionOrigin origin = new OptionOrigin(
                OptionOrigin.Source.parse(fields.oneOf("source", OptionOrigin.Source.keys())), fields.text("note"));
        fields.end();
        return origin;
    }

    private static EnvironmentSummary environment(JsonFields fields) {
        EnvironmentSummary environment = new EnvironmentSummary(
                fields.text("version"),
                fields.text("commit"),
                fields.text("jdk"),
                fields.text("os"),
                fields.text("cpu"),
                fields.positive("cores"),
                fields.text("backend"),
                fields.positive("threads"),
                fields.positive("workers"));
        fields.end();
        return environment;
    }

    private static RunResult run(JsonNode node, String place, boolean rows) {
        JsonFields fields = JsonFields.of(node, place);
        RunResult run = new RunResult(
                new RunKey(
                        fields.text("method"), rows ? row(fields) : "", fields.positive("bits"), fields.whole("seed")),
                fields.hash("splitHash"),
                fields.hashOrNull("codesHash"),
                fields.notNegative(StandardMetrics.PARAMETERS.key()),
                metrics(fields),
                fields.map("curves", ResultsReader::curve),
                fields.map("seconds", ResultsReader::seconds),
                fields.textOrNull("failure"));
        fields.end();
        return run;
    }

    /** Keys that this program does not know are fine: a later version may measure more. */
    private static Map<String, Double> metrics(JsonFields run) {
        Map<String, Double> values = run.map("metrics", JsonFields::finite);
        values.forEach((key, value) -> {
            Quantity.Kind kind = StandardMetrics.quantity(key).kind();
            if (!kind.allows(value)) {
                throw impossible(run, key, kind.expected(), value);
            }
        });
        return values;
    }

    private static InputException impossible(JsonFields run, String metric, String expected, double found) {
        return new InputException(run.place("metrics") + "." + metric + ": expected " + expected + ", found " + found);
    }

    private static double[] curve(JsonNode node, String place) {
        return JsonFields.list(node, place, JsonFields::finite).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static double seconds(JsonNode node, String place) {
        double seconds = JsonFields.finite(node, place);
        if (seconds < 0) {
            throw JsonFields.wrong(place, "a number of seconds of at least 0", node);
        }
        return seconds;
    }
}
