package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.Suggestion;
import io.github.linfhash.experiment.environment.Environment;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.reports.ranking.Leaderboards;
import io.github.linfhash.reports.ranking.SubmittedResults;
import io.github.linfhash.reports.site.SiteWriter;
import io.github.linfhash.results.schema.ProtocolSummary.Presentation;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash results rank}: rankings of many results as a static site. */
@Command(
        name = "rank",
        description = {
            "Writes a website of results: a ranking for each protocol, and a page that compares two configurations.",
            "It opens from disk, without server or network."
        },
        footer = {
            "  linfhash results rank --out site",
            "      the results that are part of linfhash",
            "  linfhash results rank --protocol cifar10 --results reports/results my-results --out site",
            "      one ranking, with results of your own",
            "",
            "Results are ranked together if rules, data, features and evaluator version are equal. Pages of results whose",
            "rules are not today's say so. Results of 'linfhash task score' may take part. See docs/site.md."
        })
final class RankCommand extends BaseCommand {
    @Mixin
    private final ResultsFolders results = new ResultsFolders();

    @Option(names = "--out", paramLabel = "SITE", required = true, description = "Folder of the website.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--protocol", paramLabel = "P", description = "Rank the results of this protocol only.")
    private @Nullable String protocol;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Map<String, String> titles = MethodRegistry.standard().titles();
        ProtocolFiles files = new ProtocolFiles(home.protocols());
        Map<String, String> rules = new LinkedHashMap<>();
        Map<String, Presentation> protocols = new LinkedHashMap<>();
        for (String name : files.names()) {
            Protocol known = files.read(name);
            rules.put(name, known.hash());
            protocols.put(name, new Presentation(known.title(), known.shown()));
        }
        List<SubmittedResults> given = ofProtocol(results.read(home)).stream()
                .map(one -> one.presented(titles, protocols))
                .toList();
        Map<String, String> pages = SiteWriter.files(
                Leaderboards.of(given, rules), Environment.program().version());
        written.checkIn("--out", out, List.copyOf(pages.keySet()), ResultsFolders.files(given));
        SiteWriter.write(out, pages);
        say("wrote " + out.resolve("index.html") + " and " + (pages.size() - 1) + " files beside it");
        return ExitCodes.OK;
    }

    private List<SubmittedResults> ofProtocol(List<SubmittedResults> all) {
        String name = protocol;
        if (name == null) {
            return all;
        }
        List<SubmittedResults> some = all.stream()
                .filter(one -> one.version().protocol().equals(name))
                .toList();
        if (some.isEmpty()) {
            List<String> names = all.stream()
                    .map(one -> one.version().protocol())
                    .distinct()
                    .sorted()
                    .toList();
            throw new InputException("--protocol: there are no results of '" + name + "'" + Suggestion.of(name, names)
                    + "; expected one of " + String.join(", ", names));
        }
        return some;
    }
}
