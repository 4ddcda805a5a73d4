package io.github.linfhash.formats.vectors;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFeaturesTest {
    private static final FeatureMatrix EXPECTED = FeatureMatrix.copyOf(new float[][] {{1, 2.5f}, {-3, 4e-2f}});

    @TempDir
    Path folder;

    private FeatureMatrix read(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return FeatureFiles.read(file, Progress.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "a.csv, '1,2.5|-3,4e-2|'",
        "a.csv, '1,2.5|-3,4e-2'",
        "a.csv, 'width,height|1,2.5|-3,4e-2|'",
        "a.csv, '\"the width, w\",height|\"1\",\"2.5\"|-3, 4e-2 |||'",
        "a.csv, '\uFEFF1,2.5|-3,4e-2|'",
        "a.tsv, '1\t2.5|-3\t4e-2|'",
        "a.csv, '\"[1,2.5]\"|\"[-3, 4e-2]\"|'",
        "a.csv, 'id,embedding,price|7,\"[1,2.5]\",a|8,\"[-3,0.04]\",b|'",
        "a.csv, '7,\"[1,2.5]\"|8,\"[-3,0.04]\"|'",
        "a.tsv, '7\t[1,2.5]|8\t[-3,4e-2]|'",
    })
    void readsTablesWithAndWithoutAHeader(String name, String text) throws IOException {
        assertThat(read(name, text.replace('|', '\n'))).isEqualTo(EXPECTED);
        assertThat(read(name, text.replace("|", "\r\n"))).isEqualTo(EXPECTED);
    }

    /** A file of this size is read at once, first to count its rows, then for its values. */
    @ParameterizedTest
    @CsvSource({"1, '1,2|', fewer rows", "2, '1,2|3,4|5,6|', more rows"})
    void refusesAFileThatChangesWhileItIsRead(int reading, String text, String part) throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "1,2\n3,4\n");
        AtomicInteger readings = new AtomicInteger();
        Progress.Task change = bytes -> {
            if (readings.incrementAndGet() == reading) {
                rewrite(file, text.replace('|', '\n'));
            }
        };
        assertOneSentence(
                () -> FeatureFiles.read(file, (what, steps) -> change),
                "a.csv, line",
                part + ": the file is being changed");
    }

    private static void rewrite(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** NumPy's arange gives such a row of values, and pandas such names. */
    @ParameterizedTest
    @ValueSource(strings = {"0,1,2\n7,8,9\n", "0,1\n7,8\n", "0\n7\n"})
    void numbersFromZeroOnAreAHeaderOnlyIfThatIsStated(String text) throws IOException {
        assertOneSentence(() -> read("a.csv", text), "a.csv, line 1", "may be either", "--header yes", "--header no");
        Path file = folder.resolve("a.csv");
        int columns = text.indexOf('\n') / 2 + 1;
        FeatureMatrix rows = FeatureMatrix.copyOf(new float[][] {
            Arrays.copyOf(new float[] {0, 1, 2}, columns), Arrays.copyOf(new float[] {7, 8, 9}, columns)
        });
        assertThat(FeatureFiles.read(file, header(false), Progress.NONE)).isEqualTo(rows);
        assertThat(FeatureFiles.read(file, header(true), Progress.NONE)).isEqualTo(rows.part(1, 1));
    }

    private static TableForm header(boolean stated) {
        return TableForm.PLAIN.withHeader(stated);
    }

    @Test
    void whatIsStatedOfAHeaderHoldsForAnyRow() throws IOException {
        Path years = Files.writeString(folder.resolve("a.csv"), "2001,2002\n1,2.5\n-3,4e-2\n");
        assertThat(FeatureFiles.read(years, header(true), Progress.NONE)).isEqualTo(EXPECTED);
        assertThat(FeatureFiles.read(years, header(false), Progress.NONE).rows())
                .isEqualTo(3);
        Path names = Files.writeString(folder.resolve("b.csv"), "a,b\n1,2.5\n");
        assertOneSentence(() -> FeatureFiles.read(names, header(false), Progress.NONE), "b.csv, line 1", "'a'");
        Path index = Files.writeString(folder.resolve("c.csv"), ",0,1\n0,1,2.5\n1,-3,4e-2\n");
        assertOneSentence(
                () -> FeatureFiles.read(index, header(true), Progress.NONE), "c.csv, line 1", "--id-column ''");
        TableForm withoutIndex = new TableForm(null, "", null, null, null, null);
        assertThat(FeatureFiles.read(index, withoutIndex, Progress.NONE)).isEqualTo(EXPECTED);
    }

    @Test
    void aFirstRowThatIsNotFiniteIsNoHeader() {
        assertOneSentence(() -> read("a.csv", "nan,-inf\n1,2\n"), "a.csv, line 1", "finite", "'nan'");
    }

    @Test
    void aSingleColumnMayHaveAHeader() throws IOException {
        assertThat(read("a.csv", "x\n7\n")).isEqualTo(FeatureMatrix.copyOf(new float[][] {{7}}));
    }

    @ParameterizedTest
    @CsvSource({
        "'', no features",
        "'a,b|', no features",
        "'1,2|3|', 'line 2: expected 2 values'",
        "'1,2|3,4,5', found 3",
        "'1,2|3,x|', 'line 2: expected a finite float32 number in column 1 (counted from 0; --label-column and --id-column say which columns are no features, --delimiter what separates them), found ''x'''",
        "'1,2|3,|', found ''",
        "'1,2|3,1e39|', 1e39",
        "'1,2|3,NaN|', NaN",
        "'1,2|3,0x10|', 0x10",
        "'1,2|3,4f|', 4f",
        "'1,n/a|3,4|', both",
        "'id,0,1|3,4,5|', both",
        "',a,b|0,4,5|', index column",
        "'1,2||3,4|', empty line",
        "'1,\"2|3,4|', RFC 4180",
        "'1,\"2\"3|', RFC 4180",
        "'1;2|3;4|', 3;4",
        "'1,\"[1,2]\"|2,\"[3]\"|', 'line 2: expected 2 numbers as in row 0 in column 1 (counted from 0; --label-column and --id-column say which columns are no features, --delimiter what separates them), found 1'",
        "'1,\"[1,2]\"|2,3|', found '3'",
        "'1,\"[1,x]\"|', found 'x'",
        "'[],1|', found ''",
        "'\"[1,2]\",\"[1,2]\"|', one column of lists of numbers",
    })
    void refusesEverythingElse(String text, String part) {
        assertOneSentence(() -> read("a.csv", text.replace('|', '\n')), "a.csv", part);
    }

    @Test
    void refusesBytesThatAreNoText() throws IOException {
        Path file = Files.write(folder.resolve("a.csv"), "1,2\n3,\u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
        assertOneSentence(() -> FeatureFiles.read(file, Progress.NONE), "a.csv", "UTF-8");
    }

    @Test
    void anOpenQuoteDoesNotSwallowTheWholeFile() {
        String text = "1,\"" + "2\n".repeat(9_000_000);
        assertOneSentence(() -> read("a.csv", text), "a.csv", "16777216 characters");
    }
}
