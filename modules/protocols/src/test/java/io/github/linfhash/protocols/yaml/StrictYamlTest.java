package io.github.linfhash.protocols.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.protocols.input.InputErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictYamlTest {
    @TempDir
    Path folder;

    record Sample(String name, int count, List<String> words) {
        Sample {
            if (count < 0) {
                throw new IllegalArgumentException("expected a count of at least 0, found " + count);
            }
        }
    }

    private Path yaml(String text) throws IOException {
        return Files.writeString(folder.resolve("sample.yaml"), text);
    }

    @Test
    void readsARecord() throws IOException {
        Sample sample = StrictYaml.read(yaml("name: a\ncount: 3\nwords: [x, y]\n"), Sample.class);
        assertThat(sample).isEqualTo(new Sample("a", 3, List.of("x", "y")));
    }

    @Test
    void refusesAnUnknownKeyAndSaysWhichAreKnown() throws IOException {
        Path file = yaml("name: a\ncuont: 3\ncount: 3\nwords: []\n");
        InputErrors.assertOneSentence(
                () -> StrictYaml.read(file, Sample.class),
                "sample.yaml",
                "'cuont'",
                "expected one of count, name, words");
    }

    @Test
    void passesOnWhatARecordSaysAboutItsValues() throws IOException {
        Path file = yaml("name: a\ncount: -1\nwords: []\n");
        InputErrors.assertOneSentence(
                () -> StrictYaml.read(file, Sample.class), "sample.yaml", "expected a count of at least 0, found -1");
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
        InputErrors.assertOneSentence(() -> StrictYaml.read(file, Sample.class), file.toString());
    }

    @Test
    void saysWhichValueIsMissingOrOfAnotherType() throws IOException {
        Path missing = yaml("name: a\n");
        InputErrors.assertOneSentence(() -> StrictYaml.read(missing, Sample.class), "expected the key 'count'");
        Path wrong = yaml("count: 3\nwords: [a, [b]]\n");
        InputErrors.assertOneSentence(
                () -> StrictYaml.read(wrong, Sample.class), "words[1]: expected a text, found a list");
        Path group = yaml("name: {a: b}\n");
        InputErrors.assertOneSentence(
                () -> StrictYaml.read(group, Sample.class), "name: expected a text, found a group of keys");
    }

    @Test
    void saysInWhichLineTheYamlIsMalformed() throws IOException {
        Path file = yaml("name: a\nwords: 'b\ncount: 3\n");
        InputErrors.assertOneSentence(() -> StrictYaml.read(file, Sample.class), "sample.yaml, line ", "YAML");
    }

    @Test
    void saysWhereAJsonIsCutShort() {
        byte[] cut = "{\"name\": \"a\",\n".getBytes(StandardCharsets.UTF_8);
        InputErrors.assertOneSentence(
                () -> StrictYaml.readJson("the card", cut, Sample.class),
                "the card, line 2: expected well-formed JSON");
        InputErrors.assertOneSentence(
                () -> StrictYaml.readJson("the card", new byte[] {'{'}, Sample.class),
                "(start marker at line 1, column 1)");
    }

    @Test
    void aRepeatedKeyIsNoWellFormedYaml() throws IOException {
        Path file = yaml("name: a\nname: b\n");
        InputErrors.assertOneSentence(
                () -> StrictYaml.read(file, Sample.class), "line 2", "well-formed YAML, found: Duplicate field 'name'");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Path file = yaml("");
        InputErrors.assertOneSentence(() -> StrictYaml.read(file, Sample.class), file.toString());
    }

    @Test
    void refusesAHugeFile() throws IOException {
        Path file = yaml("#".repeat(2_000_000));
        InputErrors.assertOneSentence(() -> StrictYaml.read(file, Sample.class), "sample.yaml", "1048576 bytes");
    }
}
