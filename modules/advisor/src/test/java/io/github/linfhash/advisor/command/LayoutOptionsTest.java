package io.github.linfhash.advisor.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.testing.VectorTable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vectors in files whose layout has to be stated give what the same vectors give as an array. */
class LayoutOptionsTest extends AdvisorInFolder {
    private static final String TABLES = " --vectors F/parts --delimiter ; --header no ";
    private static final String ARRAY = " --vectors F/x.npy ";

    /** Queries 0 and 1 are rows 0 and 1. */
    @BeforeEach
    void writeVectors() throws IOException {
        VectorTable table = new VectorTable();
        FeatureArrays.write(root.resolve("x.npy"), table.first(VectorTable.ROWS));
        FeatureArrays.write(root.resolve("q.npy"), table.first(2));
        table.writeParts(root.resolve("parts"));
        Files.writeString(root.resolve("q.csv"), table.text(0, 2));
    }

    @Test
    void recallOfAFolderOfTables() throws IOException {
        Files.writeString(root.resolve("n.csv"), "0\n1\n");
        String recall = "recall --k 1 --similarity euclidean --format csv --returned F/n.csv";
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
        String advise = "advise --quantizers sign --bytes 1 --seeds 0 --k 3";
        assertThat(withoutCommands(succeed(advise + TABLES + "--queries F/q.csv")))
                .contains("sign")
                .isEqualTo(withoutCommands(succeed(advise + ARRAY + "--queries F/q.npy")));
    }

    /** Commands name the files. */
    private static String withoutCommands(String advice) {
        return advice.lines()
                .filter(line -> !line.contains("linfhash quantize"))
                .collect(Collectors.joining("\n"));
    }

    /** Indices count from 0: the database lacks the last feature, and a query the first. */
    @Test
    void sparseQueriesHaveTheIndicesOfTheirDatabase() throws IOException {
        Files.writeString(root.resolve("x.svm"), "0:1 6:2\n3:4\n1:1\n");
        Files.writeString(root.resolve("q.svm"), "1:1 7:2\n3:1\n");
        Files.writeString(root.resolve("few.svm"), "1:1\n3:1\n");
        Files.writeString(root.resolve("n.csv"), "2\n1\n");
        String recall = "recall --k 1 --format csv --returned F/n.csv --vectors F/x.svm --queries ";
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
