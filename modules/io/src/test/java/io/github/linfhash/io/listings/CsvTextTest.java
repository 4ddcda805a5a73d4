package io.github.linfhash.io.listings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {
    @Test
    void aTableHasItsNumbersInFullAndNothingForMissingValues() {
        Listing table = new Listing("method", "bits", "map", "best");
        table.add("ksh", 48, 0.1 + 0.2, true);
        table.add("a, \"b\"", 64, null, false);

        assertThat(OutputFormat.CSV.render(table))
                .isEqualTo("method,bits,map,best\nksh,48,0.30000000000000004,true\n\"a, \"\"b\"\"\",64,,false\n");
    }

    @Test
    void rowsHaveNothingForNull() {
        assertThat(CsvText.of(List.of("a", "+-"), List.of(Arrays.asList("x", null))))
                .isEqualTo("a,+-\nx,\n");
        assertThat(CsvText.rows(List.of(List.of("x", 1L)))).isEqualTo("x,1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "--x", "=", "-1.5E"})
    void aTextThatASpreadsheetTakesForAFormulaIsQuoted(String text) {
        assertThat(CsvText.rows(List.of(List.of("x", text)))).isEqualTo("x,'" + text + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "+-", "-0.5", "+0.25", "-1.5E-4", "-7", "a=b", "0-1"})
    void signsAndNumbersAreNoFormulas(String text) {
        assertThat(CsvText.rows(List.of(List.of("x", text)))).isEqualTo("x," + text + "\n");
    }
}
