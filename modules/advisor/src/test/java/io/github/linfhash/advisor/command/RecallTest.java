package io.github.linfhash.advisor.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.NeighborArrays;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code linfhash recall} on points of a line, whose neighbors are seen at once. */
class RecallTest extends AdvisorInFolder {
    /** Rows 4 and 5 are equal. */
    @BeforeEach
    void writeVectors() throws IOException {
        FeatureArrays.write(root.resolve("x.npy"), FeatureMatrix.copyOf(new float[][] {
            {0, 0}, {1, 0}, {3, 0}, {6, 0}, {10, 0}, {10, 0}
        }));
        // The nearest two are 0, 1 of the first and 4 or 5 of the second, all of them.
        FeatureArrays.write(root.resolve("q.npy"), FeatureMatrix.copyOf(new float[][] {{0.1f, 0}, {9, 0}, {7, 0}}));
        Files.writeString(root.resolve("ids"), "a\nb\nc\nd\ne\nf\n");
    }

    private String table(String lists, String... more) throws IOException {
        return tableOf("x.npy", "euclidean", lists, more);
    }

    private String tableOf(String vectors, String similarity, String lists, String... more) throws IOException {
        Files.writeString(root.resolve("n.csv"), lists.replace('|', '\n'));
        out.getBuffer().setLength(0);
        String[] words = new String[6 + more.length];
        words[0] = "recall";
        words[1] = "--returned=" + root.resolve("n.csv");
        words[2] = "--vectors=" + root.resolve(vectors);
        words[3] = "--queries=" + root.resolve("q.npy");
        words[4] = "--similarity=" + similarity;
        words[5] = "--format=csv";
        System.arraycopy(more, 0, words, 6, more.length);
        assertThat(run(words)).as(err.toString()).isZero();
        return out.toString();
    }

    /** Row 3 is the nearest of the third query, and rows 4 and 5 share the second place. */
    @ParameterizedTest
    @CsvSource({
        "'0,1|4,5|3,2', 0.8333",
        "'0,1|5,4|3,5', 1.0000",
        "'1 0|4 3|3 4', 0.8333",
        "'0\t2|0\t1|4\t5', 0.3333",
        "'0||3', 0.3333",
    })
    void aListIsWorthTheNearestThatItHas(String lists, String mean) throws IOException {
        assertThat(table(lists, "--k=2")).contains("recall of the 2 nearest,2," + mean + ",");
    }

    /** The .npy file is read in parts, and the table of texts at once. */
    @ParameterizedTest
    @ValueSource(strings = {"cosine", "dot", "euclidean"})
    void theSameVectorsInATableHaveTheSameRecall(String similarity) throws IOException {
        Blobs blobs = Blobs.classes(new Blobs.Sizes(5, 7, 2500, 40), 4);
        float[] values = blobs.train().toArray();
        FeatureArrays.write(root.resolve("x.npy"), blobs.train());
        FeatureArrays.write(root.resolve("q.npy"), blobs.test());
        Files.write(
                root.resolve("x.csv"),
                IntStream.range(0, 2500)
                        .mapToObj(i -> IntStream.range(0, 7)
                                .mapToObj(j -> Float.toString(values[i * 7 + j]))
                                .collect(Collectors.joining(",")))
                        .toList());
        String lists = IntStream.range(0, 40)
                .mapToObj(q -> IntStream.range(q * 50, q * 50 + 200)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("|"));
        String ofNumPy = tableOf("x.npy", similarity, lists);
        assertThat(ofNumPy).contains("recall of the 10 nearest,200,0.");
        assertThat(tableOf("x.csv", similarity, lists)).isEqualTo(ofNumPy);
    }

    /** NumPy computed the neighbors in these files of ann-benchmarks' form; linfhash finds the same. */
    @ParameterizedTest
    @ValueSource(strings = {"contiguous.hdf5", "gzip.hdf5"})
    void neighborsOfAnnBenchmarksAreThoseThatAreFound(String name) {
        Path file = Path.of("..", "formats", "src", "test", "resources", "hdf5", name);
        String[] words = {
            "recall",
            "--returned=" + file,
            "--vectors=" + file,
            "--queries=" + file,
            "--similarity=euclidean",
            "--k=5",
            "--format=csv"
        };
        assertThat(run(words)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("recall of the 5 nearest,5,1.0000,");
        words[3] = "--queries=" + file + ":train";
        assertThat(run(words)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains(file.toString(), "expected a list for each of the 12 queries", "found 3");
    }

    @ParameterizedTest
    @CsvSource({"NaN, 'x.npy has a wrong value in row 3, column 1'", "0, 'x.npy: expected non-zero vectors for cosine'"
    })
    void refusesVectorsWithoutACosine(float value, String message) throws IOException {
        FeatureArrays.write(root.resolve("x.npy"), FeatureMatrix.copyOf(new float[][] {
            {1, 0}, {1, 1}, {3, 0}, {0, value}
        }));
        Files.writeString(root.resolve("n.csv"), "0,1\n1\n2\n");
        assertThat(run(
                        "recall",
                        "--returned=" + root.resolve("n.csv"),
                        "--vectors=" + root.resolve("x.npy"),
                        "--queries=" + root.resolve("q.npy"),
                        "--k=2"))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains(message, "row 3");
    }

    /** The mean of the first two of each list is 2.5 / 3; three of each find as much. */
    @Test
    void aWantedRecallDecides() throws IOException {
        Files.writeString(root.resolve("n.csv"), "0,1,2\n4,5,3\n3,2,1\n");
        String[] words = {
            "recall",
            "--returned=" + root.resolve("n.csv"),
            "--vectors=" + root.resolve("x.npy"),
            "--queries=" + root.resolve("q.npy"),
            "--similarity=euclidean",
            "--k=2",
            "--format=json",
            ""
        };
        words[7] = "--target=0.83";
        assertThat(run(words)).as(err.toString()).isZero();
        JsonNode first = new JsonMapper().readTree(out.toString()).path(0);
        assertThat(first.path("mean").isNumber()).isTrue();
        assertThat(first.path("mean").asDouble()).isEqualTo(0.8333);
        assertThat(first.path("low").isNumber() && first.path("first").isInt()).isTrue();
        assertThat(out.toString()).contains("\"mean\" : 0.8333,", "\"queries\" : 3");
        words[7] = "--target=0.84";
        assertThat(run(words)).isEqualTo(ExitCodes.FOUND);
        assertThat(err.toString()).contains("Recall of the 2 nearest is 83.33%, lower than the target of 84%.");
        words[7] = "--target=1.5";
        assertThat(run(words)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--target: expected a number above 0 and at most 1, found 1.5");
    }

    @Test
    void longerListsCountWhole() throws IOException {
        assertThat(table("2,3,0|4,5|3,4", "--k=2"))
                .contains("recall of the 2 nearest,2,0.6667,")
                .contains("recall of the 2 nearest,3,0.8333,");
    }

    /** The first query has grade 2 at place 2 and 1 at place 1; the best order is the other. The second has nothing. */
    @Test
    void judgedListsHaveAGain() throws IOException {
        Files.writeString(root.resolve("qrels"), "0 0 a 2\n0 0 b 1\n1 0 e 1\n");
        double first = (1 + 2 / (Math.log(3) / Math.log(2))) / (2 + 1 / (Math.log(3) / Math.log(2)));
        assertThat(table("b,a|a,b|d,e", "--k=2", "--ids=" + root.resolve("ids"), "--qrels=" + root.resolve("qrels")))
                .contains(String.format(Locale.ROOT, "nDCG,10,%.4f,", first / 2))
                .contains("nDCG of exact search,10,");
    }

    @Test
    void readsIdsOfNumPyWhereMinusOneIsNone() throws IOException {
        NeighborArrays.write(root.resolve("n.npz"), 2, new long[] {0, 1, 4, -1, -1, -1}, new float[6]);
        assertThat(run(
                        "recall",
                        "--returned=" + root.resolve("n.npz"),
                        "--vectors=" + root.resolve("x.npy"),
                        "--queries=" + root.resolve("q.npy"),
                        "--similarity=euclidean",
                        "--k=2",
                        "--format=csv"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("recall of the 2 nearest,2,0.5000,");
    }

    @ParameterizedTest
    @CsvSource({
        "'0,1|4,5', 'expected a list for each of the 3 queries', found 2",
        "'0,1|4,6|3,4', 'line 2: expected a row of', 'found ''6'''",
        "'0,1|4,x|3,4', 'line 2: expected a row of', 'found ''x'''",
        "'0,1|4,4|3,4', 'line 2: expected each neighbor once', 'found ''4'' twice'",
    })
    void refusesOtherLists(String lists, String expected, String found) throws IOException {
        Files.writeString(root.resolve("n.csv"), lists.replace('|', '\n'));
        assertThat(run(
                        "recall",
                        "--returned=" + root.resolve("n.csv"),
                        "--vectors=" + root.resolve("x.npy"),
                        "--queries=" + root.resolve("q.npy"),
                        "--k=2"))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("n.csv", expected, found);
    }
}
