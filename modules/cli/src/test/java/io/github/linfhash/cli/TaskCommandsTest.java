package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.testing.Filled;
import io.github.linfhash.testing.TinyHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Creates a task and scores a submission for it, as a user would. */
class TaskCommandsTest extends ProgramOnTinyHome {
    private static final String CREATE = "task create --protocol=tiny --out=F/task";
    private static final String SCORE = "task score F/submission --task=F/task --out=F/result ";

    private Path result = Path.of("");

    /** Codes are signs of sums of features, which order rows a little as the features do. */
    @BeforeEach
    void makeTaskAndSubmission() throws IOException {
        result = root.resolve("result");
        // Stripes that can be told apart at a glance would be flagged, rightly.
        TinyHome.blur(root);
        Path protocol = root.resolve("protocols/tiny.yaml");
        Files.writeString(
                protocol,
                Files.readString(protocol)
                        .replace(
                                "queriesPerClass: 5, trainingPerClass: 20",
                                "queriesPerClass: 15, trainingPerClass: 15"));
        succeed(CREATE);
        for (String run : List.of("0/8", "0/12", "1/8", "1/12")) {
            write(run, "query");
            write(run, "database");
        }
        Files.writeString(root.resolve("submission/submission.yaml"), """
                schema: linfhash-submission/1
                name: mine
                authors: [A. Author]
                code: https://example.org/mine
                license: MIT
                """);
    }

    private void write(String run, String part) throws IOException {
        String[] seedAndBits = run.split("/", -1);
        int bits = Integer.parseInt(seedAndBits[1]);
        FeatureMatrix rows = FeatureArrays.read(root.resolve("task/" + seedAndBits[0] + "/" + part + "_features.npy"));
        float[] values = Filled.floats(rows.rows() * bits, i -> rows.get(i / bits, i % bits));
        CodeArrays.write(
                root.resolve("submission/codes/" + run + "/" + part + ".npy"),
                BinaryCodes.ofSigns(rows.rows(), bits, values));
    }

    @Test
    void aTaskIsNeverReplacedUnasked() {
        assertThat(err.toString())
                .contains("wrote " + root.resolve("task/task.yaml") + ", example.py and 8 arrays of 2 seeds");
        assertThat(badInput(CREATE))
                .isEqualTo("linfhash: --out: expected a new file, or --force to replace it, found "
                        + root.resolve("task/task.yaml") + ".\n");
        succeed(CREATE + " --force");
    }

    @Test
    void aSubmissionIsScoredAgainstTheMethodsThatAreNamed() {
        succeed("run --protocol=tiny --methods=lsh,itq --out=F/ours");
        succeed("results pack --results F/ours --out=F/kept");
        String kept = String.valueOf(root.resolve("kept").toFile().list()[0]);
        succeed(SCORE + "--baseline=F/kept/" + kept
                + " --methods=itq --metrics=precision@2,map --bits=12 --format=csv");
        List<String> printed = out.toString().lines().toList();
        assertThat(printed)
                .startsWith("bits,method,precision@2,seeds,group,p to best,difference,p,tests")
                .contains("method,bits,metric,method's,submission's,difference,p,tests,seeds")
                .noneMatch(line -> line.contains("lsh"));
        assertThat(err.toString())
                .contains("wrote " + result.resolve("results.json"))
                .doesNotContain("flagged");
        assertThat(ResultsJson.read(result.resolve("results.json")).runs()).hasSize(4);

        assertThat(badInput(SCORE + "--baseline=F/ours --methods=ksh"))
                .contains("linfhash: --methods: expected some of lsh, itq, which " + root.resolve("ours")
                        + " has, found 'ksh'.");
    }

    @Test
    void optionsThatDoNotFitAreRefusedBeforeAnythingIsWritten() throws IOException {
        assertThat(badInput(SCORE + "--methods=ksh"))
                .contains("linfhash: --methods requires --baseline: name the results that have the methods.");
        assertThat(badInput(SCORE + "--bits=8,16"))
                .contains("linfhash: --bits: expected code lengths of the task, [8, 12], found 16.");
        assertThat(badInput(SCORE + "--metrics=mapp"))
                .contains("linfhash: --metrics: expected some of map, ", ", found 'mapp' (did you mean 'map'?).");
        Path empty = Files.createDirectory(root.resolve("empty"));
        assertThat(badInput(SCORE + "--baseline=%s", empty))
                .contains("linfhash: " + empty
                        + ": expected results.json or results.json.gz in this folder, found neither.");
        assertThat(badInput(SCORE.replace("F/result", "F/submission")))
                .isEqualTo("linfhash: output folder " + root.resolve("submission")
                        + ": expected a new or empty one, or one with results, found one with other files (codes).\n");
        Path card = root.resolve("task/task.yaml");
        Files.writeString(card, Files.readString(card).replace("protocol: tiny\n", "protocol: my\n"));
        assertThat(badInput(SCORE))
                .isEqualTo("linfhash: There is no protocol 'my'; expected one of tiny, or the path of a .yaml file.\n");
        assertThat(result).doesNotExist();
    }

    @Test
    void whatIsFlaggedIsSaidAndFound() throws IOException {
        CodeArrays.write(root.resolve("submission/codes/0/8/database.npy"), BinaryCodes.ofBytes(75, 8, new byte[75]));
        assertThat(call(SCORE)).isEqualTo(ExitCodes.FOUND);
        assertThat(err.toString())
                .contains("metrics shown: map, precision@2, recall@2; --metrics shows others, and results.json contains"
                        + " all.\n")
                .contains("flagged: seed 0 at 8 bits: all codes of the database are equal, so no vector is nearer to a"
                        + " query than any other.\n");
        assertThat(result.resolve("results.json")).exists();
    }

    /** Codes of 0, 1, one too few, all, and one too many of the 45 queries and 75 vectors, of each seed and length. */
    @ParameterizedTest
    @CsvSource({"query, 45", "database, 75"})
    void codesOfEachRowAreNeeded(String part, int rows) throws IOException {
        Path file = root.resolve("submission/codes/1/12/" + part + ".npy");
        byte[] right = Files.readAllBytes(file);
        for (int count : new int[] {0, 1, rows - 1, rows + 1}) {
            NpyFile.write(file, NpyArray.owning(NpyType.UINT8, List.of(count, 2), new byte[2 * count]));
            assertThat(badInput(SCORE))
                    .as("%d codes", count)
                    .isEqualTo("linfhash: " + file + ": expected a code for each of the " + rows
                            + (part.equals("query") ? " queries" : " database vectors") + " of seed 1, found " + count
                            + ".\n");
            assertThat(result).doesNotExist();
        }
        Files.write(file, right);
        succeed(SCORE);
        assertThat(ResultsJson.read(result.resolve("results.json")).runs()).hasSize(4);
    }

    /** All 25 vectors of a class that are no query are labeled. */
    @Test
    void aTaskWithoutUnlabeledVectorsIsScored() throws IOException {
        Path protocol = root.resolve("protocols/tiny.yaml");
        String text = Files.readString(protocol);
        Files.writeString(
                protocol,
                text.replace("trainingPerClass: 15", "trainingPerClass: 25")
                        .replaceAll("(?m)^seeds: .*$", "seeds: [0]"));
        succeed(CREATE + " --force");
        Files.move(root.resolve("submission/codes/1"), root.resolve("codes of another seed"));
        write("0/8", "query");
        write("0/8", "database");
        write("0/12", "query");
        write("0/12", "database");
        succeed(SCORE);
        assertThat(ResultsJson.read(result.resolve("results.json")).runs()).hasSize(2);
    }
}
