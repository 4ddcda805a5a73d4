package io.github.linfhash.reports.site;

import io.github.linfhash.reports.site.SiteWriter.TextPage;
import io.github.linfhash.results.board.Leaderboards;
import java.util.Locale;
import java.util.Map;

/**
 * What a site is made of.
 *
 * @param board the results
 * @param classes by name, the class of each method of the suite
 * @param datasets by name, what is known of data sets
 * @param texts what is measured and what the numbers do not say
 * @param version linfhash's version
 */
public record Site(
        Leaderboards board, Map<String, String> classes, Map<String, DataNote> datasets, Texts texts, String version) {
    public Site {
        classes = Map.copyOf(classes);
        datasets = Map.copyOf(datasets);
    }

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
     * Who made a data set and on what terms.
     *
     * @param homepage its official page
     * @param license its license, or what its authors say
     * @param citation the publication to cite
     */
    public record DataNote(String homepage, String license, String citation) {}

    /**
     * Pages that are written by hand, in the Markdown that {@link TextPage} reads.
     *
     * @param measured what is measured and why
     * @param limits what the numbers do not say
     */
    public record Texts(String measured, String limits) {}
}
