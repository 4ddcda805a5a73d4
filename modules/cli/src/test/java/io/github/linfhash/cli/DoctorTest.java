package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DoctorTest extends ProgramOnTinyHome {
    @Test
    void showsWhatTheProgramRunsOn() throws IOException {
        succeed("doctor --format json");
        JsonNode tables = new JsonMapper().readTree(out.toString());
        assertThat(value(tables, "arithmetic", "backend")).contains("ND4J");
        assertThat(value(tables, "arithmetic", "BLAS kernel")).matches("\\w+|not reported by this BLAS");
        // What the tests are started with.
        assertThat(value(tables, "arithmetic", "OMP threads")).isEqualTo("1");
        assertThat(value(tables, "memory", "outside the heap")).startsWith("3072 MiB");
        assertThat(value(tables, "program", "java")).contains(System.getProperty("java.version"));
        assertThat(value(tables, "devices", "cpu")).isEqualTo("can be used");
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
}
