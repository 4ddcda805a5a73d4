package io.github.linfhash.results.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.results.Printed;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Evidence;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class TableFilesTest {
    private final Map<String, String> files = TableFiles.of(
            ComparisonBuilder.compare(
                    Evidence.without(SampleResults.comparison()),
                    Printed.tables().table("T2")),
            "A & B_1, 50% | <b>");

    private String file(String name) {
        return Objects.requireNonNull(files.get(name));
    }

    @Test
    void theCsvHasALineForEachCellInFull() throws IOException {
        List<CSVRecord> lines = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(file("table.csv")))
                .getRecords();
        assertThat(lines).hasSize(9 * 2 * 10);
        assertThat(file("table.csv")).startsWith("""
                        method,bits,metric,unit,printed,corrected,mean,low95,high95,seeds,best,holm.p,agreement
                        ksh,48,map,percent,31.10,,35.0,34.503172457655836,35.49682754234416,3,false,,larger
                        """);
        CSVRecord ksh = lines.get(0);
        assertThat(List.of(ksh.get("method"), ksh.get("bits"), ksh.get("metric"), ksh.get("unit"), ksh.get("printed")))
                .containsExactly("ksh", "48", "map", "percent", "31.10");
        assertThat(ksh.get("corrected")).isEmpty();
        assertThat(Double.parseDouble(ksh.get("mean"))).isCloseTo(35, within(1e-9));
        assertThat(Double.parseDouble(ksh.get("high95"))).isCloseTo(35 + 0.2 * 4.303 / Math.sqrt(3), within(1e-4));
        assertThat(ksh.get("seeds")).isEqualTo("3");
        CSVRecord swapped = lines.stream()
                .filter(line -> line.get("method").equals("agh2")
                        && line.get("bits").equals("48")
                        && line.get("metric").equals("recall@2"))
                .findFirst()
                .orElseThrow();
        assertThat(swapped.get("printed")).isEqualTo("7.1e-2");
        assertThat(Double.parseDouble(swapped.get("corrected"))).isCloseTo(0.036, within(1e-12));
        assertThat(swapped.get("mean")).isEmpty();
        assertThat(swapped.get("seeds")).isEqualTo("0");
    }

    @Test
    void markdownHasALineForEachReadingOfEqualWidth() {
        List<String> rows =
                file("table.md").lines().filter(line -> line.startsWith("|")).toList();
        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(row.chars().filter(c -> c == '|').count()).isEqualTo(14));
        assertThat(file("table.md"))
                .startsWith("# A \\& B\\_1, 50% \\| \\<b\\>\n")
                .contains(
                        "| KSH | 48 | ours | 35.00 \u00b1 0.50 |",
                        "| ITQ | 48 | ours | **41.00**\\* \u00b1 0.50 |",
                        "| corrected |");
    }

    @Test
    void latexIsEscapedAndEveryRowIsComplete() {
        String tex = file("table.tex");
        assertThat(tex)
                .contains(
                        "A \\& B\\_1, 50\\% | \\textless{}b\\textgreater{}",
                        "\\toprule",
                        "\\midrule",
                        "\\bottomrule",
                        "\\cmidrule(lr){5-7}",
                        "$\\mathbf{41.00}^{*} \\pm 0.50$",
                        "$1.0{\\cdot}10^{-2}");
        assertThat(tex.lines().filter(line -> line.endsWith(" \\\\") && !line.contains("multicolumn")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.replace("\\&", "")
                                .chars()
                                .filter(c -> c == '&')
                                .count())
                        .isEqualTo(12));
    }
}
