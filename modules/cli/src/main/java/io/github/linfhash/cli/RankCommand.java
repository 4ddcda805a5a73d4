package io.github.linfhash.cli;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.experiment.home.Machine;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.reports.site.Site;
import io.github.linfhash.reports.site.SiteWriter;
import io.github.linfhash.results.board.GivenResults;
import io.github.linfhash.results.board.Leaderboards;
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
            "Writes a website of results: rankings, and pages of methods, data sets and results files.",
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
    /** Vectors whose quantizers' options are made to see their class. */
    private static final int DIMENSION = 384;

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
        List<GivenResults> given = results.read(home);
        Site site = new Site(
                Leaderboards.of(given, currentRules(home)),
                classes(),
                datasets(home),
                new Site.Texts(
                        Files.readString(home.docs().resolve("what-is-measured.md")),
                        Files.readString(home.docs().resolve("limits.md"))),
                Machine.version());
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

    private static Map<String, Site.DataNote> datasets(ProjectHome home) throws IOException {
        Map<String, Site.DataNote> notes = new LinkedHashMap<>();
        for (DatasetManifest manifest : DatasetManifest.readAll(home.datasets())) {
            notes.put(
                    manifest.name(),
                    new Site.DataNote(
                            manifest.origin().homepage(),
                            manifest.origin().license(),
                            manifest.origin().citation()));
        }
        return notes;
    }

    /** The class of each method and quantizer: that in which the record of its options is declared. */
    private static Map<String, String> classes() {
        Map<String, String> classes = new LinkedHashMap<>();
        for (QuantizerSpec<?> spec : Quantizers.ALL) {
            spec.smallest(DIMENSION).ifPresent(example -> put(classes, spec.name(), example.options()));
        }
        for (MethodSpec<?> spec : MethodRegistry.standard().all()) {
            put(classes, spec.name(), spec.defaults());
        }
        return classes;
    }

    private static void put(Map<String, String> classes, String name, Record options) {
        Class<?> around = options.getClass().getEnclosingClass();
        classes.put(name, around == null ? options.getClass().getName() : around.getName());
    }
}
