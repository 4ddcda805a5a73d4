package io.github.linfhash.cli;

import io.github.linfhash.experiment.runner.Runner;
import io.github.linfhash.reports.page.Provenance;
import io.github.linfhash.reports.page.ReportWriter;
import io.github.linfhash.results.published.PublishedTables;
import io.github.linfhash.results.schema.EvidenceFiles;
import io.github.linfhash.results.schema.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The page of a folder while its first runs are computed: written when some of them are finished, and again from time to time.
 * Pages take a twentieth of the time of one core at most. Not safe for threads.
 */
final class UnfinishedPage implements Runner.Interim {
    private static final long FIRST_NANOS = 3_000_000_000L;
    private static final long PERIOD_NANOS = 10_000_000_000L;
    private static final long SHARE = 20;

    private final Path folder;
    private final PublishedTables tables;
    private final Provenance provenance;
    private long next = System.nanoTime() + FIRST_NANOS;

    UnfinishedPage(Path folder, PublishedTables tables, Provenance provenance) {
        this.folder = folder;
        this.tables = tables;
        this.provenance = provenance;
    }

    @Override
    public void show(Results results, Map<String, Integer> left) throws IOException {
        long start = System.nanoTime();
        if (start - next < 0) {
            return;
        }
        ReportWriter.writeUnfinished(folder, EvidenceFiles.of(results, folder), tables, provenance, left);
        long end = System.nanoTime();
        next = end + Math.max(PERIOD_NANOS, SHARE * (end - start));
    }
}
