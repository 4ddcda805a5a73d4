package io.github.linfhash.engines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.testing.ProgramInFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands of {@code skills/linfhash/SKILL.md} run one after the other, on files with the names that it uses. */
class SkillTest extends ProgramInFolder {
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\./linfhash (.*)$");
    private static final Pattern FILE =
            Pattern.compile("(?<= )(vectors\\.npy|queries\\.npy|returned\\.npy|advice|index|measured)(?= |$)");
    private static final int VECTORS = 200;
    private static final int QUERIES = 40;

    @Override
    protected CommandLine program() {
        return EnginesMain.commandLine();
    }

    @Test
    void everyCommandRuns() throws IOException {
        write("vectors.npy", VECTORS);
        write("queries.npy", QUERIES);
        ByteBuffer ids = ByteBuffer.allocate(QUERIES * 10 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, QUERIES * 10).forEach(i -> ids.putInt(i % 10));
        NpyFile.write(root.resolve("returned.npy"), NpyArray.owning(NpyType.INT32, List.of(QUERIES, 10), ids.array()));
        List<String> run = new ArrayList<>();
        List<String> parsed = new ArrayList<>();
        for (MatchResult command : COMMAND.matcher(Files.readString(Path.of("../../skills/linfhash/SKILL.md")))
                .results()
                .toList()) {
            String words = command.group(1);
            String here =
                    FILE.matcher(words).replaceAll(file -> "F/" + file.group()).replace("'", "");
            if (words.startsWith("advise --vectors")) {
                // All quantizers would take minutes.
                here += words.contains("--engine") ? " --bytes=48" : " --bytes=48 --quantizers=sign";
            }
            if (words.startsWith("measure ")) {
                // What it does with an engine is tested where there is one.
                program().parseArgs(here.replace("F/", root + "/").split(" ", -1));
                parsed.add(words);
            } else if (words.startsWith("recall ")) {
                // The lists are wrong, and the target is missed.
                assertThat(call(here)).as(words + ": " + err).isEqualTo(3);
                run.add(words);
            } else if (!words.equals("doctor") && !words.startsWith("COMMAND")) {
                succeed(here);
                run.add(words);
            }
        }
        assertThat(run).hasSize(6);
        assertThat(parsed).hasSize(2);
        assertThat(root.resolve("advice/advice.json")).exists();
    }

    private void write(String name, int rows) throws IOException {
        UniformRandomProvider random = new RandomStreams(rows).stream(name);
        float[][] values = new float[rows][384];
        for (float[] row : values) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextFloat() - 0.5f;
            }
        }
        FeatureArrays.write(root.resolve(name), FeatureMatrix.copyOf(values));
    }
}
