package io.github.linfhash.io.binding;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.testing.InputErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictReaderTest {
    @TempDir
    Path folder;

    record Sample(String name, int count, List<String> words) {
        Sample {
            if (count < 0) {
                throw new IllegalArgumentException("expected a count of at least 0, found " + count);
            }
        }
    }

    enum Color {
        DARK_RED,
        BLUE
    }

    record Inner(int size) {}

    record Required(
            String text,
            Color color,
            Inner group,
            int count,
            Double number,
            Object any,
            List<String> words,
            List<Integer> counts,
            Map<String, Object> options,
            Map<String, Map<String, Inner>> nested,
            @Nullable Color spare,
            @Nullable List<String> more) {}

    private static final String COMPLETE = """
            text: a
            color: blue
            group: {size: 1}
            count: 1
            number: 0.5
            any: 1
            words: [a, b]
            counts: [1, 2]
            options: {x: 1}
            nested: {a: {b: {size: 1}}}
            more: [c]
            """;

    private Path yaml(String text) throws IOException {
        return Files.writeString(folder.resolve("sample.yaml"), text);
    }

    private void refused(Class<? extends Record> type, String text, String... parts) throws IOException {
        Path file = yaml(text);
        InputErrors.assertOneSentence(() -> StrictReader.read(file, type), parts);
    }

    @Test
    void readsARecord() throws IOException {
        Sample sample = StrictReader.read(yaml("name: a\ncount: 3\nwords: [x, y]\n"), Sample.class);
        assertThat(sample).isEqualTo(new Sample("a", 3, List.of("x", "y")));
    }

    @Test
    void refusesAnUnknownKeyAndSaysWhichAreKnown() throws IOException {
        refused(
                Sample.class,
                "name: a\ncuont: 3\ncount: 3\nwords: []\n",
                "sample.yaml",
                "'cuont'",
                "expected one of count, name, words");
    }

    @Test
    void aMisspeltKeyIsNamedBeforeTheOneThatItWasToBe() throws IOException {
        record Outer(int first, Sample sample, int last) {}
        Path file = yaml("""
                first: 1
                sample:
                  name: a
                  cuont: 3
                  words: []
                last: 2
                """);
        assertBadInput(() -> StrictReader.read(file, Outer.class))
                .hasMessage(file + ", line 4, sample.cuont: unknown key: expected one of count, name, words, found"
                        + " 'cuont' (did you mean 'count'?)");
        InputErrors.assertOneSentence(
                () -> StrictReader.convert("options", Map.of("name", "a", "cuont", 1), Sample.class),
                "options",
                "found 'cuont' (did you mean 'count'?)");
    }

    @Test
    void passesOnWhatARecordSaysAboutItsValues() throws IOException {
        refused(
                Sample.class,
                "name: a\ncount: -1\nwords: []\n",
                "sample.yaml",
                "expected a count of at least 0, found -1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: a\nname: b\n",
                "count: 1.5\n",
                "count: many\n",
                "count: ~\n",
                "count: 3\n---\ncount: 4\n",
                "- 1\n",
                "name: [a\n",
                "count: 99999999999\n",
                "!!java.lang.Runtime {}\n",
            })
    void refusesEverythingElseNamingTheFile(String text) throws IOException {
        Path file = yaml(text);
        InputErrors.assertOneSentence(() -> StrictReader.read(file, Sample.class), file.toString());
    }

    @Test
    void saysWhichValueIsMissingOrOfAnotherType() throws IOException {
        refused(Sample.class, "name: a\n", "expected the key 'count'");
        refused(Sample.class, "count: 3\nwords: [a, [b]]\n", "words[1]: expected a text, found a list");
        Path group = yaml("name: {a: b}\n");
        InputErrors.assertOneSentence(
                () -> StrictReader.read(group, Sample.class), "name: expected a text, found a group of keys");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        text: a                     | text: ~                     | text: expected a text, found nothing
        text: a                     | text: null                  | text: expected a text, found nothing
        text: a                     | text:                       | text: expected a text, found nothing
        color: blue                | color: ~                   | color: expected one of dark-red, blue, found nothing
        color: blue                | color:                     | color: expected one of dark-red, blue, found nothing
        color: blue                | color: ""                  | color: expected one of dark-red, blue, found nothing
        color: blue                | color: "  "                | color: expected one of dark-red, blue, found nothing
        group: {size: 1}            | group:                      | group: expected a group of keys, found nothing
        group: {size: 1}            | group: ""                   | group: expected a group of keys, found nothing
        group: {size: 1}            | group: ~                    | group: expected a group of keys, found nothing
        group: {size: 1}            | group: {size: ~}            | group.size: expected a whole number, found nothing
        count: 1                    | count: ~                    | count: expected a whole number, found nothing
        count: 1                    | count:                      | count: expected a whole number, found nothing
        count: 1                    | count: ""                   | count: expected a whole number, found nothing
        number: 0.5                 | number: ""                  | number: expected a number, found nothing
        number: 0.5                 | number: ~                   | number: expected a number, found nothing
        any: 1                      | any: ~                      | any: expected a value, found nothing
        words: [a, b]               | words: ~                    | words: expected a list, found nothing
        words: [a, b]               | words:                      | words: expected a list, found nothing
        words: [a, b]               | words: ""                   | words: expected a list, found nothing
        words: [a, b]               | words: [a, ~]               | words[1]: expected a text, found nothing
        counts: [1, 2]              | counts: [1, ~]              | counts[1]: expected a whole number, found nothing
        options: {x: 1}             | options: ~                  | options: expected a group of keys, found nothing
        options: {x: 1}             | options: {x: ~}             | options.x: expected a value, found nothing
        nested: {a: {b: {size: 1}}} | nested: {a: ~}              | nested.a: expected a group of keys, found nothing
        nested: {a: {b: {size: 1}}} | nested: {a: {b: ~}}         | nested.a.b: expected a value, found nothing
        nested: {a: {b: {size: 1}}} | nested: {a: {b: {size: ~}}} | nested.a.b.size: expected a whole number, found nothing
        more: [c]                   | more: [c, ~]                | more[1]: expected a text, found nothing
        """)
    void refusesNothingWhereAValueIsRequired(String right, String wrong, String sentence) throws IOException {
        refused(Required.class, COMPLETE.replace(right + "\n", wrong + "\n"), "sample.yaml, line ", ", " + sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        count: 1         | count: "3"               | count: expected a whole number, found '3'
        count: 1         | count: '(a) "b" value (' | count: expected a whole number, found '(a) "b" value ('
        count: 1         | count: 1.5               | count: expected a whole number, found '1.5'
        count: 1         | count: true              | count: expected a whole number, found true
        count: 1         | count: [1]               | count: expected a whole number, found a list
        count: 1         | count: "null"            | count: expected a whole number, found 'null'
        number: 0.5      | number: "0.5"            | number: expected a number, found '0.5'
        number: 0.5      | number: {a: 1}           | number: expected a number, found a group of keys
        counts: [1, 2]   | counts: [1, "a"]         | counts[1]: expected a whole number, found 'a'
        text: a          | text: [a]                | text: expected a text, found a list
        color: blue     | color: "(red)"          | color: expected one of dark-red, blue, found '(red)'
        color: blue     | color: 3                | color: expected one of dark-red, blue, found '3'
        color: blue     | color: "1"              | color: expected one of dark-red, blue, found '1'
        color: blue     | color: 0.5              | color: expected one of dark-red, blue, found a number
        color: blue     | color: false            | color: expected one of dark-red, blue, found false
        group: {size: 1} | group: "it's (a)"        | group: expected a group of keys, found 'it's (a)'
        group: {size: 1} | group: 3                 | group: expected a group of keys, found '3'
        group: {size: 1} | group: true              | group: expected a group of keys, found 'true'
        words: [a, b]    | words: a                 | words: expected a list, found 'a'
        words: [a, b]    | words: 3                 | words: expected a list, found a number
        words: [a, b]    | words: {a: b}            | words: expected a list, found a group of keys
        options: {x: 1}  | options: a               | options: expected a group of keys, found 'a'
        options: {x: 1}  | options: [a]             | options: expected a group of keys, found a list
        """)
    void saysWhatWasFoundInPlaceOfAValue(String right, String wrong, String sentence) throws IOException {
        Path file = yaml(COMPLETE.replace(right + "\n", wrong + "\n"));
        assertBadInput(() -> StrictReader.read(file, Required.class))
                .hasMessageMatching(".*sample.yaml, line \\d+, " + Pattern.quote(sentence));
    }

    @Test
    void whatMayBeLeftOutMayBeNothing() throws IOException {
        Required read = StrictReader.read(yaml(COMPLETE.replace("more: [c]", "more: ~\nspare: null")), Required.class);
        assertThat(read.spare()).isNull();
        assertThat(read.more()).isNull();
        assertThat(StrictReader.read(yaml(COMPLETE), Required.class).more()).containsExactly("c");
    }

    @Test
    void aKeyWithoutAValueIsNullAndQuotationMarksAreAText() throws IOException {
        String text = COMPLETE.replace("more: [c]", "more:\nspare:").replace("text: a", "text: \"\"");
        Required read = StrictReader.read(yaml(text), Required.class);
        assertThat(read.spare()).isNull();
        assertThat(read.more()).isNull();
        assertThat(read.text()).isEmpty();
    }

    @Test
    void refusesNullInJsonAndInConvertedValues() {
        byte[] json = "{\"name\": null, \"count\": 1, \"words\": []}".getBytes(StandardCharsets.UTF_8);
        InputErrors.assertOneSentence(
                () -> StrictReader.readJson("the card", json, Sample.class),
                "the card, line 1, name: expected a text, found nothing");
        Map<String, Object> values = new HashMap<>(Map.of("count", 1, "words", List.of()));
        values.put("name", null);
        InputErrors.assertOneSentence(
                () -> StrictReader.convert("method x", values, Sample.class),
                "method x, name: expected a text, found nothing");
    }

    @Test
    void saysInWhichLineTheYamlIsMalformed() throws IOException {
        refused(Sample.class, "name: a\nwords: 'b\ncount: 3\n", "sample.yaml, line ", "YAML");
    }

    @Test
    void saysWhereAJsonIsCutShort() {
        byte[] cut = "{\"name\": \"a\",\n".getBytes(StandardCharsets.UTF_8);
        InputErrors.assertOneSentence(
                () -> StrictReader.readJson("the card", cut, Sample.class),
                "the card, line 2: expected well-formed JSON");
        InputErrors.assertOneSentence(
                () -> StrictReader.readJson("the card", new byte[] {'{'}, Sample.class),
                "(start marker at line 1, column 1)");
    }

    /** The parser's message stays a sentence: its own names of switches, classes and sources are left out. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"words": ["a"                          | expected close marker for Array (start marker at line 1, column 11)
            {"words": [[[[[[[[[[[[[[[[[[[[[[[[[]]]]] | expected a text, found a list
            {"count": 1, "count": 2}                | Duplicate field 'count'
            {"count": NaN}                          | Non-standard token 'NaN'
            {"count": tru}                          | Unrecognized token 'tru': was expecting
            {/* */ "count": 1}                      | maybe a (non-standard) comment?
            {\u0001"count": 1}                      | only regular white space
            {"name": "a", "count": 1, "words": []}1 | expected the end of the JSON, found more
            {"name": 5, "count": 1, "words": []}    | name: expected a text, found a number
            {"name": " ", "count": 1, "words": []}  | name: expected a text, found nothing
            """)
    void whatAParserOfJsonSaysBecomesASentence(String json, String sentence) {
        assertBadInput(() -> StrictReader.readJson("the card", json.getBytes(StandardCharsets.UTF_8), Sample.class))
                .hasMessageStartingWith("the card, line 1")
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("\n", "`", "[Source", "Feature", "REDACTED");
    }

    @Test
    void nestingInJsonHasALimit() {
        record Any(Object value) {}
        byte[] deep = ("{\"value\": " + "[".repeat(30) + "]".repeat(30) + "}").getBytes(StandardCharsets.UTF_8);
        InputErrors.assertOneSentence(
                () -> StrictReader.readJson("the card", deep, Any.class),
                "found: Document nesting depth (21) exceeds the maximum allowed (20)");
    }

    @Test
    void aQuotationMarkThatIsNotClosedIsShownInOneLine() throws IOException {
        refused(Sample.class, "name: a\nwords: 'b\n", "while scanning a quoted scalar in line 2, column 8");
    }

    @Test
    void aRepeatedKeyIsNoWellFormedYaml() throws IOException {
        refused(Sample.class, "name: a\nname: b\n", "line 2", "well-formed YAML, found: Duplicate field 'name'");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Path file = yaml("");
        InputErrors.assertOneSentence(() -> StrictReader.read(file, Sample.class), file.toString());
    }

    @Test
    void refusesAHugeFile() throws IOException {
        refused(Sample.class, "#".repeat(2_000_000), "sample.yaml", "1048576 bytes");
    }

    @Test
    void aTextIsNoNumberWhereItHasToBeOne() throws IOException {
        Path file = Files.writeString(folder.resolve("f.yaml"), "name: 2\ncount: 1\nwords: [a, \"3\"]\n");
        assertThat(StrictReader.read(file, Sample.class).name()).isEqualTo("2");
        assertBadInput(() -> StrictReader.readTexts(file, Sample.class))
                .hasMessage(file + ", line 1, name: expected a text, found a number");
        Files.writeString(file, "name: \"2\"\ncount: 1\nwords: [a, true]\n");
        assertBadInput(() -> StrictReader.readTexts(file, Sample.class))
                .hasMessage(file + ", line 3, words[1]: expected a text, found true");
        Files.writeString(file, "name: \"2\"\ncount: 1\nwords: [a, \"3\"]\n");
        assertThat(StrictReader.readTexts(file, Sample.class).words()).containsExactly("a", "3");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aKeyOfAnyLengthThatIsThereTwiceIsRefused() throws IOException {
        record Keys(Map<String, Integer> keys) {}
        String key = "  ? \"a" + " ".repeat(300_000) + "b\"\n  : 1\n";
        Path file = yaml("keys:\n" + key + key);
        assertBadInput(() -> StrictReader.read(file, Keys.class))
                .hasMessageContaining("line 4, keys: expected well-formed YAML, found: Duplicate field 'a");
    }

    record Faulty(String name) {
        Faulty {
            throw new StackOverflowError();
        }
    }

    @Test
    void anErrorOfTheProgramIsNotToldAsOneOfTheFile() throws IOException {
        Path file = yaml("name: a\n");
        assertThatThrownBy(() -> StrictReader.read(file, Faulty.class)).isInstanceOf(StackOverflowError.class);
    }

    record Numbers(List<Double> values, float narrow) {}

    static Stream<Arguments> notFinite() {
        return Stream.of(
                Arguments.of(Map.of("a", List.of(1, Map.of("b", Double.NaN))), "found NaN in /a/1/b"),
                Arguments.of(Map.of("a", Double.POSITIVE_INFINITY), "found Infinity in /a"),
                Arguments.of(new Numbers(List.of(0.5, Double.NEGATIVE_INFINITY), 0), "found -Infinity in /values"),
                Arguments.of(new Numbers(List.of(), Float.NaN), "found NaN in /narrow"),
                Arguments.of(Map.of("array", new double[] {0, Double.NaN}), "found NaN in /array"),
                Arguments.of(JsonNodeFactory.instance.objectNode().put("mean", Double.NaN), "found NaN in /mean"),
                Arguments.of(JsonNodeFactory.instance.objectNode().put("mean", Float.NaN), "found NaN in /mean"));
    }

    /** RFC 8259 has no such numbers; Jackson would write "NaN" as a text. */
    @ParameterizedTest
    @MethodSource
    void notFinite(Object value, String message) {
        List<Function<Object, String>> writers =
                List.of(StrictReader::toJson, StrictReader::toJsonFile, StrictReader::toJsonLine);
        assertThat(writers)
                .allSatisfy(writer -> assertThatThrownBy(() -> writer.apply(value))
                        .isInstanceOf(NonFiniteException.class)
                        .hasMessageStartingWith("JSON: expected finite numbers, found ")
                        .hasMessageContaining(message));
    }
}
