package io.github.linfhash.cli;

import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.reports.ranking.SubmittedResults;
import io.github.linfhash.results.schema.JoinedResults;
import io.github.linfhash.results.schema.PackedQueryMetrics;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.QueryValues;
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
                "Packs results for storage in a repository: compressed, training curves only, one folder per protocol. Joins results of the same protocol and data.",
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
        Map<String, List<SubmittedResults>> parts = new LinkedHashMap<>();
        for (SubmittedResults one : given) {
            parts.computeIfAbsent(one.version().fileName(), unused -> new ArrayList<>())
                    .add(one);
        }
        Map<String, Packed> packed = new LinkedHashMap<>();
        parts.forEach((name, some) -> packed.put(name, Packed.of(some)));
        List<String> all = new ArrayList<>();
        packed.forEach((name, one) -> {
            all.add(name + "/" + ResultsJson.PACKED_FILE);
            one.queries().ifPresent(queries -> all.add(name + "/" + queries.file()));
        });
        written.checkIn("--out", out, all, ResultsFolders.files(given));
        for (Map.Entry<String, Packed> one : packed.entrySet()) {
            Path file = out.resolve(one.getKey()).resolve(ResultsJson.PACKED_FILE);
            Optional<PackedQueryMetrics> queries = one.getValue().queries();
            if (queries.isPresent()) {
                queries.get().write(file.resolveSibling(""));
            }
            ResultsJson.write(file, one.getValue().results().withTrainingCurvesAlone());
            say("wrote " + file
                    + queries.map(values -> " and " + values.file()).orElse(", without values of single queries"));
        }
        return ExitCodes.OK;
    }

    /** Results, and their values of single queries. */
    private record Packed(Results results, Optional<PackedQueryMetrics> queries) {
        /** Joins results of one version of the rules; values are kept where all parts have them. */
        static Packed of(List<SubmittedResults> parts) {
            if (parts.size() == 1) {
                return new Packed(parts.get(0).results(), parts.get(0).queries());
            }
            Results joined = JoinedResults.of(
                    parts.stream().map(SubmittedResults::results).toList());
            QueryValues values = parts.stream().map(SubmittedResults::values).reduce(QueryValues.NONE, QueryValues::or);
            return new Packed(joined, PackedQueryMetrics.of(joined, values));
        }
    }
}
