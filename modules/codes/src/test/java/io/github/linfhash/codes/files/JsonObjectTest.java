package io.github.linfhash.codes.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.InvalidFileException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
    private static JsonObject read(String text) throws InvalidFileException {
        return JsonObject.of("x.json", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsAllKindsOfValues() throws InvalidFileException {
        JsonObject object = read(" {\"a\": \"q\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\u00e9\", \"b\" : -1.5e2,\"c\":[ 1 ,2],"
                + " \"d\": {\"e\": 7, \"f\": true, \"g\": false, \"h\": null, \"i\": [], \"j\": {}}}\n");
        assertThat(object.names()).containsExactly("a", "b", "c", "d");
        assertThat(object.text("a")).isEqualTo("q\"\\/\b\f\n\r\t\u00e9\u00e9");
        assertThat(object.number("b", -200, 0)).isEqualTo(-150);
        assertThat(object.object("d").count("e", 0, 9)).isEqualTo(7);
        assertThat(object.object("d").has("h")).isFalse();
        assertThat(object.object("d").has("f")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\": 01}",
                "{\"a\": 1.}",
                "{\"a\": .5}",
                "{\"a\": +1}",
                "{\"a\": 1,}",
                "{a: 1}",
                "{\"a\": \"\\x\"}",
                "{\"a\": \"\\u12g4\"}",
                "{\"a\": \"\\u\uff11\uff11\uff11\uff11\"}",
                "{\"a\": \"\n\"}",
                "{\"a\": \"",
                "{\"a\": tru}",
                "{\"a\": NaN}",
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": [1 2]}",
                "{'a': 1}",
                "\ufeff{}"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith("x.json is no JSON: expected ");
    }

    @Test
    void deepObjectsAreRefused() {
        assertThatThrownBy(() -> read("{\"a\":".repeat(5000)))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("at most 32");
    }

    @Test
    void valuesOfAnotherKindAreRefused() throws InvalidFileException {
        JsonObject object = read("{\"a\": 1.5, \"b\": \"x\"}");
        assertThatThrownBy(() -> object.count("a", 0, 9))
                .hasMessage("x.json, a: expected a whole number from 0 to 9, found '1.5'");
        assertThatThrownBy(() -> object.text("c")).hasMessage("x.json, c: expected a text, found none");
        assertThatThrownBy(() -> object.oneOf("b", List.of("y", "z")))
                .hasMessage("x.json, b: expected one of y, z, found 'x'");
    }
}
