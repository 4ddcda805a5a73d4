package io.github.linfhash.formats.vectors;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgmentFileTest {
    private static final VectorIds QUERIES = VectorIds.numbers("q.npy", 3);
    private static final VectorIds ROWS = VectorIds.numbers("x.npy", 20);

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private VectorIds ids(String text, int rows) throws IOException {
        return VectorIds.read(file("a.ids", text), "x.npy", rows, Progress.NONE);
    }

    private Qrels read(String text, VectorIds queries, VectorIds rows) throws IOException {
        return JudgmentFile.read(file("a.qrels", text), queries, rows, Progress.NONE);
    }

    @Test
    void trecSeparatesByBlanksOrTabs() throws IOException {
        Qrels read = read("0 0 12 1\r\n 0\tQ0\t3   2\n0 0 4 -2\n2 1 19 0\n", QUERIES, ROWS);
        assertThat(read.queries()).isEqualTo(3);
        assertThat(read.databaseRows()).isEqualTo(20);
        assertThat(read.rows(0)).containsExactly(3, 12);
        assertThat(read.grades(0)).containsExactly(2, 1);
        assertThat(read.answered()).containsExactly(0);
    }

    @Test
    void beirHasAHeaderAndTabs() throws IOException {
        Qrels read = read("\ufeffquery-id\tcorpus-id\tscore\n1\t7\t1\n2\t7\t2.0", QUERIES, ROWS);
        assertThat(read.rows(1)).containsExactly(7);
        assertThat(read.grades(2)).containsExactly(2);
        assertThat(read.answered()).containsExactly(1, 2);
    }

    /** Such files cover other splits, and vectors may be a part of a corpus. */
    @Test
    void whatNoIdNamesIsCounted() throws IOException {
        VectorIds queries = ids("PLAIN-1\nPLAIN-2\n", 2);
        VectorIds rows = ids("MED-10\n <dbpedia:Ärger> \r\nMED-14", 3);
        Qrels read = read(
                "query-id\tcorpus-id\tscore\nPLAIN-2\t<dbpedia:Ärger>\t1\nPLAIN-2\tMED-9\t1\nPLAIN-3\tMED-10\t1\nPLAIN-3\tMED-9\t1\n",
                queries,
                rows);
        assertThat(read.rows(1)).containsExactly(1);
        assertThat(read.ofOtherQueries()).isEqualTo(2);
        assertThat(read.ofOtherRows()).isEqualTo(1);
    }

    @Test
    void theSameJudgmentTwiceCountsOnce() throws IOException {
        assertThat(read("0 0 5 2\n0 0 5 2\n", QUERIES, ROWS).grades(0)).containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "; has no judgments: expected at least one, found none",
                "query-id>corpus-id>score; has no judgments: expected at least one, found none",
                "0 1 1; line 1: expected a query, an iteration, a document and a grade with blanks between, or the header",
                "0 0 1 1|0 1 1; line 2: expected a query, an iteration, a document and a grade with blanks between, found 3 words",
                "0 0 1 1||0 0 2 1; line 2: expected a query, an iteration, a document and a grade with blanks between, found 0 words",
                "query-id>corpus-id>score|0 1 1; line 2: expected a query, a document and a grade with tabs between, found 1 column",
                "query-id>corpus-id>score|0>1>1>; expected a query, a document and a grade with tabs between, found 4 columns",
                "query-id>corpus-id>score|>1>1; line 2: expected an id of 1 to 1000 characters without blanks, found nothing",
                "query-id>corpus-id>score|0>1 2>1; expected an id of 1 to 1000 characters without blanks, found '1 2'",
                "0 0 1 good; line 1: expected a whole number from -1000000 to 1000000 as the grade, found 'good'",
                "0 0 1 0.5; as the grade, found '0.5'",
                "0 0 1 1000001; as the grade, found '1000001'",
                "0 0 20 1; line 1: expected a row of x.npy from 0 to 19, as no file names its ids, found '20'",
                "0 0 MED-1 1; expected a row of x.npy from 0 to 19, as no file names its ids, found 'MED-1'",
                "0 0 007 1; expected a row of x.npy from 0 to 19, as no file names its ids, found '007'",
                "3 0 1 1; line 1: expected a row of q.npy from 0 to 2, as no file names its ids, found '3'",
                "0 0 1 1|0 0 1 2; line 2: expected one grade of document '1' for query '0', found 2 after 1",
            })
    void whatIsNotRightIsSaid(@Nullable String text, String message) {
        String lines = text == null ? "" : text.replace('|', '\n').replace('>', '\t');
        assertOneSentence(() -> read(lines, QUERIES, ROWS), "a.qrels", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a|b; a.ids: expected an id for each of the 3 vectors of x.npy, one a line, found 2",
                "; expected an id for each of the 3 vectors of x.npy, one a line, found 0",
                "a|b|c|d; line 4: expected no more than 3 ids, as x.npy has vectors, found another",
                "a|b|a; line 3: expected each id once, found 'a', which line 1 has, too",
                "a||c; line 2: expected an id of 1 to 1000 characters without blanks, found nothing",
                "a|b c|d; line 2: expected an id of 1 to 1000 characters without blanks, found 'b c'",
            })
    void idsThatAreNotRightAreToldToo(@Nullable String text, String message) {
        assertOneSentence(() -> ids(text == null ? "" : text.replace('|', '\n'), 3), "a.ids", message);
    }

    @Test
    void longIdsAreRefused() throws IOException {
        assertThat(ids("a".repeat(1000), 1).rows()).isEqualTo(1);
        assertOneSentence(() -> ids("a".repeat(1001), 1), "a.ids", "found one of 1001");
    }

    @Test
    void anotherEncodingIsRefused() throws IOException {
        byte[] latin = "0 0 Ärger 1\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("a.qrels"), latin);
        assertOneSentence(() -> JudgmentFile.read(file, QUERIES, ROWS, Progress.NONE), "a.qrels", "expected UTF-8");
    }
}
