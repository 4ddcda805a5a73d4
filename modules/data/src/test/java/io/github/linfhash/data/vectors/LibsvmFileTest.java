package io.github.linfhash.data.vectors;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.KeptRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        return LibsvmFile.features(file, KeptRows.all(), Progress.Task.SILENT);
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
