package io.github.linfhash.cli;

import io.github.linfhash.experiment.doctor.EnvironmentComparison;
import io.github.linfhash.experiment.doctor.Examination;
import io.github.linfhash.experiment.doctor.Fact;
import io.github.linfhash.experiment.home.Machine;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.results.listings.Listing;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code linfhash doctor}: what the program runs on, and what would make results differ. */
@Command(
        name = "doctor",
        description =
                "Checks this machine: its environment, recommended changes, and differences that may change results.",
        footer = {
            "  linfhash doctor",
            "  linfhash doctor --results reports/out/cifar10/results.json --format json",
            "",
            "With --results, the exit code is 3 if that environment differs from this machine in a way that may change",
            "results."
        })
final class DoctorCommand extends TableCommand {
    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Compare with the environment in this results.json.")
    private @Nullable Path results;

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        EnvironmentSummary recorded =
                results == null ? null : ResultsJson.read(results).environment();
        Examination examination = Examination.of(home);
        Map<String, Listing> tables = new LinkedHashMap<>();
        examination.parts().forEach(part -> tables.put(part.name(), listing("what", "value", part.facts())));
        tables.put("to change", listing("where", "what", examination.advice()));
        List<EnvironmentComparison.Row> rows =
                recorded == null ? List.of() : EnvironmentComparison.of(recorded, Machine.describe(1));
        if (recorded != null) {
            tables.put("results", comparison(rows));
        }
        print(tables);
        if (examination.advice().isEmpty()) {
            say("There is nothing to change.");
        }
        return recorded == null ? ExitCodes.OK : verdict(rows);
    }

    private static Listing listing(String first, String second, List<Fact> facts) {
        Listing listing = new Listing(first, second);
        facts.forEach(fact -> listing.add(fact.what(), fact.value()));
        return listing;
    }

    private static Listing comparison(List<EnvironmentComparison.Row> rows) {
        Listing listing = new Listing("what", "results", "here", "verdict");
        rows.forEach(row -> listing.add(row.what(), row.recorded(), row.here(), verdict(row)));
        return listing;
    }

    private static String verdict(EnvironmentComparison.Row row) {
        if (row.same()) {
            return "same";
        }
        return (row.decides() ? "results may differ: " : "does not matter: ") + row.why();
    }

    private int verdict(List<EnvironmentComparison.Row> rows) {
        String differing = rows.stream()
                .filter(EnvironmentComparison.Row::matters)
                .map(EnvironmentComparison.Row::what)
                .collect(Collectors.joining(", "));
        say(
                differing.isEmpty()
                        ? "The same command gives the same results here."
                        : "Results may differ here, by their " + differing + ".");
        return differing.isEmpty() ? ExitCodes.OK : ExitCodes.FOUND;
    }
}
