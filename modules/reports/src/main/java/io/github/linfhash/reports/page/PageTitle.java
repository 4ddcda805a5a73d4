package io.github.linfhash.reports.page;

import io.github.linfhash.results.schema.Results;

/** What a page is called; where nobody photographed or counted the data, that comes first. */
final class PageTitle {
    private PageTitle() {}

    static String of(Results results) {
        return synthetic(results) + results.protocol().title();
    }

    /** The mark of synthetic data; empty for real data. */
    static String synthetic(Results results) {
        return results.protocol().dataset().synthetic() ? "SYNTHETIC: " : "";
    }
}
