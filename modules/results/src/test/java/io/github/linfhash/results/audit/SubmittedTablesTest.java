package io.github.linfhash.results.audit;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.results.Printed;
import io.github.linfhash.results.audit.AuditSettings.TableFacts;
import io.github.linfhash.results.audit.SubmittedTables.Unit;
import io.github.linfhash.results.audit.TableAudit.Finding;
import io.github.linfhash.results.published.PublishedFlag;
import io.github.linfhash.results.published.PublishedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmittedTablesTest {
    @TempDir
    Path folder;

    @Test
    void theTablesOfThisRepositoryAreReadAsTheyAre() throws IOException {
        SubmittedTables submitted = SubmittedTables.read(Printed.FILE, Optional.empty());
        assertThat(submitted.unit()).isEqualTo(Unit.PERCENT);
        for (PublishedTable table : submitted.tables()) {
            AuditSettings settings = AuditSettings.of(TableFacts.of(table.dataset()));
            List<Finding> findings = submitted.audit(table, settings).findings();
            assertThat(findings).isEqualTo(TableAudit.findings(Printed.tables().table(table.id()), settings));
        }
    }

    @Test
    void aTableWithARowForEachMethodIsReadTooWhateverItsSpelling() throws IOException {
        // 2 * 30 * 10 / 40 = 15; recall 12 at radius 0 is above the 10 within radius 2.
        List<Finding> findings = audit("""
                Model,Code length,mAP,Prec.@R<=2,Recall@r=2,F1@2,recall@0,Comment
                Ours,64,31.2,30.00,10.00,15.00,12.00,best
                Theirs,64,29.9,30.00,10.00,16.00,-,
                """);
        assertThat(findings)
                .extracting(Finding::flag)
                .containsExactly(PublishedFlag.F1_NOT_HARMONIC_MEAN, PublishedFlag.RECALL_ABOVE_LARGER_RADIUS);
        assertThat(findings.get(0).sentence()).startsWith("Theirs, 64 bits, radius 2: F1 is published as 16.00");
        assertThat(findings.get(0).arithmetic())
                .isEqualTo(
                        "precision in [29.995, 30.005] and recall in [9.995, 10.005] give F1 in [14.9937, 15.0062], published is"
                                + " [15.995, 16.005]");
        assertThat(findings.get(1).metrics()).containsExactly("recall@0");
    }

    @Test
    void fractionsKeepTheirDigits() throws IOException {
        // 0.3, one digit, is anything from 0.25 to 0.35; 2 * 0.25 * 0.05 / 0.3 = 0.083 up to 2 * 0.35 * 0.15 / 0.5 =
        // 0.21.
        assertThat(audit("method,precision@2,recall@2,f1@2\nA,0.3,0.1,0.2\n")).isEmpty();
        assertThat(audit("method,precision@2,recall@2,f1@2\nA,0.30,0.10,0.20\n"))
                .extracting(Finding::flag)
                .containsExactly(PublishedFlag.F1_NOT_HARMONIC_MEAN);
        assertThat(audit("method,precision@2,recall@2,f1@2\nA,0.3000,1.0e-5,2.0e-5\n"))
                .isEmpty();
    }

    @Test
    void rankingsPrintedAsFractionsAreFound() throws IOException {
        String table = "method,map\nA,31.10\nB,0.29\nC,27.30\n";
        assertThat(audit(table)).singleElement().satisfies(finding -> {
            assertThat(finding.flag()).isEqualTo(PublishedFlag.RANKING_AS_FRACTION);
            assertThat(finding.method()).isEqualTo("B");
            assertThat(finding.corrected()).containsEntry("map", 0.29);
        });
        assertThat(audit("method,map\nA,31.10\nB,5.30\nC,27.30\n")).isEmpty();
    }

    @Test
    void numbersThatAreNoPercentagesAreFound() throws IOException {
        assertThat(audit("method,map,recall@2\nA,131.1,20\nB,-3,30\n"))
                .extracting(Finding::sentence)
                .containsExactly("A: map is 131.1%", "B: map is -3%");
        assertThat(audit("method,map\nA,100\nB,0\n")).isEmpty();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPercentSignIsReadOverWhateverIsBeforeIt() throws IOException {
        assertThat(audit("method,map\nA,131.1%\nB,-3%\n"))
                .extracting(Finding::sentence)
                .containsExactly("A: map is 131.1%", "B: map is -3%");
        assertBadInput(() -> audit("method,map\nA,1" + " ".repeat(300_000) + "x\n"))
                .hasMessageContaining("expected a number");
    }

    @Test
    void nothingIsAboveTheShareOfQueriesWithAnythingRelevant() throws IOException {
        SubmittedTables submitted = read("method,bits,map,precision@0\nA,64,84.24,84.25\n");
        AuditSettings settings = new AuditSettings(Optional.empty(), OptionalDouble.of(0.8424), true);
        assertThat(submitted.audit(submitted.tables().get(0), settings).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).startsWith("A, 64 bits: precision@0 84.25"));
    }

    @Test
    void theMeanOfF1MayBeSmallerButNotLarger() throws IOException {
        SubmittedTables submitted =
                read("method,precision@2,recall@2,f1@2\nA,30.00,10.00,14.00\nB,30.00,10.00,16.00\n");
        AuditSettings settings = new AuditSettings(Optional.empty(), OptionalDouble.empty(), false);
        assertThat(submitted.audit(submitted.tables().get(0), settings).findings())
                .extracting(Finding::method)
                .containsExactly("B");
    }

    /** F1 is below the harmonic mean of 30 and 10, which is 15, as a mean of the queries' F1 may be. */
    @Test
    void tablesThatLinfhashWroteHaveMeansWhereNothingIsPublished() throws IOException {
        String header = "method,bits,metric,unit,printed,corrected,mean,low95,high95,seeds,best,holm.p,agreement\n";
        String table = header
                + "ksh,48,precision@2,percent,,,30.0,29,31,2,false,,\nksh,48,recall@2,percent,,,10.0,9,11,2,false,,\n"
                + "ksh,48,f1@2,percent,,,F1,12,13,2,false,,\nksh,48,uniqueCodes,count,,,4711,,,2,false,,\n";
        AuditSettings settings = new AuditSettings(Optional.empty(), OptionalDouble.empty(), false);
        SubmittedTables right = read(table.replace("F1,12", "12.34567890123456,12"));
        assertThat(right.measured()).isTrue();
        assertThat(right.audit(right.tables().get(0), settings).findings()).isEmpty();
        SubmittedTables wrong = read(table.replace("F1,12", "15.5,12"));
        assertThat(wrong.audit(wrong.tables().get(0), settings).findings()).hasSize(1);
        // Published numbers, where there are any, are what is audited.
        SubmittedTables published = read(header + "ksh,48,map,percent,30.96,,130,29,31,2,false,,\n");
        assertThat(published.measured()).isFalse();
        assertThat(published.audit(published.tables().get(0), settings).findings())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a,b/1,2                              | expected a column 'method', and either
            method,note/1,2                      | expected a column 'method', and either
            method,map/A,many                    | line 2: expected a number such as 31.10, 0.311 or 5.6e-2 for map, found 'many'
            method,map/,3                        | line 2: expected the name of a method, found none
            method,map                           | expected numbers, found none
            method,bits,map/A,long,3             | line 2: expected a code length, found 'long'
            method,map/A,3/A,4                   | line 3: the same cell is in a line above; remove one of them
            method,map/A,3,4                     | line 2: expected 2 values, found 3
            method,map,map/A,3,4                 | expected each column once, found 'map' twice
            method,"map                          | not a table in CSV
            method,map/"A,3                      | not a table in CSV
            """)
    void whatIsNoTableEndsWithOneSentence(String lines, String sentence) {
        assertBadInput(() -> read(lines.replace("/", "\n") + "\n"))
                .hasMessageContaining("table.csv")
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("\n");
    }

    private List<Finding> audit(String text) throws IOException {
        SubmittedTables submitted = read(text);
        return submitted
                .audit(submitted.tables().get(0), AuditSettings.of(Optional.empty()))
                .findings();
    }

    private SubmittedTables read(String text) throws IOException {
        Path file = folder.resolve("table.csv");
        Files.writeString(file, text);
        return SubmittedTables.read(file, Optional.empty());
    }
}
