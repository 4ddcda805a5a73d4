package io.github.linfhash.cli;

import io.github.linfhash.advisor.command.BaseCommand;
import io.github.linfhash.advisor.command.ExitCodes;
import io.github.linfhash.advisor.command.WrittenFiles;
import io.github.linfhash.experiment.home.Machine;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.tasks.ranking.Leaderboards;
import io.github.linfhash.tasks.ranking.SubmittedResults;
import io.github.linfhash.tasks.site.Site;
import io.github.linfhash.tasks.site.SiteWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            "  linfhash results rank --results reports/results my-results --out site",
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

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        List<SubmittedResults> given = results.read(home);
        Site site = new Site(
                Leaderboards.of(given, currentRules(home)),
                new Site.Texts(
                        Files.readString(home.docs().resolve("what-is-measured.md")),
                        Files.readString(home.docs().resolve("limits.md"))),
                Machine.program().version());
        Map<String, String> files = SiteWriter.files(site);
        written.checkIn("--out", out, List.copyOf(files.keySet()), ResultsFolders.files(given));
        SiteWriter.write(out, files);
        say("wrote " + out.resolve("index.html") + " and " + (files.size() - 1) + " files beside it");
        return ExitCodes.OK;
    }

    /** The hashes of the rules of all protocols of this linfhash, by name. */
    private static Map<String, String> currentRules(ProjectHome home) throws IOException {
        ProtocolFiles files = new ProtocolFiles(home.protocols());
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String name : files.names()) {
            hashes.put(name, files.read(name).hash());
        }
        return hashes;
    }
}
