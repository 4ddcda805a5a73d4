package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.LabelArrays;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of {@code evaluate} on codes whose metrics follow by hand. */
class EvaluateOptionsTest extends ProgramOnTinyHome {
    // Rows 0000 {a}, 0000 {a}, 0011 {}, 1111 {a}, in the low bits of a byte; the queries are rows 0 and 2.
    @BeforeEach
    void writeCodes() throws IOException {
        BinaryCodes database = BinaryCodes.ofBytes(4, 8, new byte[] {0, 0, 3, 15});
        LabelSets labels = LabelSets.of(4, 1, new boolean[] {true, true, false, true});
        int[] queries = {0, 2};
        CodeArrays.write(root.resolve("d.npy"), database);
        CodeArrays.write(root.resolve("q.npy"), database.select(queries));
        LabelArrays.write(root.resolve("dl.npy"), labels);
        LabelArrays.write(root.resolve("ql.npy"), labels.select(queries));
    }

    /** The command with these options, and with the usual ones that are not among them. */
    private static String evaluate(String options) {
        return Stream.of(
                        "--query-codes=F/q.npy",
                        "--database-codes=F/d.npy",
                        "--query-labels=F/ql.npy",
                        "--database-labels=F/dl.npy",
                        "--bits=8")
                .filter(usual -> !options.contains(usual.substring(0, usual.indexOf('=') + 1)))
                .collect(Collectors.joining(" ", "evaluate ", " " + options));
    }

    /** The database's names are others in number and order; the values are those of the matrix of {a}. */
    @Test
    void labelsAreReadFromTextsAndTables() throws IOException {
        Files.writeString(root.resolve("dl.txt"), "a\na\nb\na\n");
        Files.writeString(root.resolve("ql.csv"), "label\na\nc\n");
        succeed(evaluate("--database-labels=F/dl.txt --query-labels=F/ql.csv --format=csv"));
        assertThat(out.toString().lines()).contains("recall@0," + (2.0 / 3 / 2), "precision@0,0.5");
        assertThat(badInput(evaluate("--query-codes=F/all.npz:q")))
                .contains("--query-codes: expected an existing file or folder, found nothing at ");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "65537"})
    void aCodeLengthIsNamedByItsOption(String bits) {
        assertThat(badInput(evaluate("--bits=" + bits)))
                .isEqualToIgnoringNewLines("linfhash: --bits: expected numbers from 1 to 65536, found " + bits + ".");
    }

    @Test
    void anotherCodeLengthIsNamedByItsOption() {
        assertThat(badInput(evaluate("--bits=13"))).contains("codes of 13 bits, as --bits says", "[2, 1]");
    }
}
