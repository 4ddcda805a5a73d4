package io.github.linfhash.results.regression;

import static io.github.linfhash.results.regression.RegressionSamples.EXPECTED;
import static io.github.linfhash.results.regression.RegressionSamples.measuredAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.results.published.PublishedTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the log says of the commits that measured. */
class ReproductionLogTest {
    private static List<String> commits(Expected expected) {
        LoggedProtocol logged =
                new LoggedProtocol(expected, "A title", PublishedTable.NONE, StandardMetrics.headline());
        return ReproductionLog.markdown(List.of(logged))
                .lines()
                .filter(line -> line.contains("commit"))
                .toList();
    }

    @Test
    void cellsThatAnotherCommitMeasuredAreNamedWithIt() {
        String first = EXPECTED.environment().commit();
        assertThat(commits(EXPECTED)).containsExactly("- Measured at commit `" + first + "`, seeds 0, 1, 2");

        Scope some = new Scope(Optional.of(Set.of("ksh", "nnh", "itq")), Optional.empty(), Optional.empty());
        Scope ksh = new Scope(Optional.of(Set.of("ksh")), Optional.of(Set.of(64)), Optional.empty());
        Expected second = RegressionSamples.accepted(measuredAt("second"), Optional.of(EXPECTED), some);
        Expected third = RegressionSamples.accepted(measuredAt("third"), Optional.of(second), ksh);
        assertThat(commits(third))
                .containsExactly(
                        "- Measured at commit `third`, seeds 0, 1, 2",
                        "- Measured at commit `second` instead: `ksh` at 48 bits, `nnh` at 48 bits, `nnh` at 64 bits,"
                                + " `itq` at 48 bits, `itq` at 64 bits",
                        "- Measured at commit `" + first + "` instead: `deep-linf` at 48 bits, `deep-linf` at 64 bits");
    }
}
