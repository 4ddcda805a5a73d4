package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EffortCommandTest extends ProgramOnTinyHome {
    private void write(String more) throws IOException {
        Path tiny = root.resolve("protocols/tiny.yaml");
        String text = Files.readString(tiny);
        int methods = text.indexOf("\nmethods:\n") + "\nmethods:\n".length();
        Files.writeString(
                root.resolve("protocols/effort.yaml"),
                (text.substring(0, methods) + more + text.substring(methods))
                        .replace("name: tiny\n", "name: effort\n"));
    }

    @Test
    void rowsOfDefaultsAreOfEqualEffort() throws IOException {
        write("  - name: sdh\n");
        assertThat(succeed("effort --protocol effort --format csv"))
                .contains("method,tuned,configurations,trainings", "sdh,defaults,0,0");
    }

    @Test
    void aRowOfUnknownEffortBesideOthersIsFound() throws IOException {
        write("  - name: sdh\n    options: {iterations: 4}\n    tunedBy: by hand\n");
        assertThat(call("effort --protocol effort --format csv")).isEqualTo(ExitCodes.FOUND);
        assertThat(out.toString()).contains("sdh,", "not known,not known");
        assertThat(err.toString()).contains("expected rows of equal effort", "went into sdh.");
    }

    @Test
    void anUnknownProtocolIsRefused() {
        assertThat(badInput("effort --protocol nothing")).contains("nothing");
    }
}
