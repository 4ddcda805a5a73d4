package io.github.linfhash.experiment.entries;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.experiment.entries.Program.ProcessFamily;
import io.github.linfhash.protocols.protocol.MethodEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that leave processes behind whose parents have ended. */
@EnabledOnOs(OS.LINUX)
class ProgramTest {
    /** Writes its number, and then runs for a minute. */
    private static final String ORPHAN = "sh -c 'echo $$ > pid.part; mv pid.part pid; sleep 60; true'";

    @TempDir
    Path folder;

    private void run(String script, double minutes, double gigabytes) throws IOException {
        new Program("the script", List.of("sh", "-c", script), folder, new MethodEntry.Limits(minutes, gigabytes))
                .run();
    }

    private boolean isOrphanRunning() throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        return ProcessHandle.of(pid).filter(ProcessFamily::isRunning).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "setsid ", "nohup "})
    void aProcessWhoseParentHasEndedIsEndedWithTheProgram(String by) throws IOException {
        run("( " + by + ORPHAN + " > /dev/null 2>&1 & ); until [ -e pid ]; do sleep 0.05; done", 1, 8);

        assertThat(isOrphanRunning()).isFalse();
    }

    @Test
    void itIsEndedWhereTheProgramTakesTooLong() throws IOException {
        assertBadInput(() -> run("( setsid " + ORPHAN + " & ); sleep 60", 0.05, 8))
                .hasMessageContaining("stopped because it exceeded its limit of 0.05 minutes");

        assertThat(folder.resolve("pid")).exists();
        assertThat(isOrphanRunning()).isFalse();
    }

    /** The last 300 million bytes of what never ends are kept in memory. */
    @Test
    void itsMemoryCounts() {
        assertBadInput(() ->
                        run("( setsid sh -c 'cat /dev/zero | tail -c 300000000' > /dev/null & ); sleep 60", 0.5, 0.1))
                .hasMessageContaining("stopped because it exceeded its limit of 0.1 gigabytes of memory");
    }

    @Test
    void processesOfOthersAreLeftAlone() throws IOException {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            run("true", 1, 8);
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }
}
