package io.github.linfhash.experiment.regression;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.Experiment;
import io.github.linfhash.experiment.OnTinyHome;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.MethodRun;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.io.listings.OutputFormat;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.regression.Acceptance;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.results.regression.Regression;
import io.github.linfhash.results.regression.RegressionReport;
import io.github.linfhash.results.regression.Scope;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import io.github.linfhash.testing.TinyHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The regression gate stops each of the mistakes that benchmarks are known to make. */
class RegressFaultsTest extends OnTinyHome {
    private static final Scope EIGHT_BITS = new Scope(Optional.empty(), Optional.of(Set.of(8)), Optional.empty());

    /** The results of the first test, which are those of all. */
    private static final List<Results> KNOWN = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Results right;

    @BeforeEach
    void acceptTheRightResults() throws IOException {
        // Perfect results have no better ones, and no ties between relevant and other images.
        TinyHome.blur(root);
        if (KNOWN.isEmpty()) {
            KNOWN.add(run("right"));
        }
        right = KNOWN.get(0);
    }

    private Results run(String folder) throws IOException {
        return Experiment.of("tiny").with(Selection.ALL.atBits(8)).run(root.resolve(folder));
    }

    @ParameterizedTest(name = "{0}, same environment {1}: {2}")
    @CsvSource({
        "NONE, true, 0, 0 CHANGED",
        "NONE, false, 0, 0 CHANGED",
        "FLIPPED_QUERY_BITS, true, 3, CHANGED worse",
        "FLIPPED_QUERY_BITS, false, 3, CHANGED worse",
        "FLIPPED_BITS, true, 3, different codes in the same environment",
        // No metric depends on the order of the bits.
        "FLIPPED_BITS, false, 0, 0 CHANGED",
        "TRAINING_IMAGES_AS_QUERIES, true, 3, CHANGED better",
        "TRAINING_IMAGES_AS_QUERIES, false, 3, CHANGED better",
        "OPTIMISTIC_TIES, true, 3, CHANGED better",
        "OPTIMISTIC_TIES, false, 3, CHANGED better",
        "RADIUS_OFF_BY_ONE, true, 3, CHANGED worse",
        "RADIUS_OFF_BY_ONE, false, 3, CHANGED worse",
    })
    void everyMistakeIsCaught(Fault fault, boolean sameEnvironment, int code, String said) throws IOException {
        RegressionReport report = regress(faulty(fault), sameEnvironment);
        assertThat(report.ok()).isEqualTo(code == 0);
        if (code == 0) {
            assertThat(report.render(OutputFormat.TABLE)).doesNotContain("CHANGED");
        } else {
            assertThat(report.render(OutputFormat.TABLE)).contains(said);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aSwappedSignInTheLossIsCaught(boolean sameEnvironment) throws IOException {
        Path protocol = root.resolve("protocols/tiny.yaml");
        String text = Files.readString(protocol);
        Files.writeString(protocol, text.replace("pairsPerEpoch: 1280", "pairsPerEpoch: 1280, lossSign: printed"));
        RegressionReport report = regress(run("wrong").runs(), sameEnvironment);
        assertThat(report.ok()).isFalse();
        assertThat(report.render(OutputFormat.TABLE))
                .containsPattern("CHANGED worse +nnh-8 +recall@2 ")
                .contains("deep-linf-8")
                .doesNotContain("ksh-8");
    }

    @Test
    void aFaultIsOneRunAsTheProgramMakesItButForTheFault() throws IOException {
        assertThat(faulty(Fault.NONE))
                .extracting(RunResult::codesHash)
                .isEqualTo(right.runs().stream().map(RunResult::codesHash).toList());
    }

    private RegressionReport regress(List<RunResult> runs, boolean sameEnvironment) {
        EnvironmentSummary here = right.environment();
        EnvironmentSummary environment = sameEnvironment
                ? here
                : new EnvironmentSummary(
                        here.version(),
                        here.commit(),
                        here.jdk(),
                        here.os(),
                        "Another CPU",
                        here.cores(),
                        here.backend(),
                        here.threads(),
                        here.workers(),
                        here.evaluator());
        Expected expected = Acceptance.of(right, Optional.empty(), EIGHT_BITS, run -> true);
        return Regression.compare(expected, new Results(right.protocol(), environment, runs), EIGHT_BITS);
    }

    private List<RunResult> faulty(Fault fault) throws IOException {
        Protocol protocol = protocol("tiny");
        FeatureData data = prepare("tiny", Progress.NONE);
        List<RunResult> runs = new ArrayList<>();
        for (RunResult run : right.runs()) {
            ConfiguredMethod<?> method = MethodRegistry.standard()
                    .configure(protocol, Selection.entry(protocol, run.key().method()), Map.of());
            MethodRun cell = MethodRun.of(method, run.key().bits(), run.key().seed());
            runs.add(fault.run(cell, PreparedSplit.of(protocol, data, run.key().seed())));
        }
        return runs;
    }
}
