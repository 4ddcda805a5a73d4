package io.github.linfhash.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Assertions about null in files of YAML or JSON. */
public final class NullChecks {
    private NullChecks() {}

    /** Reads a text of YAML or JSON, and gives what it says. */
    @FunctionalInterface
    public interface Reader {
        Object read(String text) throws IOException;
    }

    /** Returns a seed of one of a module's targets, both by name. */
    public static byte[] seed(FuzzTargets module, String target, String name) throws IOException {
        FuzzTarget found = module.targets().stream()
                .filter(one -> one.name().equals(target))
                .findFirst()
                .orElseThrow();
        return Objects.requireNonNull(found.seeds().make().get(name));
    }

    /**
     * Asserts that null in each place of a text is refused in one sentence, or means the same as leaving the key out.
     *
     * @param text YAML or JSON that is right
     */
    public static void everywhere(String text, Reader reader) throws IOException {
        JsonNode right = new YAMLMapper().readTree(text);
        reader.read(right.toString());
        int refused = 0;
        for (JsonPointer place : places(right, JsonPointer.empty())) {
            refused += isRefused(right, place, reader) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(5);
    }

    private static boolean isRefused(JsonNode right, JsonPointer place, Reader reader) throws IOException {
        Object said;
        try {
            said = reader.read(changed(right, place, true));
        } catch (InputException e) {
            assertThat(e.getMessage()).as(place.toString()).doesNotContain("Cannot invoke", "\n", "java", "null");
            return true;
        }
        assertThat(right.at(place.head()).isObject())
                .as(place + " is in a list")
                .isTrue();
        assertThat(said).as(place.toString()).isEqualTo(reader.read(changed(right, place, false)));
        return false;
    }

    /** The content with a null in one place, or without that place. */
    private static String changed(JsonNode right, JsonPointer place, boolean isNull) {
        JsonNode copy = right.deepCopy();
        if (copy.at(place.head()) instanceof ArrayNode list) {
            list.set(place.last().getMatchingIndex(), NullNode.instance);
        } else if (copy.at(place.head()) instanceof ObjectNode group && isNull) {
            group.set(place.last().getMatchingProperty(), NullNode.instance);
        } else if (copy.at(place.head()) instanceof ObjectNode group) {
            group.remove(place.last().getMatchingProperty());
        }
        return copy.toString();
    }

    private static List<JsonPointer> places(JsonNode node, JsonPointer at) {
        List<JsonPointer> places = new ArrayList<>();
        node.properties().forEach(entry -> {
            JsonPointer place = at.appendProperty(entry.getKey());
            places.add(place);
            places.addAll(places(entry.getValue(), place));
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            places.add(at.appendIndex(i));
            places.addAll(places(node.get(i), at.appendIndex(i)));
        }
        return places;
    }
}
