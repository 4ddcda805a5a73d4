package io.github.linfhash.results.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.results.Printed;
import io.github.linfhash.results.audit.Corrections.Correction;
import io.github.linfhash.results.published.PublishedTable;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CorrectionsTest {
    private static Optional<Correction> find(String table, String method, int bits, String metric) {
        PublishedTable published = Printed.tables().table(table);
        return Corrections.of(published)
                .find(published.find(method, bits, metric).orElseThrow());
    }

    private static double fraction(String table, String method, int bits, String metric) {
        return find(table, method, bits, metric).orElseThrow().fraction().orElseThrow();
    }

    @Test
    void swappedNumbersChangePlaces() {
        assertThat(fraction("T2", "AGH2", 48, "recall@2")).isCloseTo(3.6e-4, within(1e-12));
        assertThat(fraction("T2", "AGH2", 48, "f1@2")).isCloseTo(7.1e-4, within(1e-12));
    }

    @Test
    void severalFaultsOfOneRowAreAllCorrected() {
        assertThat(fraction("T2", "LH", 48, "precision@2")).isCloseTo(0.003, within(1e-12));
        assertThat(fraction("T2", "LH", 48, "recall@2")).isCloseTo(5.1e-7, within(1e-15));
        assertThat(fraction("T2", "LH", 48, "f1@2")).isCloseTo(1.0e-6, within(1e-15));
    }

    @Test
    void whatIsImpossibleWithoutARemedyHasNoNumber() {
        Correction correction = find("T3", "SNNH", 256, "recall@0").orElseThrow();
        assertThat(correction.fraction()).isEmpty();
        assertThat(correction.reasons()).hasSize(1).allMatch(reason -> reason.contains("0.98"));
    }

    @Test
    void whatMayBeRightIsNotCorrected() {
        assertThat(find("T2", "KSH", 48, "map")).isEmpty();
        assertThat(find("T2", "AGH2", 48, "precision@2")).isEmpty();
        assertThat(find("T2", "AGH2", 64, "recall@2")).isEmpty();
    }
}
