package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.html.builder.Html;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import org.junit.jupiter.api.Test;

class WarningsTest {
    private static String warnings(String fact) {
        DatasetSummary data = SampleResults.comparison().protocol().dataset();
        return Html.render(Warnings.of(SampleResults.comparison(data.withFact(fact))));
    }

    @Test
    void duplicatesOfQueriesInTheDatabaseAreWarnedOf() {
        assertThat(warnings(
                        "of 10 queries, 3 have an exact duplicate in the database, so that the numbers are too good"))
                .contains("Queries have duplicates in the database.", "Of 10 queries, 3 have");
        assertThat(warnings("120 rows are 60 groups")).doesNotContain("duplicates");
    }
}
