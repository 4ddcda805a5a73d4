package io.github.linfhash.advisor.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.AdviceRequest;
import io.github.linfhash.advisor.export.AdviceJson;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.testing.Filled;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The program that has nothing of other modules. */
class AdvisorMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... words) {
        CommandLine program = AdvisorMain.commandLine();
        return program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(words);
    }

    private String vectors() throws IOException {
        Path file = folder.resolve("x.npy");
        UniformRandomProvider random = new RandomStreams(1).stream("vectors");
        FeatureArrays.write(file, FeatureMatrix.owning(400, 8, Filled.floats(3200, i -> random.nextFloat() - 0.5f)));
        return file.toString();
    }

    @Test
    void whatOnlyTheFullDistributionHasIsNamed() throws IOException {
        assertThat(run("advise", "--vectors", vectors(), "--quantizers", "hash-itq"))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString())
                .endsWith("linfhash: --quantizers: 'hash-itq' is not part of linfhash-advisor; use the full"
                        + " distribution, linfhash.\n");
        assertThat(run("run")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("found 'run'; if it is a command of linfhash, the full distribution");
        assertThat(run("embed", "--texts", "x.txt")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("found 'embed'; if it is a command").doesNotContain("Unknown option");
    }

    /** Without the times that it took. */
    private static String timeless(String json) {
        return json.replaceAll("\"(trainSeconds|encodeSeconds|nanosPerDistance)\" : [^,\n]*", "");
    }

    @Test
    void aJavaProgramGetsWhatTheCommandPrints() throws IOException {
        String file = vectors();
        String words = "--bytes 1,2 --quantizers pq --max-vectors 100 --format json";
        assertThat(run(("advise --vectors " + file + " " + words).split(" ", -1)))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);
        Advice advice = Advice.of(AdviceRequest.of(FeatureArrays.read(Path.of(file)))
                .withBytes(1, 2)
                .withQuantizers("pq")
                .withMaxVectors(100));
        assertThat(advice.target(0.95).nearest().quantizer().name()).isEqualTo("pq");
        assertThat(timeless(AdviceJson.of(advice, null))).isEqualTo(timeless(out.toString()));
    }

    @Test
    void codesAreMadeAndSearched() throws IOException {
        String codes = folder.resolve("codes").toString();
        assertThat(run("quantize", "--vectors", vectors(), "--quantizer", "sign", "--bytes", "1", "--out", codes))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);
        String file = folder.resolve("codes/codes.npy").toString();
        assertThat(run("search", "--database-codes", file, "--query-codes", file, "--k", "1", "--format", "csv"))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("query,rank,id,distance\n");
    }

    @Test
    void completionKnowsTheCommandsOfThisProgram() {
        for (String shell : List.of("bash", "zsh", "fish")) {
            out.getBuffer().setLength(0);
            assertThat(run("completion", shell)).as(err.toString()).isEqualTo(ExitCodes.OK);
            assertThat(out.toString())
                    .contains("quantize", "elasticsearch", "rotated-sign")
                    .doesNotContain("fashion-mnist", "embed ");
        }
    }
}
