package io.github.linfhash.results.published;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.results.Printed;
import io.github.linfhash.results.published.PublishedTable.PublishedCell;
import io.github.linfhash.results.published.PublishedTable.PublishedMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedTablesTest {
    private static final String HEADER = "table,dataset,method,bits,metric,printed,flags\n";

    @TempDir
    Path folder;

    /** Typed from the printed pages, not from our file. */
    @ParameterizedTest
    @CsvSource({
        "T2, KSH, 48, map, 31.10, 0.3110",
        "T2, KSH, 48, recall@0, 5.6e-2, 0.00056",
        "T2, AGH2, 48, recall@2, 7.1e-2, 0.00071",
        "T2, PSH, 64, recall@0, 1.69e-5, 1.69e-7",
        "T2, LH, 64, precision@0, 0.00, 0",
        "T2, NNH, 48, precision@2, 34.87, 0.3487",
        "T2, NNH, 64, map, 35.24, 0.3524",
        "T2, SNNH, 48, f1@2, 17.56, 0.1756",
        "T2, SNNH, 64, f1@0, 14.90, 0.1490",
        "T2, Proposed, 48, map, 31.48, 0.3148",
        "T2, Proposed, 48, precision@2, 36.89, 0.3689",
        "T2, Proposed, 64, precision@0, 33.30, 0.3330",
        "T2, Proposed, 64, recall@0, 8.9, 0.089",
        "T3, KSH, 64, map@10, 72.85, 0.7285",
        "T3, AGH2, 256, map@10, 73.00, 0.73",
        "T3, SNNH, 64, precisionTop5000, 56.82, 0.5682",
        "T3, Proposed, 256, precision@0, 89.49, 0.8949",
        "T3, Proposed, 256, recall@2, 7.2e-2, 0.00072",
    })
    void cellsAreAsThePaperPrintsThem(
            String table, String method, int bits, String metric, String text, double fraction) {
        PublishedCell cell =
                Printed.tables().table(table).find(method, bits, metric).orElseThrow();
        assertThat(cell.printed().text()).isEqualTo(text);
        assertThat(cell.fraction()).isCloseTo(fraction, within(1e-15));
    }

    @Test
    void everyRowOfBothTablesHasEveryCell() {
        PublishedTable t2 = Printed.tables().table("T2");
        assertThat(t2.cells()).hasSize(8 * 2 * 7);
        assertThat(t2.bits()).containsExactly(48, 64);
        assertThat(t2.metrics())
                .containsExactly("map", "precision@2", "recall@2", "f1@2", "precision@0", "recall@0", "f1@0");
        PublishedTable t3 = Printed.tables().table("T3");
        assertThat(t3.cells()).hasSize(8 * 2 * 8);
        assertThat(t3.bits()).containsExactly(64, 256);
        assertThat(t3.title()).isEqualTo("Table 3");
    }

    @Test
    void everyPrintedRowHasAMethodOfOursInPrintedOrder() {
        for (PublishedTable table : Printed.tables().tables()) {
            assertThat(PublishedMethod.ALL.stream().map(PublishedMethod::printedName))
                    .containsExactlyElementsOf(table.methods());
        }
        assertThat(PublishedMethod.of("deep-linf").orElseThrow().printedName()).isEqualTo("Proposed");
        assertThat(PublishedMethod.of("itq")).isEmpty();
    }

    @Test
    void theRowOfUncertainIdentityIsShownWithBothForms() {
        PublishedMethod lda = PublishedMethod.of("ldahash").orElseThrow();
        assertThat(lda).isEqualTo(PublishedMethod.of("ldahash-dif").orElseThrow());
        assertThat(lda.printedName()).isEqualTo("LH");
        assertThat(lda.caveat()).contains("unknown");
    }

    @Test
    void flagsAreRead() {
        PublishedTable t2 = Printed.tables().table("T2");
        assertThat(t2.find("LH", 48, "recall@2").orElseThrow().flags())
                .containsExactly(PublishedFlag.RECALL_F1_SWAPPED, PublishedFlag.PRECISION_AS_FRACTION);
        assertThat(t2.find("KSH", 48, "map").orElseThrow().flags()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"31.10, 0.005", "9.8, 0.05", "5.6e-2, 0.0005", "1.69e-5, 0.00000005", "0.00, 0.005"})
    void halfTheLastDigitIsTheMostThatRoundingChanges(String text, double halfUnit) {
        assertThat(new PrintedPercent(text).halfUnit().doubleValue()).isEqualTo(halfUnit);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        T2,CIFAR10,KSH,48,map,31.1        | line 2: expected 7 values, found 6
        T2,CIFAR10,KSH,48,map,31.1,,      | line 2: expected 7 values, found 8
        ,CIFAR10,KSH,48,map,31.1,         | line 2: the column 'table' is empty; fill it in
        T2,CIFAR10,KSH,0,map,31.1,        | line 2: expected a code length, found '0'
        T2,CIFAR10,KSH,4x,map,31.1,       | line 2: expected a code length, found '4x'
        T2,CIFAR10,KSH,48,map,100.1,      | line 2: expected a percentage within 0..100 such as 31.10 or 5.6e-2, found '100.1'
        T2,CIFAR10,KSH,48,map,-1,         | line 2: expected a percentage within 0..100
        T2,CIFAR10,KSH,48,map,NaN,        | line 2: expected a percentage within 0..100
        T2,CIFAR10,KSH,48,map,1e999999,   | line 2: expected a percentage within 0..100
        T2,CIFAR10,KSH,48,map,31.1,wrong  | line 2: unknown flag 'wrong'; use some of recall-f1-swapped,
        T2,CIFAR10,KSH,48,map,"31.1,      | not a table in CSV
        """)
    void aMalformedLineIsNamed(String line, String sentence) throws IOException {
        assertRefused(HEADER + line + "\n", sentence);
    }

    @Test
    void filesThatAreNoTableOfCellsAreRefused() throws IOException {
        assertRefused("", "expected the columns");
        assertRefused("table,dataset\n", "expected the columns");
        assertRefused(HEADER, "expected cells, found a header alone");
        String cell = "T2,CIFAR10,KSH,48,map,31.1,\n";
        assertRefused(HEADER + cell + cell, "line 3: the same cell is in a line above; remove one of them");
        assertRefused(
                HEADER + cell + "T2,NUS-WIDE,KSH,64,map,31.1,\n",
                "line 3: table T2 is of 'CIFAR10' in the lines above, here of 'NUS-WIDE'");
        assertRefused(HEADER + "x".repeat(1 << 20), "larger than 1048576 bytes");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() throws IOException {
        Path file = folder.resolve("latin1.csv");
        Files.write(file, (HEADER + "T2,\u00e9,KSH,48,map,31.1,\n").getBytes(StandardCharsets.ISO_8859_1));
        assertBadInput(() -> PublishedTables.read(file))
                .hasMessage(file + " is no text: expected UTF-8, found bytes that are none; save it as UTF-8");
    }

    @Test
    void aTableThatThePaperDoesNotHaveIsNamed() {
        assertBadInput(() -> Printed.tables().table("T4"))
                .hasMessage("expected one of the published tables [T2, T3], found 'T4'");
    }

    private void assertRefused(String text, String sentence) throws IOException {
        Path file = folder.resolve("table.csv");
        Files.writeString(file, text);
        assertBadInput(() -> PublishedTables.read(file))
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(sentence);
    }
}
