package io.github.linfhash.engines.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.engines.cli.EnginesMain;
import io.github.linfhash.testing.ProgramInFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The template of docs/engines.md, and scripts with faults; skipped without a Python that has NumPy. */
class TemplateTest extends ProgramInFolder {
    private static final Path DOCS = Path.of(System.getProperty("linfhash.home"), "docs", "engines.md");
    private static final Pattern BLOCK = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

    @Override
    protected CommandLine program() {
        return EnginesMain.commandLine();
    }

    @BeforeEach
    void requireNumPy() throws Exception {
        String python = Objects.requireNonNullElse(System.getenv(PythonCommand.VARIABLE), "python3");
        boolean found;
        try {
            found = new ProcessBuilder(python, "-c", "import numpy").start().waitFor() == 0;
        } catch (IOException e) {
            found = false;
        }
        assumeTrue(found, "expected a Python with NumPy");
    }

    @Test
    void theTemplatePassesTheSelfTest() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(DOCS));
        while (block.find()) {
            if (block.group(1).contains("\nrun(")) {
                Files.writeString(root.resolve("mine.py"), block.group(1));
                assertThat(succeed("measure --engine F/mine.py --selftest").lines())
                        .hasSizeGreaterThan(10)
                        .allMatch(line -> line.startsWith("ok    "));
                return;
            }
        }
        throw new AssertionError("no template that runs in " + DOCS);
    }

    @Test
    void aModuleThatIsMissingIsNamedWithAdvice() throws IOException {
        Files.writeString(root.resolve("mine.py"), "import no_such_module\n");
        assertThat(badInput("measure --engine F/mine.py --selftest"))
                .contains(
                        "ended in \"hello\" with exit code 1: ModuleNotFoundError: No module named 'no_such_module'."
                                + " Install the module for ",
                        ", or set LINFHASH_PYTHON to a Python that has it");
        assertThat(badInput("measure --engine F/none.py --selftest")).contains("found no file ");
    }
}
