package io.github.linfhash.cli;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.results.claims.ClaimTests;
import io.github.linfhash.results.claims.ClaimTests.ClaimResult;
import io.github.linfhash.results.claims.ClaimsFile;
import io.github.linfhash.results.published.PublishedTables;
import io.github.linfhash.results.schema.Evidence;
import java.io.IOException;
import java.util.List;

/**
 * The published tables and sentences that a report compares with results.
 *
 * @param tables the published tables of the paper
 * @param sentences its testable sentences
 */
record PublishedComparison(PublishedTables tables, ClaimsFile sentences) {
    static PublishedComparison read(ProjectHome home) throws IOException {
        return new PublishedComparison(
                PublishedTables.read(home.published()), StrictReader.read(home.claims(), ClaimsFile.class));
    }

    /**
     * Returns the verdicts on the paper's sentences; empty if none of its tables is about these data, because then they
     * mean nothing ({@code linfhash paper claims} tests them all the same).
     *
     * @param evidence as {@link ClaimTests#of} takes it
     */
    List<ClaimResult> verdicts(List<Evidence> evidence, Progress progress) {
        boolean beside =
                !tables.beside(evidence.get(0).results().protocol()).cells().isEmpty();
        if (!beside) {
            return List.of();
        }
        try (Progress.Task task = progress.begin("testing the paper's claims", 1)) {
            List<ClaimResult> verdicts = ClaimTests.of(sentences, evidence);
            task.advance(1);
            return verdicts;
        }
    }
}
