package io.github.linfhash.formats.vectors;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in CSV that hold more than features. */
class TableFormTest {
    private static final FeatureMatrix FEATURES = FeatureMatrix.copyOf(new float[][] {{1, 2}, {3, 0.5f}, {5, 6}});

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static LabeledFeatures read(Path file, TableForm form) {
        return LabeledFeatures.read(file, file, form, Progress.NONE);
    }

    private static TableForm form(@Nullable String label, @Nullable String id, @Nullable String delimiter) {
        return new TableForm(label, id, delimiter, null, null, null);
    }

    @Test
    void aColumnIsNamed() throws IOException {
        Path file =
                write("a.csv", "id;width;\"kind; of\";height\nr1;1;cat;2\nr2;3;\"big; dog\";.5\n\"r\"\"3\";5;cat;6\n");
        LabeledFeatures data = read(file, form("kind; of", "id", ";"));
        assertThat(data.features()).isEqualTo(FEATURES);
        assertThat(data.labels()).isEqualTo(ClassLabels.of(1, 0, 1));
        assertThat(data.labelNames()).containsExactly("big; dog", "cat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"label", "Class", "target", "y"})
    void aColumnIsCalledAsLabelsAre(String title) throws IOException {
        LabeledFeatures data = read(write("a.csv", "a," + title + ",b\n1,7,2\n3,-8,.5\n5,7,6\n"), TableForm.PLAIN);
        assertThat(data.features()).isEqualTo(FEATURES);
        assertThat(data.labels()).isEqualTo(ClassLabels.of(1, 0, 1));
        assertThat(data.labelNames()).containsExactly("-8", "7");
    }

    @Test
    void columnsHaveNumbersWhereThereIsNoHeader() throws IOException {
        LabeledFeatures data =
                read(write("a.tsv", "r1\t1\t2\tcat\nr2\t3\t.5\tdog\nr3\t5\t6\tcat\n"), form("3", "0", null));
        assertThat(data.features()).isEqualTo(FEATURES);
        assertThat(data.labels()).isEqualTo(ClassLabels.of(0, 1, 0));
        assertThat(read(write("b.tsv", "a b c\n1 2 x\n3 .5 y\n5 6 x"), form("2", null, " "))
                        .features())
                .isEqualTo(FEATURES);
        assertThat(read(write("c.csv", "a\tb\tc\n1\t2\tx\n3\t.5\ty\n5\t6\tx"), form("c", null, "tab"))
                        .features())
                .isEqualTo(FEATURES);
    }

    @Test
    void idsMayBeInBothFiles() throws IOException {
        Path features = write("x.csv", "id,a,b\nr,1,2\ns,3,.5\nt,5,6\n");
        TableForm form = form(null, "id", null);
        Path classes = write("y.csv", "id,kind\nr,cat\ns,dog\nt,cat\n");
        assertThat(LabeledFeatures.read(features, classes, form, Progress.NONE).labels())
                .isEqualTo(ClassLabels.of(0, 1, 0));
        Path sets = write("s.csv", "sea,id,sky\n0,r,1\n1,s,1\n0,t,0\n");
        LabeledFeatures data = LabeledFeatures.read(features, sets, form, Progress.NONE);
        assertThat(data.features()).isEqualTo(FEATURES);
        assertThat(data.labels()).isEqualTo(LabelSets.of(3, 2, new boolean[] {false, true, true, true, false, false}));
        assertThat(data.labelNames()).containsExactly("sea", "sky");
        assertThat(LabeledFeatures.read(features, write("z.csv", "cat\ndog\ncat"), form, Progress.NONE)
                        .labels())
                .isEqualTo(ClassLabels.of(0, 1, 0));
        Path both = write("w.csv", "id,name,kind\nr,x,cat\ns,y,dog\nt,z,cat\n");
        assertThat(LabeledFeatures.read(features, both, form("kind", "id", null), Progress.NONE)
                        .labels())
                .isEqualTo(ClassLabels.of(0, 1, 0));
    }

    @Test
    void aNumberThatCallsAColumnIsNoNameThoughAValueIsTheSame() throws IOException {
        Path vectors = write("v.csv", "0,\"[1,2]\"\n1,\"[3,.5]\"\n0,\"[5,6]\"\n");
        assertThat(FeatureFiles.read(vectors, form("0", null, null), Progress.NONE))
                .isEqualTo(FEATURES);
        Path sets = write("s.csv", "0,1,1\n1,1,0\n");
        assertThat(LabelFiles.read(sets, form(null, "0", null), Progress.NONE))
                .isEqualTo(new NamedLabels(LabelSets.of(2, 2, new boolean[] {true, true, true, false}), List.of()));
    }

    /** A first row that contains the number may be a header in which it is a name, or a row in which it is a value. */
    @Test
    void aNumberThatIsAlsoInTheFirstRowIsNoEvidenceOfAHeader() throws IOException {
        Path file = write("a.csv", "2,1,cat\n3,.5,dog\n");
        assertOneSentence(() -> read(file, form("2", null, null)), "a.csv, line 1", "may be either", "--header");
        LabeledFeatures data = read(file, new TableForm("2", null, null, false, null, null));
        assertThat(data.features()).isEqualTo(FeatureMatrix.copyOf(new float[][] {{2, 1}, {3, 0.5f}}));
        assertThat(data.labelNames()).containsExactly("cat", "dog");
    }

    @Test
    void featuresAndLabelsOfOneFileHaveOneHeader() throws IOException {
        Path file = write("a.csv", "0,1,2\n7,8,9\n3,.5,9\n");
        assertOneSentence(() -> read(file, form("2", null, null)), "a.csv, line 1", "--header");
        assertThat(read(file, new TableForm("2", null, null, true, null, null)).features())
                .isEqualTo(FeatureMatrix.copyOf(new float[][] {{7, 8}, {3, 0.5f}}));
        assertThat(read(file, new TableForm("2", null, null, false, null, null)).labels())
                .isEqualTo(ClassLabels.of(0, 1, 1));
    }

    @Test
    void queriesHaveAHeaderIfTheirDatabaseHasOne() throws IOException {
        Path named = write("named.csv", "a,b\n1,2\n3,.5\n5,6\n");
        Path bare = write("bare.csv", "1,2\n3,.5\n5,6\n");
        Path first = write("first.csv", "0,1\n3,.5\n");
        TableForm ofNamed = FeatureFiles.find(named, TableForm.PLAIN, Progress.NONE);
        TableForm ofBare = FeatureFiles.find(bare, TableForm.PLAIN, Progress.NONE);
        assertThat(FeatureFiles.read(named, ofNamed, Progress.NONE)).isEqualTo(FEATURES);
        assertThat(FeatureFiles.read(bare, ofBare, Progress.NONE)).isEqualTo(FEATURES);
        assertThat(FeatureFiles.read(first, ofBare, Progress.NONE)).isEqualTo(FeatureMatrix.copyOf(new float[][] {
            {0, 1}, {3, 0.5f}
        }));
        for (Path other : List.of(bare, first)) {
            assertOneSentence(
                    () -> FeatureFiles.read(other, ofNamed, Progress.NONE),
                    other + ", line 1",
                    "names of columns as in " + named,
                    "--header");
        }
        assertOneSentence(
                () -> FeatureFiles.read(named, ofBare, Progress.NONE), "named.csv, line 1", bare.toString(), "'a'");
        TableForm stated = FeatureFiles.find(named, TableForm.PLAIN.withHeader(true), Progress.NONE);
        assertThat(FeatureFiles.read(first, stated, Progress.NONE).rows()).isEqualTo(1);
        assertThat(LabelFiles.read(write("y.csv", "x\ny\nx\n"), ofNamed, Progress.NONE)
                        .labels()
                        .size())
                .isEqualTo(3);
    }

    @Test
    void thePartsOfAFolderAgree() throws IOException {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Files.writeString(parts.resolve("0.csv"), "");
        Files.writeString(parts.resolve("1.csv"), "1,2\n3,.5\n");
        Files.writeString(parts.resolve("2.csv"), "0,1\n");
        assertThat(FeatureFiles.read(parts, Progress.NONE)).isEqualTo(FeatureMatrix.copyOf(new float[][] {
            {1, 2}, {3, 0.5f}, {0, 1}
        }));
        Files.writeString(parts.resolve("2.csv"), "a,b\n0,1\n");
        assertOneSentence(() -> FeatureFiles.read(parts, Progress.NONE), "2.csv, line 1", "1.csv", "'a'");
    }

    @Test
    void refusesALayoutThatIsOfNoUse() throws IOException {
        Path csv = write("a.csv", "1,2\n");
        Path sparse = write("a.svm", "1 1:2\n");
        TableForm header = TableForm.PLAIN.withHeader(true);
        TableForm base = new TableForm(null, null, null, null, 0, null);
        FeatureFiles.requireUse(header, List.of(sparse, csv));
        FeatureFiles.requireUse(base, List.of(csv, sparse));
        FeatureFiles.requireUse(header, List.of(folder));
        assertOneSentence(() -> FeatureFiles.requireUse(header, List.of(sparse)), "header", ".csv, .tsv", "a.svm");
        assertOneSentence(() -> FeatureFiles.requireUse(base, List.of(csv)), "smallest index", ".libsvm", "a.csv");
        assertThatThrownBy(() -> new TableForm(null, null, null, null, 2, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TableForm(null, null, null, null, null, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aColumnMayBeNamedBehindTheFile() throws IOException {
        Path file = write("a.csv", "n,1,vectors,kind\nr,7,\"[1,2]\",cat\ns,8,\"[3,.5]\",dog\nt,9,\"[5,6]\",cat\n");
        LabeledFeatures data = LabeledFeatures.read(
                Path.of(file + ":vectors"), Path.of(file + ":kind"), TableForm.PLAIN, Progress.NONE);
        assertThat(data.features()).isEqualTo(FEATURES);
        assertThat(data.labelNames()).containsExactly("cat", "dog");
        TableForm header = TableForm.PLAIN.withHeader(true);
        assertThat(LabelFiles.read(Path.of(file + ":1"), header, Progress.NONE).names())
                .containsExactly("7", "8", "9");
        assertOneSentence(
                () -> FeatureFiles.read(Path.of(file + ":none"), Progress.NONE), "a.csv, line 1", "both, 'n'");
    }

    @Test
    void aColumnThatIsCalledAsLabelsAreMakesAHeaderOfAnyNames() throws IOException {
        LabeledFeatures data = read(write("a.csv", "7,,label\n1,2,x\n3,.5,y\n5,6,x\n"), TableForm.PLAIN);
        assertThat(data.features()).isEqualTo(FEATURES);
        assertThat(data.labelNames()).containsExactly("x", "y");
    }

    @Test
    void refusesWhatIsNotThere() throws IOException {
        Path file = write("a.csv", "a,b,kind\n1,2,x\n3,,y\n");
        assertOneSentence(() -> read(file, form("class", null, null)), "a.csv has", "'class'", "'kind'");
        assertOneSentence(() -> read(file, form("3", null, null)), "a.csv has", "'3'", "0 to 2");
        assertOneSentence(() -> read(file, form("kind", "id", null)), "a.csv has", "'id'", "'kind'");
        assertOneSentence(() -> read(file, form("b", "kind", null)), "line 3", "a class in column 'b'", "empty");
        assertOneSentence(() -> read(file, form("kind", null, null)), "line 3", "column 'b'", "finite");
        Path twice = write("b.csv", "a,kind,kind\n1,x,y\n");
        assertOneSentence(() -> read(twice, form("kind", null, null)), "one column", "'kind'", "several");
        Path titles = write("c.csv", "a,label,class\n1,x,y\n");
        assertOneSentence(() -> read(titles, TableForm.PLAIN), "one column of labels", "'label', 'class'");
        Path alone = write("d.csv", "kind\nx\ny\n");
        assertOneSentence(() -> read(alone, form("kind", null, null)), "columns of numbers", "'kind'");
        Path ids = write("f.csv", "id\nx\ny\n");
        assertOneSentence(() -> read(ids, form(null, "id", null)), "f.csv", "class or target", "beside that of ids");
        Path vectors = write("e.svm", "1 1:2\n");
        assertOneSentence(() -> read(vectors, form("kind", null, null)), "e.svm", "a table", ".parquet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";;", "a", "1", ".", "-", "\"", "\n", "+", "'"})
    void aDelimiterIsASingleMark(String mark) {
        assertThatThrownBy(() -> form(null, null, mark)).isInstanceOf(IllegalArgumentException.class);
    }
}
