package io.github.linfhash.engines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.testing.Filled;
import io.github.linfhash.testing.PostgresServer;
import io.github.linfhash.testing.ProgramInFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * {@code measure} with 0, 1, k - 1 and k rows, queries and groups, and with the fewest rows that it takes: it answers, or ends with one sentence, exit code 2
 * and nothing written.
 */
@EnabledIf(PostgresServer.INSTALLED)
class MeasureSmallInputsTest extends ProgramInFolder {
    private static final int K = 3;
    private static final int DIMENSION = 4;

    /** The fewest rows and queries that {@code measure} takes. */
    private static final int FEWEST = 200;

    private static final int FEWEST_QUERIES = 20;

    private static final PostgresServer server = PostgresServer.shared();

    @Override
    protected CommandLine program() {
        return EnginesMain.commandLine();
    }

    private void write(String name, int rows) throws IOException {
        UniformRandomProvider random = new RandomStreams(4).stream(name);
        float[] values = Filled.floats(rows * DIMENSION, i -> random.nextFloat() - 0.5f);
        NpyFile.write(root.resolve(name), NpyArray.ofFloats(values, rows, DIMENSION));
    }

    /** Returns whether a command answered, after it has been seen that it else refused its input properly. */
    private boolean answers(String options) throws IOException {
        String command = "measure --database %s --vectors F/x.npy --k 3 --types ivfflat-bit --target 0.5"
                + " --minutes 0.3 --format json --out F/out " + options;
        int code = call(command, server.url());
        assertThat(err.toString()).as(options).doesNotContain("Exception", "\tat ");
        if (code == 0) {
            assertThat(root.resolve("out/measure.json")).hasContent(out.toString());
            return true;
        }
        assertThat(code).as(options + ": " + err).isEqualTo(2);
        assertThat(err.toString()
                        .lines()
                        .filter(line -> line.startsWith("linfhash: "))
                        .toList())
                .singleElement()
                .satisfies(sentence -> assertThat(sentence).matches("linfhash: .*expected .*, found .*\\."));
        assertThat(out.toString()).isEmpty();
        assertThat(root.resolve("out/measure.json")).doesNotExist();
        return false;
    }

    static Stream<Arguments> rowsAndQueries() {
        return Stream.of(0, 1, K - 1, K, FEWEST - 1, FEWEST, FEWEST + K)
                .flatMap(rows -> Stream.of(0, 1, K - 1, K, FEWEST_QUERIES - 1, FEWEST_QUERIES)
                        .map(queries -> Arguments.of(rows, queries)));
    }

    @ParameterizedTest
    @MethodSource("rowsAndQueries")
    void fewRowsAndQueries(int rows, int queries) throws IOException {
        write("x.npy", rows);
        write("q.npy", queries);
        boolean answered = answers("--queries F/q.npy");
        assertThat(answered).as(err.toString()).isEqualTo(rows >= FEWEST && queries >= FEWEST_QUERIES);
        if (answered) {
            JsonNode vectors = new JsonMapper().readTree(out.toString()).get("vectors");
            assertThat(vectors.get("rows").asInt()).isEqualTo(rows);
        }
    }

    /** Groups of fewer rows than neighbors are not asked for. A sampled query is a row of its group that is not searched. */
    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "8"})
    void fewGroups(int rowsOfGroup) throws IOException {
        int rows = 2 * FEWEST;
        write("x.npy", rows);
        String[] groups = new String[rows];
        Arrays.setAll(groups, i -> rowsOfGroup == 0 ? "all" : "group " + i / rowsOfGroup);
        Files.write(root.resolve("groups.txt"), List.of(groups));
        assertThat(answers("--filter-values F/groups.txt"))
                .as(err.toString())
                .isEqualTo(rowsOfGroup == 0 || rowsOfGroup > 2 * K);
        Files.write(root.resolve("groups.txt"), Collections.nCopies(rowsOfGroup, "one"));
        deleteOut();
        assertThat(answers("--filter-values F/groups.txt")).isFalse();
    }

    private void deleteOut() throws IOException {
        Files.deleteIfExists(root.resolve("out/measure.json"));
    }
}
