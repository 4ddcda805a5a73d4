package io.github.linfhash.engines.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.engines.process.LuceneJava;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.NeededProgram;
import io.github.linfhash.testing.ProgramInFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Options with {@code --engine lucene} that are refused before Lucene is started. */
class MeasureLuceneOptionsTest extends ProgramInFolder {
    @Override
    protected CommandLine program() {
        return EnginesMain.commandLine();
    }

    @BeforeEach
    void write() throws IOException {
        FeatureArrays.write(root.resolve("x.npy"), FeatureMatrix.copyOf(new float[][] {{1, 2}, {2, 1}}));
    }

    @Test
    void optionsOfADatabaseAreRefused() {
        assertThat(badInput("measure --engine lucene --vectors F/x.npy --database postgresql://localhost/x"))
                .contains("--engine lucene: expected no --database without --table, as it searches none");
        assertThat(badInput("measure --engine lucene --clean"))
                .contains("--engine lucene: expected no --clean, as it leaves nothing in a database");
        assertThat(badInput("measure --engine lucene --table items"))
                .contains("--table requires --database: add its URL, such as postgresql://");
        assertThat(badInput("measure --engine pgvector --vectors F/x.npy"))
                .contains("--engine pgvector requires --database: add its URL");
    }

    @Test
    void enginesAndMetricsAreThoseThatThereAre() {
        assertThat(badInput("measure --engine qdrant --vectors F/x.npy"))
                .contains(
                        "--engine: expected pgvector, lucene, faiss, redis, sqlite-vec or the path of a script that ends in .py, found"
                                + " 'qdrant'");
        assertThat(badInput("measure --engine lucene --vectors F/x.npy --metrics distance-ratio,map"))
                .contains("--metrics: expected distance-ratio, found 'map'");
    }

    @Test
    void anOldJavaNamesTheVariable() {
        assumeTrue(
                Runtime.version().feature() < LuceneJava.LEAST && System.getenv(LuceneJava.VARIABLE) == null,
                "expected a Java below 21 and no LINFHASH_LUCENE_JAVA");
        assertThat(badInput("measure --engine lucene --vectors F/x.npy")).contains("set LINFHASH_LUCENE_JAVA to");
    }

    @Test
    void withoutLuceneItNeedsTheProgramThatHasIt() {
        StringWriter out = new StringWriter();
        CommandLine program =
                program().setExecutionStrategy(new NeededProgram()).setOut(new PrintWriter(out));
        assertThat(program.execute("measure", "--vectors", "x.npy", "--database", "postgresql://localhost/x"))
                .isZero();
        assertThat(program.execute("measure", "--engine=Lucene", "--vectors", "x.npy"))
                .isEqualTo(ExitCodes.OTHER_PROGRAM);
        assertThat(out.toString().trim()).isEqualTo("lucene");
    }

    @Test
    void itsHelpNamesTheProgram() {
        assertThat(EnginesMain.commandLine().getSubcommands().get("measure").getUsageMessage())
                .startsWith("Usage: linfhash measure ");
    }
}
