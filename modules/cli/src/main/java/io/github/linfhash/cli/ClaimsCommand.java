package io.github.linfhash.cli;

import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.results.claims.ClaimTests;
import io.github.linfhash.results.claims.ClaimsFile;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.TableCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code linfhash paper claims}: what measured results say of the paper's testable sentences. */
@Command(
        name = "claims",
        description = "Tests the paper's claims on measured results: holds, does not hold or undecided.",
        footer = {
            "  linfhash paper claims reports/out/cifar10/results.json",
            "  linfhash paper claims reports/out/cifar10/results.json tied/results.json --format csv",
            "",
            "Files must have the same rules and data; the first one with a method counts. Per-query values and",
            "variants next to a file are read, too. See docs/claims.md."
        })
final class ClaimsCommand extends TableCommand {
    @Parameters(paramLabel = "RESULTS.json", arity = "1..*", description = "A results file written by 'linfhash run'.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--claims",
            paramLabel = "FILE",
            description = "Claims to test (default: those of the paper, reports/claims/wang2016.yaml).")
    private @Nullable Path claims;

    @Override
    public Integer call() throws IOException {
        Path file = claims != null ? claims : ProjectHome.find().claims();
        ClaimsFile wanted = StrictReader.read(file, ClaimsFile.class);
        List<Evidence> evidence = new ArrayList<>();
        for (Path path : files) {
            evidence.addAll(Evidence.read(path, this::note));
        }
        print(ClaimTests.tables(ClaimTests.of(wanted, evidence)));
        say("effect: with its own 95% interval, not corrected for several tests; p: after Holm's correction.");
        return ExitCodes.OK;
    }
}
