package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.NeededProgram;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class NeededProgramTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int ask(String words) {
        CommandLine program = Main.commandLine()
                .setExecutionStrategy(new NeededProgram())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        return program.execute(words.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --protocol clinc150-minilm --quick",
                "tune --protocol=banking77-e5 --methods itq",
                "task create --protocol clinc150-bge --out task",
                "split --protocol cifar10-mobilenet --seed 0 --out split"
            })
    void protocolsOfTextsAndNetworksNeedEmbeddings(String words) {
        assertThat(ask(words)).isEqualTo(ExitCodes.OTHER_PROGRAM);
        assertThat(out.toString().trim()).isEqualTo("embeddings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --quick", "run --protocol fashion-mnist --out clinc150-minilm", "list methods"})
    void theBaseHasTheOthers(String words) {
        assertThat(ask(words)).isZero();
        assertThat(out.toString()).isEmpty();
    }

    /** The launcher starts the command then, which says this again. */
    @ParameterizedTest
    @ValueSource(strings = {"run --protocol none-of-these", "run --protokoll clinc150-minilm"})
    void aWrongCommandNeedsNoOtherProgram(String words) {
        assertThat(ask(words)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("linfhash: ");
    }
}
