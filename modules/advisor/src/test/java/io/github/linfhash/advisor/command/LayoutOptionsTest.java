package io.github.linfhash.advisor.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.FeatureArrays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vectors in files whose layout has to be stated give what the same vectors give as an array. */
class LayoutOptionsTest extends AdvisorInFolder {
    private static final int ROWS = 60;
    private static final int DIMENSION = 8;
    private static final String TABLES = " --vectors F/parts --delimiter ; --header no ";
    private static final String ARRAY = " --vectors F/x.npy ";

    /** The first row is one that pandas might have written as names; queries 0 and 1 are rows 0 and 1. */
    @BeforeEach
    void writeVectors() throws IOException {
        UniformRandomProvider random = new RandomStreams(1).stream("layout");
        float[][] rows = new float[ROWS][DIMENSION];
        for (int j = 0; j < DIMENSION; j++) {
            rows[0][j] = j;
        }
        for (int i = 1; i < ROWS; i++) {
            for (int j = 0; j < DIMENSION; j++) {
                rows[i][j] = (float) (random.nextDouble() - 0.5);
            }
        }
        FeatureArrays.write(root.resolve("x.npy"), FeatureMatrix.copyOf(rows));
        FeatureArrays.write(root.resolve("q.npy"), FeatureMatrix.copyOf(Arrays.copyOf(rows, 2)));
        Path parts = Files.createDirectory(root.resolve("parts"));
        Files.writeString(parts.resolve("part-0.csv"), table(rows, 0, 40));
        Files.writeString(parts.resolve("part-1.csv"), "");
        Files.writeString(parts.resolve("part-2.csv"), table(rows, 40, ROWS));
        Files.writeString(parts.resolve("_SUCCESS"), "");
        Files.writeString(root.resolve("q.csv"), table(rows, 0, 2));
    }

    private static Collector<CharSequence, ?, String> lines() {
        return Collectors.joining("\n", "", "\n");
    }

    private static String table(float[][] rows, int from, int to) {
        return Arrays.stream(rows, from, to)
                .map(row -> IntStream.range(0, DIMENSION)
                        .mapToObj(j -> row[j] == (int) row[j] ? String.valueOf((int) row[j]) : String.valueOf(row[j]))
                        .collect(Collectors.joining(";")))
                .collect(lines());
    }

    @Test
    void recallOfAFolderOfTables() throws IOException {
        Files.writeString(root.resolve("n.csv"), "0\n1\n");
        String recall = "recall --nearest 1 --similarity euclidean --format csv --neighbors F/n.csv";
        assertThat(succeed(recall + TABLES + "--queries F/q.csv"))
                .contains("recall of the 1 nearest,1,1.0000,")
                .isEqualTo(succeed(recall + ARRAY + "--queries F/q.npy"));
        assertThat(badInput(recall + " --vectors F/parts --delimiter ; --queries F/q.csv"))
                .contains("part-0.csv, line 1", "may be either", "--header");
        assertThat(badInput(recall + " --vectors F/x.npy --queries F/q.npy --header no"))
                .contains("a delimiter or a header is stated", ".csv, .tsv", "x.npy");
    }

    @Test
    void quantizersOfAFolderOfTables() throws IOException {
        String quantize = "quantize --quantizer sign --bytes 1";
        succeed(quantize + TABLES + "--queries F/q.csv --out F/tables");
        succeed(quantize + ARRAY + "--queries F/q.npy --out F/array");
        assertThat(root.resolve("tables/codes.npy")).hasSameBinaryContentAs(root.resolve("array/codes.npy"));
    }

    @Test
    void adviceOnAFolderOfTables() {
        String advise = "advise --quantizers sign --bytes 1 --seeds 0 --neighbors 3";
        assertThat(succeed(advise + TABLES + "--queries F/q.csv"))
                .isEqualTo(succeed(advise + ARRAY + "--queries F/q.npy"));
    }

    /** Indices count from 0: the database lacks the last feature, and a query the first. */
    @Test
    void sparseQueriesHaveTheIndicesOfTheirDatabase() throws IOException {
        Files.writeString(root.resolve("x.svm"), "0:1 6:2\n3:4\n1:1\n");
        Files.writeString(root.resolve("q.svm"), "1:1 7:2\n3:1\n");
        Files.writeString(root.resolve("few.svm"), "1:1\n3:1\n");
        Files.writeString(root.resolve("n.csv"), "2\n1\n");
        String recall = "recall --nearest 1 --format csv --neighbors F/n.csv --vectors F/x.svm --queries ";
        assertThat(badInput(recall + "F/q.svm"))
                .contains("q.svm: expected indices from 0 to 6 for dimension 7 as in", "found index 7", "--dimension");
        String exact = "recall of the 1 nearest,1,1.0000,";
        assertThat(succeed(recall + "F/q.svm --dimension 8")).contains(exact);
        assertThat(succeed(recall + "F/few.svm")).contains(exact);
        assertThat(badInput(recall + "F/few.svm --index-base 1")).contains("x.svm", "from 1 as stated", "index 0");
        assertThat(badInput(recall + "F/few.svm --index-base 2")).contains("--index-base: expected 0 or 1, found 2");
        assertThat(badInput("advise --vectors F/x.svm --queries F/q.svm")).contains("q.svm", "found index 7");
    }
}
