package io.github.linfhash.formats.vectors;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.RowSelectionCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibsvmFileTest {
    @TempDir
    Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("a.libsvm"), text);
    }

    private static FeatureMatrix features(Path file) {
        return LibsvmFile.features(file, TableForm.PLAIN, RowSelectionCollector.all(), Progress.Task.SILENT);
    }

    private static NamedLabels labels(Path file) {
        return LibsvmFile.labels(file, Progress.Task.SILENT);
    }

    @Test
    void readsClassesAndSparseFeatures() throws IOException {
        Path file = write("# made by hand\n+1 1:0.5 3:-2e-1\n-1 2:1 \n1.0\t3:.25 # last\n\n\n");
        assertThat(features(file)).isEqualTo(FeatureMatrix.copyOf(new float[][] {
            {0.5f, 0, -0.2f}, {0, 1, 0}, {0, 0, 0.25f}
        }));
        assertThat(labels(file)).isEqualTo(new NamedLabels(ClassLabels.of(1, 0, 1), List.of("-1", "1")));
    }

    @Test
    void readsSeveralLabelsARow() throws IOException {
        Path file = write("9,10 1:1\n 2:1\r\n10 1:1 2:1");
        assertThat(features(file)).isEqualTo(FeatureMatrix.copyOf(new float[][] {{1, 0}, {0, 1}, {1, 1}}));
        assertThat(labels(file))
                .isEqualTo(new NamedLabels(
                        LabelSets.of(3, 2, new boolean[] {true, true, false, false, false, true}), List.of("9", "10")));
    }

    @Test
    void someBytesDoNotAskForGigabytesOfZeros() throws IOException {
        Path file = write("1 1000000:1\n" + "1\n".repeat(99));
        assertBadInput(() -> features(file))
                .hasMessageEndingWith(
                        " is too sparse for a matrix: expected at most 2307152 values (1000 for each byte of"
                                + " the file), found 100 rows of 1000000");
        assertThat(features(write("1 1000000:1\n1\n")).dimension()).isEqualTo(1_000_000);
    }

    @Test
    void indicesCountFromZeroWhereZeroOccurs() throws IOException {
        assertThat(features(write("1 1:3\n2 0:4\n"))).isEqualTo(FeatureMatrix.copyOf(new float[][] {{0, 3}, {4, 0}}));
    }

    private static FeatureMatrix features(Path file, @Nullable Integer base, @Nullable Integer dimension) {
        TableForm form = new TableForm(null, null, null, null, base, dimension);
        return LibsvmFile.features(file, form, RowSelectionCollector.all(), Progress.Task.SILENT);
    }

    @Test
    void theSmallestIndexAndTheDimensionMayBeStated() throws IOException {
        Path file = write("1 1:3\n2 2:4\n");
        assertThat(features(file, 1, null)).isEqualTo(FeatureMatrix.copyOf(new float[][] {{3, 0}, {0, 4}}));
        assertThat(features(file, 0, null)).isEqualTo(FeatureMatrix.copyOf(new float[][] {{0, 3, 0}, {0, 0, 4}}));
        assertThat(features(file, 1, 3)).isEqualTo(FeatureMatrix.copyOf(new float[][] {{3, 0, 0}, {0, 4, 0}}));
        assertThat(features(file, 0, 4)).isEqualTo(FeatureMatrix.copyOf(new float[][] {{0, 3, 0, 0}, {0, 0, 4, 0}}));
        assertOneSentence(() -> features(file, 0, 2), "a.libsvm", "from 0 to 1 for dimension 2", "found index 2");
        Path zero = write("1 0:3\n");
        assertOneSentence(() -> features(zero, 1, null), "a.libsvm", "from 1 as stated", "index 0", "--index-base 0");
    }

    /** Features 1 and 2 of three may be the first two or the last two. */
    @Test
    void ofAKnownDimensionTheSmallestIndexMustShow() throws IOException {
        Path file = write("1 1:3\n2 2:4\n");
        assertOneSentence(() -> features(file, null, 3), "a.libsvm", "index 0 or 3", "found 1 to 2", "--index-base");
        assertThat(features(file, null, 2)).isEqualTo(FeatureMatrix.copyOf(new float[][] {{3, 0}, {0, 4}}));
        assertThat(features(write("1 0:3 1:1\n"), null, 3)).isEqualTo(FeatureMatrix.copyOf(new float[][] {{3, 1, 0}}));
        assertOneSentence(() -> features(write("1 0:3 3:1\n"), null, 3), "from 0 to 2", "found index 3");
    }

    /** Eight features whose indices count from 0, of which the vectors lack the last and the queries the first. */
    @Test
    void queriesAgreeWithTheirDatabase() throws IOException {
        Path vectors = Files.writeString(folder.resolve("x.svm"), "0:1 6:2\n3:4\n");
        Path queries = Files.writeString(folder.resolve("q.svm"), "1:1 7:2\n");
        TableForm found = FeatureFiles.find(vectors, TableForm.PLAIN, Progress.NONE);
        assertOneSentence(
                () -> FeatureFiles.read(queries, found, Progress.NONE),
                "q.svm: expected indices from 0 to 6 for dimension 7 as in " + vectors,
                "found index 7",
                "--dimension");
        TableForm eight = FeatureFiles.find(vectors, new TableForm(null, null, null, null, null, 8), Progress.NONE);
        assertThat(FeatureFiles.read(vectors, eight, Progress.NONE).part(0, 1).toArray())
                .containsExactly(1, 0, 0, 0, 0, 0, 2, 0);
        assertThat(FeatureFiles.read(queries, eight, Progress.NONE).part(0, 1).toArray())
                .containsExactly(0, 1, 0, 0, 0, 0, 0, 2);
        Path few = Files.writeString(folder.resolve("f.svm"), "1:1 5:2\n");
        assertThat(FeatureFiles.read(few, found, Progress.NONE).part(0, 1).toArray())
                .containsExactly(0, 1, 0, 0, 0, 2, 0);
        Path fromOne = Files.writeString(folder.resolve("y.svm"), "1:1 6:2\n");
        TableForm ofOne = FeatureFiles.find(fromOne, TableForm.PLAIN, Progress.NONE);
        assertThat(FeatureFiles.read(few, ofOne, Progress.NONE).part(0, 1).toArray())
                .containsExactly(1, 0, 0, 0, 2, 0);
        assertOneSentence(
                () -> FeatureFiles.read(vectors, ofOne, Progress.NONE),
                "x.svm: expected indices from 1 as in " + fromOne,
                "found index 0",
                "--index-base 0");
    }

    @ParameterizedTest
    @CsvSource({
        "1 1:0.5 1:2, 'line 1: expected ascending'",
        "1 2:0.5 1:2, 1 after 2",
        "1 qid:3 1:2, qid:3",
        "1 1:2 7, '7'",
        "1 -1:2, -1:2",
        "1 1:nan, 1:nan",
        "1 1:1e39, 1:1e39",
        "1 1:0x1p3, 0x1p3",
        "1 1:2f, 1:2f",
        "1 1048577:2, up to 1048576",
        "1 99999999999:2, 99999999999",
        "0.37 1:1, 0.37",
        "cat 1:1, cat",
        "'1,,2 1:1', '1,,2'",
        "'1,qid 1:1', '1,qid'",
    })
    void refusesEverythingElse(String line, String part) throws IOException {
        Path file = write(line);
        assertOneSentence(() -> features(file), "a.libsvm, line 1", part);
    }

    @Test
    void refusesWhatHasNoRowsOrNoEntries() throws IOException {
        assertOneSentence(() -> features(write("")), "no features", "0 rows");
        assertOneSentence(() -> features(write("1\n2\n")), "no features", "2 rows");
        assertOneSentence(() -> labels(write("# nothing\n")), "no labels");
    }

    @Test
    void refusesARowWithoutALabelWhereNoRowHasSeveral() throws IOException {
        Path file = write("1 1:1\n1:2\n");
        assertOneSentence(() -> labels(file), "row 1");
    }

    @Test
    void refusesRowsAfterAnEmptyLine() throws IOException {
        Path file = write("1 1:1\n\n2 1:1\n");
        assertOneSentence(() -> features(file), "line 3", "empty line");
    }

    @Test
    void refusesASmallFileThatStandsForAHugeMatrix() throws IOException {
        Path file = write("1 1000000:1\n".repeat(3000));
        assertOneSentence(() -> features(file), "too sparse for a matrix", "3000 rows of 1000000");
    }
}
