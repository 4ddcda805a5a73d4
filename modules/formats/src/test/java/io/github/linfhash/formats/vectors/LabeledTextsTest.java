package io.github.linfhash.formats.vectors;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabeledTextsTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static LabeledTexts read(Path file, @Nullable String column, @Nullable String labels) {
        return LabeledTexts.read(file, column, labels, Progress.NONE);
    }

    @Test
    void aLineIsAText() throws IOException {
        LabeledTexts read = read(file("a.txt", "\ufeffone, two\r\n  \"three\" \nvier äöü"), null, null);
        assertThat(read).isEqualTo(new LabeledTexts(List.of("one, two", "\"three\"", "vier äöü"), null));
    }

    @Test
    void aColumnHasTheTextsAndAnotherTheClasses() throws IOException {
        String table = "id,text,category\n1,\"hello, you\",greeting\n2,bye,end\n3,\"two\nlines\",greeting\n";
        LabeledTexts expected = new LabeledTexts(
                List.of("hello, you", "bye", "two\nlines"),
                new NamedLabels(ClassLabels.of(1, 0, 1), List.of("end", "greeting")));
        assertThat(read(file("a.csv", table), null, null)).isEqualTo(expected);
        assertThat(read(file("b.csv", table), "1", "2")).isEqualTo(expected);
        assertThat(read(file("c.csv", table), "text", "id").labels())
                .isEqualTo(new NamedLabels(ClassLabels.of(0, 1, 2), List.of("1", "2", "3")));
    }

    @Test
    void aCompressedTableIsReadLikeAPlainOne() throws IOException {
        for (String name : List.of("a.csv", "a.tsv")) {
            String table = "text,category\nbye,end\nhello,greeting\n".replace(",", name.endsWith("csv") ? "," : "\t");
            Path packed = folder.resolve(name + ".gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
                out.write(table.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(read(packed, null, null))
                    .isEqualTo(read(file(name, table), null, null))
                    .isEqualTo(new LabeledTexts(
                            List.of("bye", "hello"),
                            new NamedLabels(ClassLabels.of(0, 1), List.of("end", "greeting"))));
        }
        assertOneSentence(() -> read(file("b.csv.gz", "text\na\n"), null, null), "b.csv.gz is no gzip file");
    }

    @Test
    void aTableNeedNoClasses() throws IOException {
        LabeledTexts expected = new LabeledTexts(List.of("a b", "c"), null);
        assertThat(read(file("a.tsv", "n\ttext\n1\ta b\n2\tc\n"), null, null)).isEqualTo(expected);
        assertThat(read(file("a.csv", "text\na b\nc\n"), null, null)).isEqualTo(expected);
        // The column that is called as one of classes is that of the texts here.
        assertThat(read(file("b.csv", "n,category\n1,a b\n2,c\n"), "category", null))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a.txt; ; ; ; has no texts: expected at least one, found none",
                "a.txt; one||two; ; ; line 2: expected a text of 1 to 100000 characters, found an empty one",
                "a.txt; one; text; ; has no columns",
                "a.txt; one; ; y; has no columns",
                "a.doc; one; ; ; found another ending",
                "a.csv; ; ; ; has no texts: expected at least one, found none",
                "a.csv; text; ; ; has no texts: expected at least one, found none",
                "a.csv; body|one; ; ; expected a column 'text' (a name, or a number from 0 to 0), found 'body'",
                "a.csv; text,y|one,1; nix; ; expected a column 'nix'",
                "a.csv; text,y|one,1; ; nix; expected a column 'nix'",
                "a.csv; text,y|one,1; ; text; expected another column for the classes than for the texts",
                "a.csv; text,y|one,1|,2; ; ; expected a text of 1 to 100000 characters in column 'text', found an empty one",
                "a.csv; text,y|one,; ; ; expected a class in column 'y'",
                "a.csv; text,y|one; ; ; expected 2 values as in the first row, found 1",
                "a.csv; text,label,y|one,1,2; ; ; expected one column of labels",
            })
    void whatIsNotRightIsSaid(
            String name, @Nullable String text, @Nullable String column, @Nullable String labels, String message)
            throws IOException {
        Path file = file(name, text == null ? "" : text.replace('|', '\n'));
        assertOneSentence(() -> read(file, column, labels), "a.", message);
    }

    @Test
    void anotherEncodingIsRefused() throws IOException {
        byte[] latin = "text\nÄrger\n".getBytes(StandardCharsets.ISO_8859_1);
        Path table = Files.write(folder.resolve("a.csv"), latin);
        Path lines = Files.write(folder.resolve("a.txt"), latin);
        assertOneSentence(() -> read(table, null, null), "a.csv", "expected UTF-8, found bytes that are none");
        assertOneSentence(() -> read(lines, null, null), "a.txt", "expected UTF-8, found bytes that are none");
        Path wide = Files.write(folder.resolve("b.txt"), "text".getBytes(StandardCharsets.UTF_16));
        assertOneSentence(() -> read(wide, null, null), "b.txt", "expected UTF-8");
    }

    @Test
    void longTextsAndMissingFilesAreRefused() throws IOException {
        Path longest = file("a.txt", "x".repeat(100_000) + "\n");
        assertThat(read(longest, null, null).texts()).hasSize(1);
        Path longer = file("b.txt", "x".repeat(100_001) + "\n");
        assertOneSentence(() -> read(longer, null, null), "b.txt, line 1", "found one of 100001");
        assertOneSentence(() -> read(folder.resolve("none.csv"), null, null), "none.csv is missing");
    }
}
