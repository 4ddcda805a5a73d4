package io.github.linfhash.reports.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    void manyMethodsAreFilesOfMany() throws IOException {
        Leaderboard standing = SampleLeaderboards.of(SampleLeaderboards.own(
                        "many", MadeResults.of(List.of("a", "b", "c"), List.of(8, 16), 3, (m, b, s) -> 0.5)))
                .standings()
                .get(0);
        // Three metrics and no times, at two lengths.
        assertThat(csv(standing)).hasSize(3 * 2 * 3);
    }
}
