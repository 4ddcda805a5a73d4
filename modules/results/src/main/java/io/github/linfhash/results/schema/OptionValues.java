package io.github.linfhash.results.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.linfhash.io.json.JsonFields;
import java.util.ArrayList;
import java.util.List;

/** Option values as JSON. */
final class OptionValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OptionValues() {}

    static JsonNode toJson(OptionValue value) {
        if (value instanceof OptionValue.Text text) {
            return NODES.textNode(text.value());
        }
        if (value instanceof OptionValue.Whole whole) {
            return NODES.numberNode(whole.value());
        }
        if (value instanceof OptionValue.Real real) {
            return NODES.numberNode(real.value());
        }
        if (value instanceof OptionValue.Flag flag) {
            return NODES.booleanNode(flag.value());
        }
        if (value instanceof OptionValue.Many many) {
            ArrayNode array = NODES.arrayNode();
            many.values().forEach(element -> array.add(toJson(element)));
            return array;
        }
        return NODES.nullNode();
    }

    static OptionValue fromJson(JsonNode node, String place) {
        if (node.isTextual()) {
            return new OptionValue.Text(node.textValue());
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return new OptionValue.Whole(node.longValue());
        }
        if (node.isFloatingPointNumber() && Double.isFinite(node.doubleValue())) {
            return new OptionValue.Real(node.doubleValue());
        }
        if (node.isBoolean()) {
            return new OptionValue.Flag(node.booleanValue());
        }
        if (node.isNull()) {
            return new OptionValue.Unset();
        }
        if (node.isArray()) {
            List<OptionValue> values = new ArrayList<>();
            for (JsonNode element : node) {
                values.add(fromJson(element, place + "[" + values.size() + "]"));
            }
            return new OptionValue.Many(values);
        }
        throw JsonFields.wrong(place, "a text, a finite number, true, false, null or a list of these", node);
    }
}
