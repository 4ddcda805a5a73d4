package io.github.linfhash.reports.site;

import io.github.linfhash.reports.ranking.Leaderboards;
import io.github.linfhash.reports.site.SiteWriter.TextPage;
import java.util.Locale;

/**
 * The content of a site.
 *
 * @param board the results
 * @param texts what is measured and what the numbers do not say
 * @param version linfhash's version
 */
public record Site(Leaderboards board, Texts texts, String version) {
    /** How the benchmark itself is cited, in BibTeX; CITATION.cff says the same. */
    public String citation() {
        return String.format(Locale.ROOT, """
                @software{linfhash,
                  title = {linfhash: a benchmark suite for learning to hash},
                  author = {{The linfhash authors}},
                  version = {%s},
                  license = {Apache-2.0}
                }
                """, version);
    }

    /**
     * Pages that are written by hand, in the Markdown that {@link TextPage} reads.
     *
     * @param measured what is measured and why
     * @param limits what the numbers do not say
     */
    public record Texts(String measured, String limits) {}
}
