package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.advisor.command.ExitCodes;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.MethodRun;
import io.github.linfhash.experiment.runner.Preparation;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The regression gate, from the command line, stops each of the mistakes that benchmarks are known to make. */
class RegressFaultsTest extends ProgramOnTinyHome {
    @SuppressWarnings("NullAway.Init") // set before each test
    private Results right;

    @BeforeEach
    void acceptTheRightResults() throws IOException {
        Path file = root.resolve("reports/out/tiny/results.json");
        once(() -> {
            // Perfect results have no better ones, and no ties between relevant and other images.
            TinyHome.blur(root);
            succeed("run --protocol tiny --bits 8");
            succeed("results accept --protocol tiny --results %s", file);
        });
        right = ResultsJson.read(file);
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
        assertThat(regress(faulty(fault), sameEnvironment)).as(out.toString()).isEqualTo(code);
        if (code == 0) {
            assertThat(out.toString()).doesNotContain("CHANGED");
        } else {
            assertThat(out.toString()).contains(said);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aSwappedSignInTheLossIsCaught(boolean sameEnvironment) throws IOException {
        Path protocol = root.resolve("protocols/tiny.yaml");
        String text = Files.readString(protocol);
        Files.writeString(protocol, text.replace("pairsPerEpoch: 1280", "pairsPerEpoch: 1280, lossSign: printed"));
        succeed("run --protocol tiny --bits 8");
        Results wrong = ResultsJson.read(root.resolve("reports/out/tiny/results.json"));
        assertThat(regress(wrong.runs(), sameEnvironment)).isEqualTo(ExitCodes.FOUND);
        assertThat(out.toString())
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

    private int regress(List<RunResult> runs, boolean sameEnvironment) throws IOException {
        out.getBuffer().setLength(0);
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
        Path file = root.resolve("faulty.json");
        ResultsJson.write(file, new Results(right.protocol(), environment, runs));
        return call("results check --protocol tiny --bits 8 --results %s", file);
    }

    private List<RunResult> faulty(Fault fault) throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = new ProtocolFiles(home.protocols()).read("tiny");
        FeatureData data = new Preparation(home, home.protocols(), Progress.NONE).prepare(protocol, null);
        List<RunResult> runs = new ArrayList<>();
        for (RunResult run : right.runs()) {
            MethodRun cell = ProtocolSelection.cell(
                    protocol, run.key().method(), run.key().bits(), run.key().seed());
            runs.add(fault.run(cell, PreparedSplit.of(protocol, data, run.key().seed())));
        }
        return runs;
    }
}
