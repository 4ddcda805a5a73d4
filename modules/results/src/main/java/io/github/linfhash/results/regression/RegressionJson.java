package io.github.linfhash.results.regression;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.io.json.JsonText;

/** The outcome of a comparison as JSON. */
public final class RegressionJson {
    private RegressionJson() {}

    /**
     * One object: protocol, ok, seeds, sameEnvironment, and checks, a list of objects with method and bits (null for what
     * concerns all), what, expected, measured and tolerance (null where it is no number), verdict and note.
     */
    public static String text(RegressionReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("protocol", report.protocol()).put("ok", report.ok());
        ArrayNode seeds = root.putArray("seeds");
        report.seeds().forEach(seeds::add);
        root.put("sameEnvironment", report.sameEnvironment());
        ArrayNode checks = root.putArray("checks");
        report.checks().forEach(check -> add(checks.addObject(), check));
        return JsonText.of(root);
    }

    private static void add(ObjectNode node, Check check) {
        Subject subject = check.subject();
        if (subject.method().isEmpty()) {
            node.putNull("method").putNull("bits");
        } else {
            node.put("method", subject.method()).put("bits", subject.bits());
        }
        node.put("what", subject.what());
        check.numbers()
                .ifPresentOrElse(
                        numbers -> node.put("expected", numbers.expected())
                                .put("measured", numbers.measured())
                                .put("tolerance", numbers.tolerance()),
                        () -> node.putNull("expected").putNull("measured").putNull("tolerance"));
        node.put("verdict", check.verdict().text()).put("note", check.note());
    }
}
