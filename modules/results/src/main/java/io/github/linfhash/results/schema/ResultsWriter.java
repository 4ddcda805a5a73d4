package io.github.linfhash.results.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.io.json.JsonText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Results as JSON text, with the keys in the order of the schema. */
final class ResultsWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<String> PHASES =
            StandardMetrics.PHASES.stream().map(Quantity::key).toList();

    private ResultsWriter() {}

    static String text(Results results) {
        ObjectNode root = NODES.objectNode().put("schema", schema(results.protocol()));
        root.set("protocol", protocol(results.protocol()));
        root.set("environment", environment(results.environment()));
        root.set("runs", array(results.runs(), ResultsWriter::run));
        return JsonText.of(root);
    }

    /** Results are written in the oldest version that has all they say, so that older programs read them. */
    private static String schema(ProtocolSummary protocol) {
        if (protocol.methods().stream()
                .anyMatch(method -> !method.optionsForSeed().isEmpty())) {
            return ResultsJson.SCHEMA_WITH_SEEDS;
        }
        if (protocol.features().mirroredHash() != null) {
            return ResultsJson.SCHEMA_WITH_MIRRORED;
        }
        return protocol.methods().stream().anyMatch(ResultsWriter::needsRows)
                ? ResultsJson.SCHEMA_WITH_ROWS
                : ResultsJson.SCHEMA;
    }

    private static boolean needsRows(MethodSummary method) {
        return !method.row().isEmpty() || !method.optionsAt().isEmpty() || method.note() != null;
    }

    private static ObjectNode protocol(ProtocolSummary protocol) {
        ObjectNode node = NODES.objectNode()
                .put("name", protocol.name())
                .put("title", protocol.title())
                .put("hash", protocol.hash())
                .put("publishedTable", protocol.publishedTable());
        node.putObject("dataset")
                .put("name", protocol.dataset().name())
                .put("title", protocol.dataset().title())
                .put("hash", protocol.dataset().hash())
                .put("images", protocol.dataset().images())
                .put("reproducesPaper", protocol.dataset().reproducesPaper())
                .put("synthetic", protocol.dataset().synthetic())
                .set("facts", array(protocol.dataset().facts(), NODES::textNode));
        node.set("features", features(protocol.features()));
        node.putObject("sizes")
                .put("training", protocol.sizes().training())
                .put("queries", protocol.sizes().queries())
                .put("database", protocol.sizes().database());
        ObjectNode conventions = node.putObject("conventions");
        protocol.conventions().forEach(conventions::put);
        node.set("headline", array(protocol.headline(), NODES::textNode));
        node.set("bits", array(protocol.bits(), NODES::numberNode));
        node.set("seeds", array(protocol.seeds(), NODES::numberNode));
        node.set("methods", array(protocol.methods(), ResultsWriter::method));
        return node;
    }

    private static ObjectNode features(FeatureSummary features) {
        ObjectNode node = NODES.objectNode()
                .put("name", features.name())
                .put("hash", features.hash())
                .put("dimension", features.dimension());
        return features.mirroredHash() == null ? node : node.put("mirroredHash", features.mirroredHash());
    }

    private static ObjectNode method(MethodSummary method) {
        ObjectNode node = NODES.objectNode().put("name", method.name());
        if (!method.row().isEmpty()) {
            node.put("row", method.row());
        }
        node.put("title", method.title())
                .put("citation", method.citation())
                .put("supervision", SupervisionNames.of(method.supervision()));
        ObjectNode options = node.putObject("options");
        method.options().forEach((name, value) -> options.set(name, OptionValues.toJson(value)));
        ObjectNode origins = node.putObject("origins");
        method.origins()
                .forEach((name, origin) -> origins.putObject(name)
                        .put("source", origin.source().key())
                        .put("note", origin.note()));
        if (!method.optionsAt().isEmpty()) {
            node.set("optionsAt", byLength(method.optionsAt()));
        }
        if (!method.optionsForSeed().isEmpty()) {
            ObjectNode seeds = node.putObject("optionsForSeed");
            method.optionsForSeed().forEach((seed, lengths) -> seeds.set(Long.toString(seed), byLength(lengths)));
        }
        return method.note() == null ? node : node.put("note", method.note());
    }

    private static ObjectNode byLength(Map<Integer, Map<String, OptionValue>> options) {
        ObjectNode lengths = NODES.objectNode();
        options.forEach((bits, changed) -> {
            ObjectNode values = lengths.putObject(Integer.toString(bits));
            changed.forEach((name, value) -> values.set(name, OptionValues.toJson(value)));
        });
        return lengths;
    }

    private static ObjectNode environment(EnvironmentSummary environment) {
        return NODES.objectNode()
                .put("version", environment.version())
                .put("commit", environment.commit())
                .put("jdk", environment.jdk())
                .put("os", environment.os())
                .put("cpu", environment.cpu())
                .put("cores", environment.cores())
                .put("backend", environment.backend())
                .put("threads", environment.threads())
                .put("workers", environment.workers());
    }

    private static ObjectNode run(RunResult run) {
        ObjectNode node = NODES.objectNode().put("method", run.key().method());
        if (!run.key().row().isEmpty()) {
            node.put("row", run.key().row());
        }
        node.put("bits", run.key().bits())
                .put("seed", run.key().seed())
                .put("splitHash", run.splitHash())
                .put("codesHash", run.codesHash())
                .put(StandardMetrics.PARAMETERS.key(), run.parameters());
        node.set("metrics", numbers(run.metrics(), StandardMetrics.keys()));
        ObjectNode curves = node.putObject("curves");
        new TreeMap<>(run.curves()).forEach((name, values) -> curves.set(name, curve(values)));
        node.set("seconds", numbers(run.seconds(), PHASES));
        return node.put("failure", run.failure());
    }

    private static ObjectNode numbers(Map<String, Double> values, List<String> order) {
        Comparator<String> place =
                Comparator.comparingInt(key -> order.contains(key) ? order.indexOf(key) : order.size());
        Map<String, Double> sorted = new TreeMap<>(place.thenComparing(Comparator.naturalOrder()));
        sorted.putAll(values);
        ObjectNode node = NODES.objectNode();
        sorted.forEach(node::put);
        return node;
    }

    private static ArrayNode curve(double[] values) {
        ArrayNode node = NODES.arrayNode(values.length);
        for (double value : values) {
            node.add(value);
        }
        return node;
    }

    private static <T> ArrayNode array(List<T> values, Function<T, ? extends JsonNode> toJson) {
        ArrayNode node = NODES.arrayNode(values.size());
        values.forEach(value -> node.add(toJson.apply(value)));
        return node;
    }
}
