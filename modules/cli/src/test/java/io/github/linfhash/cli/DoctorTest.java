package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DoctorTest extends ProgramOnTinyHome {
    private Path results() {
        Path folder = root.resolve("out");
        assertThat(run("run", "--protocol", "tiny", "--quick", "--methods", "ksh", "--out", folder.toString()))
                .as(err.toString())
                .isZero();
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return folder.resolve("results.json");
    }

    @Test
    void showsWhatTheProgramRunsOn() throws IOException {
        assertThat(run("doctor", "--format", "json")).as(err.toString()).isZero();
        JsonNode tables = new JsonMapper().readTree(out.toString());
        assertThat(value(tables, "arithmetic", "backend")).contains("ND4J");
        assertThat(value(tables, "arithmetic", "BLAS kernel")).matches("\\w+|not reported by this BLAS");
        // What the tests are started with.
        assertThat(value(tables, "arithmetic", "OMP threads")).isEqualTo("1");
        assertThat(value(tables, "memory", "outside the heap")).startsWith("3072 MiB");
        assertThat(value(tables, "folders", "cache"))
                .startsWith(root.resolve("cache").toString());
        assertThat(value(tables, "data sets", "stripes"))
                .isEqualTo(root.resolve("datasets").resolve("stripes").toString());
        assertThat(tables.get("to change").isArray()).isTrue();
    }

    private static String value(JsonNode tables, String part, String what) {
        for (JsonNode row : tables.get(part)) {
            if (row.get("what").asText().equals(what)) {
                return row.get("value").asText();
            }
        }
        throw new AssertionError(part + " has no " + what);
    }

    @Test
    void comparesWithTheEnvironmentOfResults() throws IOException {
        Path file = results();
        assertThat(run("doctor", "--results", file.toString()))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);
        assertThat(err.toString()).contains("The same command gives the same results here.");
        String text = Files.readString(file);
        Files.writeString(
                file,
                text.replaceFirst("\"cpu\": \"[^\"]*\"", "\"cpu\": \"Z80\"")
                        .replaceFirst("\"cores\": \\d+", "\"cores\": 999"));
        assertThat(run("doctor", "--results", file.toString(), "--format", "csv"))
                .isEqualTo(ExitCodes.FOUND);
        assertThat(err.toString()).contains("Results may differ here, by their cpu.");
        assertThat(out.toString()).contains("cpu,Z80,").contains("does not matter: every run");
        Files.writeString(file, text.substring(0, text.length() / 2));
        assertThat(run("doctor", "--results", file.toString())).isEqualTo(ExitCodes.BAD_INPUT);
    }
}
