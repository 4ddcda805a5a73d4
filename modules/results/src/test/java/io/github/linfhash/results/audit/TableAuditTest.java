package io.github.linfhash.results.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.results.Printed;
import io.github.linfhash.results.audit.AuditSettings.TableFacts;
import io.github.linfhash.results.audit.TableAudit.Finding;
import io.github.linfhash.results.published.PrintedPercent;
import io.github.linfhash.results.published.PublishedFlag;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.published.PublishedTable.PublishedCell;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableAuditTest {
    private static final PublishedTable TABLE_2 = Printed.tables().table("T2");
    private static final PublishedTable TABLE_3 = Printed.tables().table("T3");

    @ParameterizedTest
    @ValueSource(strings = {"T2", "T3"})
    void everyFlaggedCellIsFoundByComputationAndNoOther(String id) {
        PublishedTable table = Printed.tables().table(id);
        Map<String, Set<PublishedFlag>> noted = new TreeMap<>();
        for (PublishedCell cell : table.cells()) {
            if (!cell.flags().isEmpty()) {
                noted.put(cell.method() + cell.bits() + cell.metric(), cell.flags());
            }
        }

        assertThat(foundIn(table)).isEqualTo(noted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"T2", "T3"})
    void theFlagsOfTheFileAreNotLookedAt(String id) {
        PublishedTable table = Printed.tables().table(id);
        List<PublishedCell> bare = table.cells().stream()
                .map(cell -> new PublishedCell(cell.method(), cell.bits(), cell.metric(), cell.printed(), Set.of()))
                .toList();
        PublishedTable unflagged = new PublishedTable(table.id(), table.dataset(), bare);

        assertThat(findings(unflagged)).isEqualTo(findings(table)).isNotEmpty();
    }

    @Test
    void correctionsAreThoseOfTheHandAudit() {
        assertThat(corrected(TABLE_2, "AGH2", 48, 2))
                .containsEntry("recall@2", 3.6e-4)
                .containsEntry("f1@2", 7.1e-4);
        assertThat(corrected(TABLE_2, "LH", 48, 2))
                .containsEntry("recall@2", 5.1e-7)
                .containsEntry("f1@2", 1.0e-6)
                .containsEntry("precision@2", 0.003);
        // One query of a thousand finds one of its 5,900 relevant items and nothing else: its precision is 1, its
        // recall 1 / 5,900, and its F1 2 / 5,901. Published are 1.0e-3, 1.69e-5 and 3.3e-5.
        assertThat(corrected(TABLE_2, "PSH", 64, 0))
                .containsOnlyKeys("precision@0", "f1@0")
                .containsEntry("precision@0", 0.001);
        assertThat(corrected(TABLE_2, "PSH", 64, 0).get("f1@0")).isCloseTo(2.0 / 5901 / 1000, within(5e-9));
        // The same event; its F1 is within rounding of both.
        assertThat(corrected(TABLE_2, "LH", 64, 2)).containsOnlyKeys("precision@2");
        assertThat(corrected(TABLE_2, "SNNH", 64, 0).get("f1@0")).isCloseTo(0.1480, within(5e-5));
        assertThat(corrected(TABLE_2, "Proposed", 48, 2).get("f1@2")).isCloseTo(0.1864, within(5e-5));
        assertThat(corrected(TABLE_3, "Proposed", 256, 2).get("f1@2")).isCloseTo(0.00144, within(5e-6));
        assertThat(corrected(TABLE_3, "SNNH", 256, 0)).isEmpty();
    }

    @Test
    void sentencesShowTheNumbers() {
        assertThat(findings(TABLE_2).stream().map(Finding::sentence))
                .contains(
                        "SNNH, 64 bits, radius 0: F1 is published as 14.90, but the harmonic mean of precision and recall"
                                + " is between 14.75 and 14.86",
                        "LH, 64 bits, radius 2: precision 1.0e-3% over 1000 queries allows at most 1.0% for"
                                + " one query, which is below chance (10.0%); as a fraction it is 0.10%");
        assertThat(findings(TABLE_3).stream().map(Finding::sentence))
                .contains(
                        "Proposed, 256 bits, radius 0: recall 0.57 is above the 7.2e-2 within radius 2",
                        "Proposed, 64 bits, radius 0: precision 86.23 is above the 84.26 of LH, 64 bits, radius 2,"
                                + " where every query with any relevant item has precision 1");
    }

    @Test
    void theSaturatedRowsOfTableThreeAreSelfMatches() {
        assertThat(findings(TABLE_3).stream()
                        .filter(finding -> finding.flag() == PublishedFlag.SELF_MATCHES)
                        .map(finding -> finding.method() + " " + finding.bits() + " "
                                + finding.metrics().get(0).replaceFirst(".*@", "")))
                .containsExactly("KSH 256 2", "KSH 256 0", "LH 64 2", "LH 64 0", "LH 256 2", "LH 256 0");
        assertThat(findings(TABLE_2)).noneMatch(finding -> finding.flag() == PublishedFlag.SELF_MATCHES);
    }

    @Test
    void withoutFactsUnitsOfPrecisionAreNotJudged() {
        assertThat(TableAudit.findings(TABLE_2, Optional.empty()))
                .noneMatch(finding -> finding.flag() == PublishedFlag.PRECISION_AS_FRACTION);
    }

    @ParameterizedTest(name = "P {0} R {1} F1 {2}: {3}")
    @CsvSource({
        // 2 * 30 * 10 / 40 = 15
        "30.00, 10.00, 15.00, ",
        "30.00, 10.00, 15.01, ", // recall up to 10.005 gives 15.0056, which rounds to 15.01
        "30.00, 10.00, 15.02, F1_NOT_HARMONIC_MEAN",
        "30.00, 15.00, 10.00, RECALL_F1_SWAPPED",
        "30.00, 0.10, 15.00, RECALL_AS_FRACTION",
        "30.00, 10.00, 0.15, F1_AS_FRACTION",
        "0.00, 0.00, 0.00, ",
        "5.00, 5.00, 5.00, ",
        "0.10, 5.6e-2, 7.2e-2, ",
        "1.0e-3, 1.7e-5, 3.4e-5, PRECISION_AS_FRACTION",
        "1.1e-2, 1.7e-5, 3.4e-5, ", // eleven percent in one ball of a thousand: above chance
    })
    void oneGroupIsJudgedByItsRoundingIntervals(String p, String r, String f1, PublishedFlag flag) {
        List<Finding> findings = TableAudit.findings(
                new PublishedTable("T", "CIFAR10", group("A", 2, p, r, f1)), Optional.of(TableFacts.CIFAR10));

        assertThat(findings.stream().map(Finding::flag)).isEqualTo(flag == null ? List.of() : List.of(flag));
    }

    @ParameterizedTest
    @CsvSource({"5.00, 5.00, false", "5.01, 5.00, false", "5.02, 5.00, true", "4.00, 5.00, false", "0.06, 5.6e-2, false"
    })
    void recallMayNotFallAsTheRadiusGrows(String atZero, String atTwo, boolean wrong) {
        List<PublishedCell> cells = new ArrayList<>(group("A", 2, "50.00", atTwo, "9.09"));
        cells.addAll(group("A", 0, "50.00", atZero, "9.09"));

        List<Finding> findings = TableAudit.findings(new PublishedTable("T", "other", cells), Optional.empty());

        assertThat(findings.stream().filter(f -> f.flag() == PublishedFlag.RECALL_ABOVE_LARGER_RADIUS))
                .hasSize(wrong ? 1 : 0)
                .allMatch(finding -> finding.metrics().equals(List.of("precision@0", "recall@0", "f1@0")));
    }

    @Test
    void groupsThatAreNotCompleteAreLeftAlone() {
        List<PublishedCell> cells = group("A", 2, "30.00", "10.00", "99.00").subList(0, 2);
        assertThat(TableAudit.findings(new PublishedTable("T", "other", cells), Optional.empty()))
                .isEmpty();
    }

    @Test
    void factsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new TableFacts(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TableFacts(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TableFacts(1, 2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(TableFacts.of("NUS-WIDE")).isEmpty();
    }

    private static List<Finding> findings(PublishedTable table) {
        return TableAudit.findings(table, TableFacts.of(table.dataset()));
    }

    /** The flags of each cell; self matches are no mistake of a single cell, and the file does not note them. */
    private static Map<String, Set<PublishedFlag>> foundIn(PublishedTable table) {
        Map<String, Set<PublishedFlag>> found = new TreeMap<>();
        for (Finding finding : findings(table)) {
            if (finding.flag() != PublishedFlag.SELF_MATCHES) {
                finding.metrics()
                        .forEach(metric -> found.computeIfAbsent(
                                        finding.method() + finding.bits() + metric,
                                        cell -> EnumSet.noneOf(PublishedFlag.class))
                                .add(finding.flag()));
            }
        }
        return found;
    }

    private static Map<String, Double> corrected(PublishedTable table, String method, int bits, int radius) {
        Map<String, Double> corrected = new TreeMap<>();
        findings(table).stream()
                .filter(finding -> finding.method().equals(method)
                        && finding.bits() == bits
                        && finding.metrics().contains("precision@" + radius))
                .forEach(finding -> corrected.putAll(finding.corrected()));
        return corrected;
    }

    private static List<PublishedCell> group(String method, int radius, String p, String r, String f1) {
        return List.of(
                cell(method, "precision@" + radius, p),
                cell(method, "recall@" + radius, r),
                cell(method, "f1@" + radius, f1));
    }

    private static PublishedCell cell(String method, String metric, String printed) {
        return new PublishedCell(method, 48, metric, new PrintedPercent(printed), Set.of());
    }
}
