package io.github.linfhash.reports.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleResults;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class LeaderboardFilesTest {
    private static final Leaderboard STANDING = SampleLeaderboards.of(
                    SampleLeaderboards.own("folder", SampleResults.reproduction()))
            .standings()
            .get(0);

    private static List<CSVRecord> csv(Leaderboard standing) throws IOException {
        return CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(LeaderboardFiles.csv(standing)))
                .getRecords();
    }

    /** Sample results: a method's mAP is 0.3 + 0.02 for each place among the methods + bits / 1000 + seed / 500. */
    @Test
    void csvHasEveryNumberAsAFraction() throws IOException {
        CSVRecord itq = csv(STANDING).stream()
                .filter(line -> line.get("method").equals("itq")
                        && line.get("metric").equals("map")
                        && line.get("bits").equals("48"))
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(itq.get("mean"))).isCloseTo(0.3 + 0.06 + 0.048 + 0.002, within(1e-12));
        // Standard deviation 0.002, Student's t with 2 degrees of freedom 4.3027.
        assertThat(Double.parseDouble(itq.get("ci95"))).isCloseTo(4.3027 * 0.002 / Math.sqrt(3), within(1e-6));
        assertThat(itq.get("seeds")).isEqualTo("3");
        assertThat(itq.get("group")).isEqualTo("1");
        assertThat(itq.get("submission")).isEqualTo("folder");
        assertThat(csv(STANDING)).extracting(line -> line.get("metric")).contains("trainSeconds", "uniqueCodes");
        assertThat(csv(STANDING))
                .filteredOn(line -> line.get("method").equals("deep-linf")
                        && line.get("bits").equals("64"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.get("failed")).isEqualTo("1"));
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        JsonNode rows = new JsonMapper().readTree(LeaderboardFiles.json(STANDING));
        assertThat(rows).hasSize(8);
        int numbers = 0;
        for (JsonNode row : rows) {
            numbers += row.get("metrics").size();
            assertThat(row.get("rules").asText()).isEqualTo(STANDING.version().shortName());
        }
        assertThat(numbers).isEqualTo(csv(STANDING).size());
    }

    @Test
    void latexHasARowForEachMethodAndLengthWithoutItsSpecialCharacters() {
        String latex = LeaderboardFiles.latex(STANDING);
        assertThat(latex.lines().filter(line -> line.startsWith("ITQ & "))).hasSize(2);
        assertThat(latex).contains("\\mathbf{41.00} \\pm 0.50", "\\toprule", "\\bottomrule");
        Leaderboard evil = SampleLeaderboards.of(
                        SampleLeaderboards.own("x", SampleResults.everythingCalled("50% \\input{x} $&_#")))
                .standings()
                .get(0);
        assertThat(LeaderboardFiles.latex(evil))
                .contains("50\\% \\textbackslash{}input\\{x\\} \\$\\&\\_\\#")
                .doesNotContain("\\input{x}");
    }

    @Test
    void noCellOfTheCsvIsAFormula() {
        Leaderboard evil = SampleLeaderboards.of(
                        SampleLeaderboards.own("=x", SampleResults.everythingCalled("=HYPERLINK(1)")))
                .standings()
                .get(0);
        assertThat(LeaderboardFiles.csv(evil).lines().skip(1))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line).startsWith("'=HYPERLINK(1)").contains(",'=x"));
    }

    @Test
    void bibtexCitesTheBenchmarkAndEachMethodOnce() {
        String bibtex = LeaderboardFiles.bibtex(STANDING.participants(), "@software{linfhash}\n");
        assertThat(bibtex)
                .startsWith("@software{linfhash}\n")
                .contains("@misc{itq,", "note = {{Gong and Lazebnik, CVPR 2011}}", "@misc{deep-linf,");
        assertThat(bibtex.split("@misc\\{", -1)).hasSize(1 + 4);
    }

    @Test
    void aSubmissionIsCitedWithTheAddressOfItsCode() {
        Leaderboard standing = SampleLeaderboards.of(SampleLeaderboards.sent(
                        "x",
                        SampleLeaderboards.external(SampleResults.reproduction()),
                        SampleLeaderboards.about("ksh", "A", "https://a.example/x")))
                .standings()
                .get(0);
        assertThat(LeaderboardFiles.bibtex(standing.participants(), ""))
                .contains("howpublished = {\\url{https://a.example/x}}");
    }

    @Test
    void manyMethodsAreFilesOfMany() throws IOException {
        Leaderboard standing = SampleLeaderboards.of(SampleLeaderboards.own(
                        "many", MadeResults.of(List.of("a", "b", "c"), List.of(8, 16), 3, (m, b, s) -> 0.5)))
                .standings()
                .get(0);
        // Three metrics and no times, at two lengths.
        assertThat(csv(standing)).hasSize(3 * 2 * 3);
    }
}
