package io.github.linfhash.results.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.io.json.JsonText;
import java.util.List;

/** Audited tables as JSON. */
public final class AuditJson {
    private AuditJson() {}

    /**
     * A list with an object for each table: table, dataset, numbers, and findings, a list of objects with flag, meaning,
     * method, bits (null where the table does not say), metrics, sentence, why, and corrected, an object of fractions.
     */
    public static String render(List<TableFindings> tables) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        tables.forEach(audited -> add(array.addObject(), audited));
        return JsonText.of(array);
    }

    private static void add(ObjectNode node, TableFindings audited) {
        node.put("table", audited.table().id())
                .put("dataset", audited.table().dataset())
                .put("numbers", audited.table().cells().size());
        ArrayNode findings = node.putArray("findings");
        audited.findings().forEach(finding -> add(findings.addObject(), finding));
    }

    private static void add(ObjectNode node, Finding finding) {
        node.put("flag", finding.flag().key())
                .put("meaning", finding.flag().sentence())
                .put("method", finding.method());
        if (finding.bits() == 0) {
            node.putNull("bits");
        } else {
            node.put("bits", finding.bits());
        }
        ArrayNode metrics = node.putArray("metrics");
        finding.metrics().forEach(metrics::add);
        node.put("sentence", finding.sentence()).put("why", finding.arithmetic());
        ObjectNode corrected = node.putObject("corrected");
        finding.corrected().forEach(corrected::put);
    }
}
