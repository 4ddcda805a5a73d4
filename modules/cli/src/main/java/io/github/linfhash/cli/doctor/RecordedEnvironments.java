package io.github.linfhash.cli.doctor;

import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.regression.ExpectedFile;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.results.regression.ExpectedEnvironment;
import io.github.linfhash.results.schema.EnvironmentSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code regress} will hold a run of this machine to. */
final class RecordedEnvironments {
    private RecordedEnvironments() {}

    static List<Fact> of(ProjectHome home, EnvironmentSummary here) throws IOException {
        List<Fact> facts = new ArrayList<>();
        for (String name : new ProtocolFiles(home.protocols()).names()) {
            Optional<Expected> expected = new ExpectedFile(home.expected(name), name).readIfThere();
            expected.ifPresent(file -> facts.add(new Fact(name, sentence(file.environment(), here))));
        }
        return facts;
    }

    static String sentence(ExpectedEnvironment recorded, EnvironmentSummary here) {
        List<String> differing = recorded.differencesThatDecide(ExpectedEnvironment.of(here));
        return differing.isEmpty()
                ? "measured as this machine computes: codes have to be the same"
                : "measured with another " + String.join(", ", differing)
                        + ": codes may differ, metrics within their tolerance";
    }
}
