package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.experiment.home.Machine;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.QueryFiles;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.reports.site.Site;
import io.github.linfhash.reports.site.SiteWriter;
import io.github.linfhash.results.board.GivenResults;
import io.github.linfhash.results.board.Leaderboards;
import io.github.linfhash.results.board.SmallQueries;
import io.github.linfhash.results.board.SmallResults;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash site}: rankings of many results as a static site. */
@Command(
        name = "site",
        description = {
            "Makes a site of results: rankings, and pages of methods, data sets and results files.",
            "It opens from disk, and needs no server and no network."
        },
        footer = {
            "  linfhash site --out site",
            "      the results that linfhash comes with",
            "  linfhash site --results reports/results my-results --out site",
            "  linfhash site --results reports/out/cifar10 --collect reports/results",
            "      no site, but these results in the small form that a repository keeps",
            "",
            "Results are ranked together where rules, data, features and version of the evaluator are the same; older ones",
            "stand apart. What 'linfhash score' writes takes part like any other results; docs/site.md has more."
        })
final class RankCommand extends BaseCommand {
    /** Vectors whose quantizers' options are made to see their class. */
    private static final int DIMENSION = 384;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            arity = "1..*",
            description = "Folders of results, as reproduce and score write them, or folders of such folders (default:"
                    + " reports/results of linfhash).")
    private List<Path> results = new ArrayList<>();

    @Option(names = "--out", paramLabel = "SITE", description = "The folder of the site.")
    private @Nullable Path out;

    @Option(
            names = "--collect",
            paramLabel = "DIR",
            description = "Instead of a site, write each of the results in its small form to DIR/PROTOCOL-VERSION/"
                    + ResultsJson.PACKED_FILE
                    + ": without curves, packed; beside it the values of single queries of the first"
                    + " number that the protocol shows.")
    private @Nullable Path collect;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        if ((out == null) == (collect == null)) {
            throw new InputException(
                    "site: expected either --out or --collect, found " + (out == null ? "neither" : "both"));
        }
        ProjectHome home = ProjectHome.find();
        List<Path> folders = results.isEmpty() ? List.of(home.results()) : results;
        List<GivenResults> given = GivenResults.readAll(folders).stream()
                .map(RankCommand::withQueries)
                .toList();
        if (collect != null) {
            collect(collect, given);
        } else if (out != null) {
            write(out, home, given);
        }
        return ExitCodes.OK;
    }

    /** Values of single queries are as reproduce keeps them, unless they are in the small form already. */
    private static GivenResults withQueries(GivenResults one) {
        if (one.queries().isPresent()) {
            return one;
        }
        Path folder = Objects.requireNonNull(one.file().toAbsolutePath().getParent());
        int queries = one.results().protocol().sizes().queries();
        return one.with(SmallQueries.of(one.results(), new QueryFiles(folder, queries)));
    }

    private void write(Path folder, ProjectHome home, List<GivenResults> given) throws IOException {
        Site site = new Site(
                Leaderboards.of(given, currentRules(home)),
                classes(),
                datasets(home),
                new Site.Texts(
                        Files.readString(home.docs().resolve("what-is-measured.md")),
                        Files.readString(home.docs().resolve("limits.md"))),
                Machine.version());
        Map<String, String> files = SiteWriter.files(site);
        written.checkIn("--out", folder, List.copyOf(files.keySet()), inputs(given));
        SiteWriter.write(folder, files);
        say("wrote " + folder.resolve("index.html") + " and " + (files.size() - 1) + " files beside it");
    }

    private void collect(Path folder, List<GivenResults> given) throws IOException {
        Map<String, GivenResults> names = new LinkedHashMap<>();
        for (GivenResults one : given) {
            String name = SmallResults.folder(one.results()) + "/" + ResultsJson.PACKED_FILE;
            GivenResults other = names.put(name, one);
            if (other != null) {
                throw new InputException(
                        "--collect: expected results of different protocols or versions of their rules,"
                                + " found " + other.label() + " and " + one.label() + ", which are both " + name
                                + "; 'linfhash merge' joins them");
            }
        }
        List<String> all = new ArrayList<>(names.keySet());
        names.forEach((name, one) ->
                one.queries().ifPresent(queries -> all.add(SmallResults.folder(one.results()) + "/" + queries.file())));
        written.checkIn("--collect", folder, all, inputs(given));
        for (Map.Entry<String, GivenResults> name : names.entrySet()) {
            Path file = folder.resolve(name.getKey());
            Optional<SmallQueries> queries = name.getValue().queries();
            if (queries.isPresent()) {
                queries.get().write(file.resolveSibling(""));
            }
            SmallResults.write(file, name.getValue().results());
            say("wrote " + file
                    + queries.map(values -> " and " + values.file()).orElse(", without values of single queries"));
        }
    }

    private static List<Path> inputs(List<GivenResults> given) {
        return given.stream().map(GivenResults::file).toList();
    }

    /** The hashes of the rules of all protocols of this linfhash. */
    private static Set<String> currentRules(ProjectHome home) throws IOException {
        ProtocolFiles files = new ProtocolFiles(home.protocols());
        Set<String> hashes = new HashSet<>();
        for (String name : files.names()) {
            hashes.add(files.read(name).hash());
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
