package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.reports.ranking.SubmittedResults;
import io.github.linfhash.results.schema.PackedQueryMetrics;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash results pack}: results in the small form that a repository keeps. */
@Command(
        name = "pack",
        description =
                "Packs results for storage in a repository: compressed, training curves only, one folder per protocol.",
        footer = {
            "  linfhash results pack --results reports/out/cifar10 --out reports/results",
            "",
            "Writes DIR/PROTOCOL-VERSION/" + ResultsJson.PACKED_FILE
                    + ", and next to it the per-query values of the first metric",
            "that the protocol shows and that is a mean over queries. Tables and rankings",
            "of packed results print no interval for the other means over queries."
        })
final class PackCommand extends BaseCommand {
    @Mixin
    private final ResultsFolders results = new ResultsFolders();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for the packed results.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        List<SubmittedResults> given = results.read(ProjectHome.find());
        Map<String, SubmittedResults> names = new LinkedHashMap<>();
        for (SubmittedResults one : given) {
            String name = one.version().fileName() + "/" + ResultsJson.PACKED_FILE;
            SubmittedResults other = names.put(name, one);
            if (other != null) {
                throw new InputException("--out: expected different protocols or rule versions, found " + other.label()
                        + " and " + one.label() + ", both of " + name + "; merge them with 'linfhash results merge'");
            }
        }
        List<String> all = new ArrayList<>(names.keySet());
        names.forEach((name, one) ->
                one.queries().ifPresent(queries -> all.add(one.version().fileName() + "/" + queries.file())));
        written.checkIn("--out", out, all, ResultsFolders.files(given));
        for (Map.Entry<String, SubmittedResults> name : names.entrySet()) {
            Path file = out.resolve(name.getKey());
            Optional<PackedQueryMetrics> queries = name.getValue().queries();
            if (queries.isPresent()) {
                queries.get().write(file.resolveSibling(""));
            }
            ResultsJson.write(file, name.getValue().results().withTrainingCurvesAlone());
            say("wrote " + file
                    + queries.map(values -> " and " + values.file()).orElse(", without values of single queries"));
        }
        return ExitCodes.OK;
    }
}
