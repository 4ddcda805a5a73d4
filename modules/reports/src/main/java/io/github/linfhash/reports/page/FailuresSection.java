package io.github.linfhash.reports.page;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
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
        Element table = Element.of("table")
                .add(Section.caption("Runs without numbers; they count in no mean"))
                .add(Element.of("thead")
                        .add(Element.of("tr")
                                .addAll(Section.headings(List.of("Method", "N", "Seed")))
                                .add(Section.heading("Why").with("class", "words"))))
                .add(Element.of("tbody")
                        .addAll(failed.stream().map(FailuresSection::row).toList()));
        return Section.of("failures", "Failed runs").add(Section.scrolling("Failed runs", table));
    }

    private static Element row(RunResult run) {
        return Element.of("tr")
                .add(Element.of("th")
                        .with("scope", "row")
                        .add(Element.of("code", run.key().entry())))
                .add(Element.of("td", Integer.toString(run.key().bits())))
                .add(Element.of("td", Long.toString(run.key().seed())))
                .add(Element.of("td", String.valueOf(run.failure())).with("class", "words"));
    }
}
