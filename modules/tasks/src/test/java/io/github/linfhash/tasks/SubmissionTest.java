package io.github.linfhash.tasks;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.results.schema.SubmissionCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reader and the published schema agree on what submission.yaml may contain. */
class SubmissionTest {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));
    private static final String RIGHT = """
            schema: linfhash-submission/1
            name: my-method
            authors: [Ada Lovelace, 王小明]
            code: https://example.org/a/b?c=d#e
            license: MIT
            """;

    @TempDir
    Path folder;

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(HOME.resolve("docs/schemas/linfhash-submission-1.schema.json")));
    }

    private SubmissionCard read(String yaml) throws IOException {
        return StrictReader.readTexts(Files.writeString(folder.resolve("submission.yaml"), yaml), SubmissionCard.class);
    }

    private static boolean isRightBySchema(String yaml) throws IOException {
        return schema().validate(yaml, InputFormat.YAML).isEmpty();
    }

    static Stream<String> right() throws IOException {
        List<String> more = List.of(
                "",
                "title: " + "x".repeat(100) + "\n",
                "title: \"\\U0001F600 of one character\"\n",
                "task: " + "0123456789abcdef".repeat(4) + "\n",
                "seconds: {train: 0, encode: 1.0e+9}\n",
                "seconds: {}\n",
                "seconds:\n",
                "environment: 2 cores, NumPy 2.2\nlearnedFrom: ImageNet-1k\nremarks: \"a: b.\"\n",
                "remarks: " + "y".repeat(1000) + "\n");
        Path examples = HOME.resolve("examples/submissions");
        return Stream.concat(
                more.stream().map(lines -> RIGHT + lines),
                Stream.of(
                        Files.readString(examples.resolve("itq/submission.yaml")),
                        Files.readString(examples.resolve("class-codes/submission.yaml"))));
    }

    @ParameterizedTest
    @MethodSource("right")
    void bothTakeWhatIsRight(String yaml) throws IOException {
        assertThat(read(yaml).schema()).isEqualTo(SubmissionCard.SCHEMA);
        assertThat(schema().validate(yaml, InputFormat.YAML)).isEmpty();
    }

    static Stream<String> wrong() {
        Stream<String> replaced = Stream.of(
                        List.of("linfhash-submission/1", "linfhash-submission/2"),
                        List.of("name: my-method", "name: My-method"),
                        List.of("name: my-method", "name: ../../escape"),
                        List.of("name: my-method", "name: a/b"),
                        List.of("name: my-method", "name: " + "a".repeat(41)),
                        List.of("name: my-method", "name: 7"),
                        List.of("name: my-method\n", ""),
                        List.of("name: my-method", "name: [my-method]"),
                        List.of("[Ada Lovelace, 王小明]", "[]"),
                        List.of("[Ada Lovelace, 王小明]", "Ada Lovelace"),
                        List.of("[Ada Lovelace, 王小明]", "[\"Ada\\nLovelace\"]"),
                        List.of("[Ada Lovelace, 王小明]", "[\"Ada \\u202eLovelace\"]"),
                        List.of("[Ada Lovelace, 王小明]", "[\" Ada\"]"),
                        List.of("[Ada Lovelace, 王小明]", "[\"\"]"),
                        List.of("[Ada Lovelace, 王小明]", "[" + "x, ".repeat(50) + "x]"),
                        List.of("[Ada Lovelace, 王小明]", "[" + "x".repeat(101) + "]"),
                        List.of("https://example.org/a/b?c=d#e", "ftp://example.org"),
                        List.of("https://example.org/a/b?c=d#e", "javascript:alert(1)"),
                        List.of("https://example.org/a/b?c=d#e", "https://me:pass@example.org/"),
                        List.of("https://example.org/a/b?c=d#e", "\"https://example.org/a b\""),
                        List.of("https://example.org/a/b?c=d#e", "https://example.org/" + "x".repeat(290)),
                        List.of("https://example.org/a/b?c=d#e", "\"https://example.org/\\\"><script>\""),
                        List.of("license: MIT", "license: 2"),
                        List.of("license: MIT", "license: true"),
                        List.of("license: MIT", "license:"),
                        List.of("license: MIT", "licens: MIT"))
                .map(pair -> RIGHT.replace(pair.get(0), pair.get(1)));
        Stream<String> more = Stream.of(
                        "title: " + "x".repeat(101),
                        "task: 0123",
                        "task: " + "0123456789ABCDEF".repeat(4),
                        "seconds: {train: -1}",
                        "seconds: {train: 1.0e+10}",
                        "seconds: {train: fast}",
                        "seconds: {both: 1}",
                        "seconds: 5",
                        "remarks: " + "y".repeat(1001),
                        "remarks: [a, b]",
                        "mean: 0.9")
                .map(line -> RIGHT + line + "\n");
        return Stream.concat(replaced, more);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void bothRefuseWhatIsWrong(String yaml) throws IOException {
        assertThat(yaml).isNotEqualTo(RIGHT);
        assertThat(isRightBySchema(yaml)).isFalse();
        assertBadInput(() -> read(yaml)).message().contains("submission.yaml").doesNotContain("\n", "jackson", "null");
    }

    /** Files of YAML that no schema sees, as no parser should take them for values. */
    @Test
    void yamlThatIsNoneIsRefused() {
        List<String> others = List.of(
                RIGHT + "name: another\n",
                RIGHT + "--- \nschema: linfhash-submission/1\n",
                RIGHT.replace("MIT", "!!javax.script.ScriptEngineManager [x]"),
                "",
                "[".repeat(10_000));
        for (String yaml : others) {
            assertThatThrownBy(() -> read(yaml)).as(yaml).isInstanceOf(InputException.class);
        }
    }
}
