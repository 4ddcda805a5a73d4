package io.github.linfhash.cli;

import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.Comparison;
import io.github.linfhash.experiment.runner.EvidenceFiles;
import io.github.linfhash.experiment.runner.HeldResults;
import io.github.linfhash.experiment.runner.OutputFolder;
import io.github.linfhash.experiment.runner.Runner;
import io.github.linfhash.experiment.runner.Variants;
import io.github.linfhash.io.binding.StrictYaml;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.reports.page.Provenance;
import io.github.linfhash.reports.page.ReportWriter;
import io.github.linfhash.results.claims.ClaimEvidence;
import io.github.linfhash.results.claims.ClaimTests;
import io.github.linfhash.results.claims.ClaimsFile;
import io.github.linfhash.results.published.PublishedTables;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.tables.SummaryTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linfhash reproduce}: from raw images to results.json and the page. */
@Command(
        name = "reproduce",
        description = {
            "Runs a protocol from raw images; prints a summary, and writes results.json, index.html,",
            "table.csv, table.md, table.tex, and the charts of the page as SVG and PNG."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  linfhash reproduce",
            "  linfhash reproduce --quick",
            "  linfhash reproduce --protocol cifar10 --data ~/data --seeds 0-4",
            "  linfhash reproduce --protocol cifar10 --methods ksh,deep-linf --bits 48 --format csv",
            "",
            "--methods, --bits and --seeds say what is computed now. Finished runs are kept in the output folder, and trainings under way after each epoch; the same command again,",
            "after an interruption too, goes on from there. One command at a time uses an output folder."
        })
final class ReproduceCommand implements Callable<Integer> {
    @Mixin
    private final ProtocolSelection selection = new ProtocolSelection();

    @Mixin
    private final RunSelection runs = new RunSelection();

    @Mixin
    private final RunOutput output = new RunOutput();

    @Option(
            names = "--only",
            description = "Shows the runs that this command names alone. Without it, results.json and the page hold all"
                    + " finished runs of the folder.")
    private boolean only;

    @Option(
            names = "--metrics-profile",
            description = "Writes metrics-profile.csv, too: every run's metrics under all conventions. Runs that were"
                    + " finished without it are computed again.")
    private boolean profiles;

    @Option(names = "--format", paramLabel = "F", description = "Of the summary: table, json or csv (default: table).")
    private OutputFormat format = OutputFormat.TABLE;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        String protocolText = selection.text(home);
        Comparison comparison = ProtocolSelection.comparison(protocol, runs);
        Map<String, Comparison> variants = runs.quick() ? Map.of() : Variants.of(comparison, MethodRegistry.standard());
        output.check();
        PublishedTables published = PublishedTables.read(home.published());
        ClaimsFile claims = StrictYaml.read(home.claims(), ClaimsFile.class);
        if (protocol.publishedTable() != null) {
            published.table(protocol.publishedTable());
        }
        Path folder = output.folder(home, selection, protocol, runs);
        List<Integer> held =
                HeldResults.protocol(folder).map(ProtocolSummary::bits).orElse(List.of());
        RunOutput.Work work = output.prepare(home, selection, protocol, folder, profiles);
        try (OutputFolder open = OutputFolder.open(folder)) {
            Results done = work.carryOut(comparison, open);
            List<ConfiguredMethod<?>> methods =
                    only ? comparison.methods() : ProtocolSelection.methods(protocol, runs, held);
            Results results = only ? done : work.withOthers(done, methods, open);
            List<ClaimEvidence> evidence = new ArrayList<>(List.of(EvidenceFiles.of(results, folder)));
            evidence.addAll(carryOut(variants, work, folder));
            if (!only && !runs.quick()) {
                Comparison all = new Comparison(protocol, methods, comparison.bits(), comparison.seeds());
                Map<String, Comparison> others = new LinkedHashMap<>(Variants.of(all, MethodRegistry.standard()));
                others.keySet().removeAll(variants.keySet());
                evidence.addAll(held(others, work, results, folder));
            }
            ReportWriter.Written written = ReportWriter.write(
                    folder,
                    results,
                    published,
                    ClaimTests.of(claims, evidence),
                    new Provenance(command(done, results), true, protocolText));
            return report(done, results, written, folder);
        }
    }

    private String command(Results done, Results shown) {
        return done.runs().size() == shown.runs().size()
                ? CommandWords.command(spec)
                : CommandWords.command(spec, shown.protocol());
    }

    private int report(Results results, Results shown, ReportWriter.Written written, Path folder) {
        written.missing().ifPresent(what -> spec.commandLine().getErr().println("linfhash: " + what));
        spec.commandLine().getOut().print(format.render(SummaryTable.of(results)));
        spec.commandLine().getOut().flush();
        String also = profiles ? ", results.json and " + Runner.PROFILE : " and results.json";
        spec.commandLine().getErr().println("wrote " + folder.resolve("index.html") + also);
        int others = shown.runs().size() - results.runs().size();
        if (others > 0) {
            spec.commandLine()
                    .getErr()
                    .println("these files hold " + others
                            + " other finished runs of the folder, too; --only leaves them out");
        }
        return FailedRuns.report(results, spec);
    }

    /** The results of variants whose methods the command does not run, as far as the folder holds them. */
    private static List<ClaimEvidence> held(
            Map<String, Comparison> variants, RunOutput.Work work, Results results, Path folder) throws IOException {
        List<ClaimEvidence> evidence = new ArrayList<>();
        for (Map.Entry<String, Comparison> variant : variants.entrySet()) {
            Path place = Variants.folder(folder).resolve(variant.getKey());
            if (Files.isDirectory(place)) {
                try (OutputFolder open = OutputFolder.open(place)) {
                    evidence.addAll(held(variant.getValue(), work, results, open));
                }
            }
        }
        return evidence;
    }

    private static List<ClaimEvidence> held(Comparison variant, RunOutput.Work work, Results results, OutputFolder open)
            throws IOException {
        ProtocolSummary protocol = results.protocol()
                .withRuns(
                        variant.bits(),
                        variant.seeds(),
                        variant.methods().stream()
                                .map(ConfiguredMethod::summary)
                                .toList());
        Results none = new Results(protocol, results.environment(), List.of());
        Results held = work.withOthers(none, variant.methods(), open);
        if (held.runs().isEmpty()) {
            return List.of();
        }
        ResultsJson.write(open.path().resolve(ResultsJson.FILE), held);
        return List.of(EvidenceFiles.of(held, open.path()));
    }

    /** Runs the variants of the methods, which claims alone are about, and keeps the results of each in its folder. */
    private List<ClaimEvidence> carryOut(Map<String, Comparison> variants, RunOutput.Work work, Path folder)
            throws IOException {
        List<ClaimEvidence> evidence = new ArrayList<>();
        for (Map.Entry<String, Comparison> variant : variants.entrySet()) {
            Path place = Variants.folder(folder).resolve(variant.getKey());
            try (OutputFolder open = OutputFolder.open(place)) {
                Results done = work.carryOut(variant.getValue(), open);
                Results results =
                        only ? done : work.withOthers(done, variant.getValue().methods(), open);
                ResultsJson.write(place.resolve(ResultsJson.FILE), results);
                evidence.add(EvidenceFiles.of(results, place));
            }
        }
        return evidence;
    }
}
