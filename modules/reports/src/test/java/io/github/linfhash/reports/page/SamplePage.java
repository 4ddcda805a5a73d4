package io.github.linfhash.reports.page;

import io.github.linfhash.reports.page.ReportWriter.Provenance;
import io.github.linfhash.results.Printed;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.published.PublishedTables;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page of the sample results, and how tests read it. */
final class SamplePage {
    static final String COMMAND = "./linfhash run --protocol fashion-mnist --seeds 0-2";
    static final PublishedTables TABLES = Printed.tables();
    static final Provenance PROVENANCE = new Provenance(COMMAND, true, "name: sample # <b>&</b>\n");

    /** The page. */
    static final String WHOLE = ComparisonPage.render(SampleResults.comparison(), TABLES, PROVENANCE);

    /** The page without the code of its scripts. */
    static final String TEXT = withoutCode(WHOLE);

    private SamplePage() {}

    static String withoutCode(String html) {
        return html.replaceAll("(?s)<script>.*?</script>", "");
    }

    static long count(String text) {
        return Pattern.compile(Pattern.quote(text)).matcher(TEXT).results().count();
    }

    /** The lines of the comparison of a kind. */
    static List<String> lines(String kind) {
        Pattern line = Pattern.compile("<tr class=\"" + kind + "\">(.*?)</tr>", Pattern.DOTALL);
        return line.matcher(TEXT).results().map(match -> match.group(1)).toList();
    }

    /** The texts of the data cells of a line, empty ones included. */
    static List<String> cells(String line) {
        return Pattern.compile("<td[^>]*>(.*?)</td>", Pattern.DOTALL)
                .matcher(line)
                .results()
                .map(match -> match.group(1).replaceAll("<a [^>]*>.</a>", "*").replaceAll("<[^>]*>", ""))
                .toList();
    }

    /** The sample results beside another printed table. */
    static Results besides(@Nullable String table) {
        return besides(table, SampleResults.comparison());
    }

    /** Results beside another printed table. */
    static Results besides(@Nullable String table, Results sample) {
        ProtocolSummary p = sample.protocol();
        ProtocolSummary protocol = new ProtocolSummary(
                p.name(),
                p.title(),
                p.hash(),
                table,
                p.dataset(),
                p.features(),
                p.sizes(),
                p.conventions(),
                p.headline(),
                p.shown(),
                p.bits(),
                p.seeds(),
                p.methods());
        return new Results(protocol, sample.environment(), sample.runs());
    }
}
