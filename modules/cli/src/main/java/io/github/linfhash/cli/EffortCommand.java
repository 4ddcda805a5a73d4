package io.github.linfhash.cli;

import io.github.linfhash.experiment.RunPlan;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Configuration.Effort;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.TableCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linfhash effort}: how the options of each row of a protocol were chosen. */
@Command(
        name = "effort",
        description =
                "Lists how the options of each configuration in a protocol were chosen: tuning runs, trials and trainings.",
        footer = {
            "  linfhash effort --protocol cifar10",
            "",
            "The exit code is 3 if effort is unequal and the tuning run of a configuration is unknown. To declare a",
            "tuning run, name its trace in the protocol file (search: FILE.json)."
        })
final class EffortCommand extends TableCommand {
    @Mixin
    private final ProtocolOption selection = new ProtocolOption();

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        RunPlan plan = selection.plan(home, protocol, Selection.ALL);
        Map<String, List<Configuration>> configurations = new LinkedHashMap<>();
        for (ConfiguredMethod<?> method : plan.methods()) {
            Configuration row = method.configuration(plan.bits());
            configurations
                    .computeIfAbsent(row.configuration(), unused -> new ArrayList<>())
                    .add(row);
        }
        Listing listing = new Listing("method", "tuned", "configurations", "trainings");
        TreeSet<String> kinds = new TreeSet<>();
        List<String> unknown = new ArrayList<>();
        configurations.forEach((configuration, rows) -> {
            String tuned = ProtocolSummary.tuned(rows);
            kinds.add(tuned);
            boolean known = rows.stream().allMatch(row -> row.effort() != null);
            Effort effort = rows.stream()
                    .map(Configuration::effort)
                    .reduce(Effort.NONE, (sum, next) -> next == null ? sum : sum.plus(next));
            if (!known) {
                unknown.add(configuration);
            }
            listing.add(
                    configuration,
                    tuned,
                    known ? effort.configurations() : "not known",
                    known ? effort.trainings() : "not known");
        });
        print(listing);
        if (kinds.size() < 2 || unknown.isEmpty()) {
            return ExitCodes.OK;
        }
        note(protocol.name() + ": expected rows of equal effort, or of known effort, found "
                + kinds.size() + " kinds of effort and not known how much went into "
                + String.join(", ", unknown) + ".");
        return ExitCodes.FOUND;
    }
}
