package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.differences.ResultDifferences;
import io.github.linfhash.results.schema.Results;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferencePageTest {
    @Test
    void namesAndEnvironmentsAreTextAndNeverMarkup() {
        Results before = MadeResults.of(List.of("a", "b"), List.of(16), 3, (method, bits, seed) -> 0.25);
        Results other = new Results(before.protocol(), SampleResults.environment("Another <CPU>"), before.runs());

        assertThat(DifferencePage.render(ResultDifferences.of(before, other), before, List.of("x<1>", "y")))
                .contains("Another &lt;CPU&gt;", "x&lt;1&gt;", "6 of 6 runs have identical codes");
    }
}
