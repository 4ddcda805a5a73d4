package io.github.linfhash.results.tables;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.io.json.JsonText;
import java.util.List;

/** Summaries as JSON. */
final class JsonSummary {
    private JsonSummary() {}

    static String render(List<SummaryRow> rows, boolean synthetic) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        rows.forEach(row -> array.add(object(row, synthetic)));
        return JsonText.of(array);
    }

    private static ObjectNode object(SummaryRow row, boolean synthetic) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("method", row.method())
                .put("bits", row.bits())
                .put("measured", row.measured())
                .put("failed", row.failed())
                .put("synthetic", synthetic);
        ObjectNode metrics = node.putObject("metrics");
        row.summaries().forEach((key, summary) -> {
            ObjectNode values = metrics.putObject(key).put("mean", summary.mean());
            summary.spread().ifPresentOrElse(sd -> values.put("sd", sd), () -> values.putNull("sd"));
            values.put("n", summary.n());
        });
        return node;
    }
}
