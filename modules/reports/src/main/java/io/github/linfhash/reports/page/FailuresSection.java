package io.github.linfhash.reports.page;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.results.schema.Results;
import java.util.List;

/** The runs that failed, with the sentence that says why; nothing where none did. */
final class FailuresSection {
    private FailuresSection() {}

    static Html html(Results results) {
        List<RunResult> failed =
                results.runs().stream().filter(RunResult::failed).toList();
        if (failed.isEmpty()) {
            return Html.fragment(List.of());
        }
        return Section.folding(
                "failures",
                "Failed runs",
                true,
                List.of(Section.table(
                        "Failed runs",
                        "",
                        "Failed runs are excluded from all means",
                        Listing.of(failed)
                                .head(
                                        "Method",
                                        run -> Element.of("code", run.key().entry()))
                                .number("N", run -> run.key().bits())
                                .number("Seed", run -> run.key().seed())
                                .words("Why", RunResult::failure))));
    }
}
