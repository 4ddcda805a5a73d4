package io.github.linfhash.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputOracleTest {
    private static final byte[] INPUT = "input".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path work;

    private String feed(FuzzTarget.FileReader reader) {
        return String.valueOf(InputOracle.feed(FuzzTarget.ofFile("it", "f", reader, Map::of), work, INPUT));
    }

    @Test
    void aReaderAcceptsOrRefuses() throws IOException {
        assertThat(feed(file -> assertThat(file).hasBinaryContent(INPUT))).isEqualTo("null");
        assertThat(feed(file -> {
                    throw new InputException("f: expected a, found b");
                }))
                .isEqualTo("f: expected a, found b");
        FuzzTarget folders = new FuzzTarget(
                "it",
                (folder, input) -> Files.write(
                        Files.createDirectories(folder.resolve("a/b")).resolve("f"), input),
                Map::of);
        assertThat(InputOracle.feed(folders, work, INPUT)).isNull();
        try (Stream<Path> left = Files.walk(work)) {
            assertThat(left).containsExactly(work, work.resolve("input"));
        }
    }

    @Test
    void anyOtherExceptionIsAFinding() {
        assertThatThrownBy(() -> feed(file -> {
                    throw new IllegalStateException("oh");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> feed(file -> {
                    throw new IOException("oh");
                }))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f is wrong.",
                "f, a: Cannot invoke \"A.b()\" because \"c\" is null",
                "f, a: Cannot invoke \"A.b()\" because the return value of \"A.c()\" is null",
                "f, a: expected b, found 'but could if coercion was enabled using `CoercionConfig`'",
                "f, a: expected b, found 'token `JsonToken.VALUE_TRUE`'",
            })
    void aMessageThatIsNoSentenceOfOursIsAFinding(String message) {
        assertThatThrownBy(() -> feed(file -> {
                    throw new InputException(message);
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no plain sentence");
    }

    @Test
    void wordsOfTheInputMayBeQuoted() {
        byte[] input = "a: `B.C`".getBytes(StandardCharsets.US_ASCII);
        FuzzTarget target = FuzzTarget.ofFile(
                "it",
                "f",
                file -> {
                    throw new InputException("f: expected a, found '" + Files.readString(file) + "'");
                },
                Map::of);
        assertThat(InputOracle.feed(target, work, input)).isEqualTo("f: expected a, found 'a: `B.C`'");
    }

    @Test
    void askingForMuchMoreMemoryThanTheInputHasIsAFinding() {
        assertThatThrownBy(() -> feed(file -> assertThat(new byte[100 << 20]).isNotNull()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("5 bytes of input made the reader ask for");
    }

    @Test
    void partsAreSplitAsTheyWereJoined() {
        byte[] joined = Parts.join("a\n--8<-", "", "c");
        assertThat(Parts.split(joined, 3))
                .extracting(part -> new String(part, StandardCharsets.US_ASCII))
                .containsExactly("a\n--8<-", "", "c");
        assertThat(Parts.split(joined, 2))
                .extracting(part -> new String(part, StandardCharsets.US_ASCII))
                .containsExactly("a\n--8<-", "\n--8<--\nc");
        assertThat(Parts.split(INPUT, 3)).hasSize(3);
        List<byte[]> cut = Parts.split(Arrays.copyOf(joined, 10), 2);
        assertThat(cut).extracting(part -> part.length).containsExactly(10, 0);
    }
}
