package io.github.linfhash.spark.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as a user calls them, beside the same commands without Spark. */
class SparkProgramTest {
    private static final Blobs BLOBS = Blobs.classes(new Blobs.Sizes(5, 32, 300, 60), 1);

    @TempDir
    private Path folder;

    private String succeed(String command) {
        return new CalledProgram(folder).succeed(command);
    }

    private List<Path> list(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.sorted().toList();
        }
    }

    /** The function is ND4J's. */
    @Test
    void codesAreThoseOfEncodeWhateverTheFiles() throws IOException {
        assertCodesOfEncode("deep-linf");
    }

    // A method of each other kind of function.
    @ParameterizedTest
    @ValueSource(strings = {"itq", "agh1"})
    @Tag("slow")
    void codesOfOtherFunctionsAreThoseOfEncode(String method) throws IOException {
        assertCodesOfEncode(method);
    }

    private void assertCodesOfEncode(String method) throws IOException {
        KeptModels.train(folder, method, BLOBS);
        FeatureMatrix rows = BLOBS.train();
        Shards.features(folder.resolve("f"), rows, 10, 0, 200);
        BinaryCodes expected = Models.read(folder.resolve(method + ".linfhash")).encode(rows, "here");

        succeed("spark encode --master local[2] --model F/" + method + ".linfhash --vectors F/f --out F/npy");
        List<BinaryCodes> parts = list("npy/codes").stream()
                .map(file -> CodeArrays.read(file, 16))
                .toList();
        assertThat(parts).hasSize(3);
        assertThat(parts.get(0)).isEqualTo(expected.select(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
        CodeArrays.write(folder.resolve("one.npy"), expected);

        // The codes as Parquet find what the codes as .npy files find.
        succeed("spark encode --master local[2] --model F/" + method
                + ".linfhash --vectors F/f --format parquet --out F/pq");
        for (String codes : List.of("npy/codes", "pq")) {
            succeed("spark search --master local[2] --database-codes F/" + codes
                    + " --query-codes F/one.npy --bits 16 --k 3 --out F/n.npz --force");
            succeed("search --database-codes F/one.npy --query-codes F/one.npy --bits 16 --k 3 --out F/m.npz --force");
            assertThat(folder.resolve("n.npz")).hasSameBinaryContentAs(folder.resolve("m.npz"));
        }
    }

    @Test
    void evaluatePrintsWhatEvaluatePrints() throws IOException {
        DrawnCodes drawn = DrawnCodes.draw(20, 400, 16, false);
        Shards.codes(folder.resolve("c"), drawn.database(), 50, 1);
        Shards.labels(folder.resolve("l"), drawn.databaseLabels(), 50, 1);
        CodeArrays.write(folder.resolve("d.npy"), drawn.database());
        LabelArrays.write(folder.resolve("dl.npy"), drawn.databaseLabels());
        CodeArrays.write(folder.resolve("q.npy"), drawn.queries());
        LabelArrays.write(folder.resolve("ql.npy"), drawn.queryLabels());
        String queries = " --query-codes F/q.npy --query-labels F/ql.npy --bits 16";
        String expected = succeed("evaluate --database-codes F/d.npy --database-labels F/dl.npy" + queries);
        assertThat(expected).contains("\"map\"");
        assertThat(succeed("spark evaluate --master local[2] --database-codes F/c --database-labels F/l" + queries))
                .isEqualTo(expected);
    }

    @Test
    void badInputGetsOneSentenceAndWritesNothing() throws IOException {
        KeptModels.train(folder, "lsh", BLOBS);
        FeatureMatrix rows = BLOBS.train();
        Shards.features(folder.resolve("f"), rows, 10);
        float[] values = rows.toArray();
        values[32 * 250 + 5] = Float.NaN;
        Path bad = Files.createDirectories(folder.resolve("bad"));
        FeatureArrays.write(bad.resolve("x.npy"), FeatureMatrix.owning(rows.rows(), 32, values));
        Files.createDirectories(folder.resolve("empty"));
        Files.createDirectories(folder.resolve("there"));

        String encode = "spark encode --master local[2] --model F/lsh.linfhash --out F/";
        refuse(encode + "o --vectors F/empty", "expected a folder of .npy files or Parquet");
        refuse(encode + "o --vectors F/nothing", "expected a folder of .npy files or Parquet");
        refuse(encode + "there --vectors F/f", "expected a folder that does not exist");
        refuse(encode + "nosuch/o --vectors F/f", "--out: expected an existing folder for");
        refuse(
                "spark neighbors --master local[2] --vectors F/f --queries F/f/part-a.npy --out F/nosuch/o.npz",
                "--out: expected an existing folder for");
        Path taken = Files.writeString(folder.resolve("taken.npz"), "mine");
        refuse(
                "spark neighbors --master local[2] --vectors F/f --queries F/f/part-a.npy --out F/taken.npz",
                "--force to replace it");
        refuse(
                "spark search --master local[2] --database-codes F/f --query-codes F/taken.npz --out F/taken.npz --force",
                "expected a file that the command does not read");
        assertThat(taken).hasContent("mine");
        Files.delete(taken);
        refuse(
                encode + "o --vectors F/f --conf spark.submit.deployMode=cluster",
                "--conf spark.submit.deployMode: expected client");
        refuse(
                "spark encode --master yarn --model F/lsh.linfhash --out F/o --vectors F/f",
                "--master: expected",
                "SPARK_HOME",
                "found yarn");
        refuse(encode + "o --vectors F/bad", "row 250, column 5", "found NaN");
        refuse(encode + "o --vectors F/f --labels F/f", "--labels: expected");
        refuse(
                "spark search --master local[2] --database-codes F/f --query-codes F/f/part-a.npy --out F/o.npz",
                "codes: packed as uint8");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("lsh.linfhash", "f", "bad", "empty", "there");
        }
    }

    private void refuse(String command, String... parts) {
        new CalledProgram(folder).refuse(command, parts);
    }
}
