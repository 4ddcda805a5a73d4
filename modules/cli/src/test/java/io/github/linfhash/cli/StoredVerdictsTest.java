package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.results.claims.ClaimTests.ClaimResult;
import io.github.linfhash.results.claims.ClaimTests.ClaimVerdict;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.testing.ProgramInFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Results of one tuning run leave a claim open; their report takes the verdict from the stored results that decide it. */
class StoredVerdictsTest extends ProgramInFolder {
    private static final Path STORED =
            Path.of(System.getProperty("linfhash.home"), "reports", "results", "cifar10-e1-8ae73e77");

    @Override
    protected CommandLine program() {
        return Main.commandLine();
    }

    @Test
    void theReportOfCifar10DecidesItsFirstClaimAndLinksWhatDecidedIt() throws IOException {
        succeed("report %s --out %s", STORED, root.resolve("page"));
        assertThat(Files.readString(root.resolve("page/index.html")))
                .contains("ranks top in almost all cases\u201d does not hold: it holds in 0 of 2 cases")
                .containsPattern(
                        "from the stored results <a href=\"[^\"]*/rankings/protocols/cifar10-searches.html\">cifar10-searches</a> and <a")
                .doesNotContain("Claims of the paper, tested on these results");
        succeed("paper claims %s --format csv", STORED);
        assertThat(out.toString()).contains("top-map,cannot be decided");
    }

    @Test
    void withoutThemOrByOtherRulesTheResultsAtHandDecide() throws IOException {
        List<Evidence> own = Evidence.read(STORED, note -> {});
        PublishedComparison with = PublishedComparison.read(ProjectHome.find());
        PublishedComparison without = new PublishedComparison(with.tables(), with.sentences(), root);
        ClaimResult open = without.verdicts(own, Progress.NONE).get(0);
        assertThat(open.verdict()).isEqualTo(ClaimVerdict.UNDECIDED);
        assertThat(open.stored()).isEmpty();
        ClaimResult decided = with.verdicts(own, Progress.NONE).get(0);
        assertThat(decided.verdict()).isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
        assertThat(decided.stored()).containsExactly("cifar10-searches", "cifar10-variants");
    }
}
