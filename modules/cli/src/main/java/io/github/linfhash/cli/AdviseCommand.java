package io.github.linfhash.cli;

import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Judgements;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.vectors.FeatureFiles;
import io.github.linfhash.data.vectors.LabelFiles;
import io.github.linfhash.experiment.home.Machine;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.quantisers.QuantiserSpec;
import io.github.linfhash.quantisers.advice.Advice;
import io.github.linfhash.quantisers.advice.Advisor;
import io.github.linfhash.quantisers.neighbours.NeighbourCache;
import io.github.linfhash.quantisers.registry.Quantisers;
import io.github.linfhash.reports.page.AdvicePage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linfhash advise}: which quantiser, how many bytes, and how much oversampling, for a user's vectors. */
@Command(
        name = "advise",
        description = {
            "Measures quantisers on your vectors, such as embeddings, and says which to take.",
            "It says with how many bytes and how much oversampling, by the share of the nearest float neighbours among the best by code."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  linfhash advise --features embeddings.npy",
            "  linfhash advise --features embeddings.npy --queries questions.npy --bytes 48,96 --out advice",
            "  linfhash advise --features corpus.npy --ids corpus.ids --queries questions.npy --query-ids questions.ids",
            "      --qrels test.tsv",
            "",
            "Bytes are those of a vector's code with all that stands beside it. Recall is in expectation over all orders of",
            "equal distances; its interval, of 95 %%, is about other queries and other seeds. A target counts as reached where",
            "the interval's lower end reaches it. Without --queries, 1,000 rows, or a tenth, are drawn and left out. Of a larger",
            "database than --rows a part is drawn, and recall is shown among a quarter, a half and all of it."
        })
final class AdviseCommand implements Callable<Integer> {
    /** The factors at which recall is measured. */
    private static final List<Integer> OVERSAMPLINGS = List.of(1, 2, 3, 5, 10);

    /** What takes long, and what is the same as another. */
    private static final Set<String> LEFT_OUT = Set.of("anti-sparse", "hash-itq", "hash-sgh", "hash-spherical");

    private static final List<String> FILES = List.of("advice.json", "index.html");

    /** What comes out on standard output. */
    enum Format {
        TABLE,
        JSON
    }

    @Mixin
    private final MeasuredVectors vectors = new MeasuredVectors();

    @Option(names = "--queries", paramLabel = "FILE", description = "Queries (default: drawn from the vectors).")
    private @Nullable Path queries;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = {
                "Labels of the vectors; mean average precision and the precision of the first 10 are then measured, and",
                "supervised hashing methods, too."
            })
    private @Nullable Path labels;

    @Option(
            names = "--query-labels",
            paramLabel = "FILE",
            description = "Labels of the queries; goes with --queries and --labels.")
    private @Nullable Path queryLabels;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "The most rows of the database that are measured, drawn from all (default: 100000).")
    private int rows = 100_000;

    @Option(
            names = "--bytes",
            paramLabel = "LIST",
            converter = NumberList.class,
            description = "Bytes that a code may take (default: 16,32,48,64,96).")
    private NumberList bytes = NumberList.of(List.of(16, 32, 48, 64, 96));

    @Option(
            names = "--quantisers",
            paramLabel = "NAMES",
            split = ",",
            description = "Those to measure, by name, such as rabitq,pq (default: all that fit and are not slow).")
    private List<String> names = new ArrayList<>();

    @Option(names = "--slow", description = "Measures those, too, that are left out as they take long.")
    private boolean slow;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for advice.json and the page, index.html.")
    private @Nullable Path out;

    @Option(names = "--format", paramLabel = "F", description = "table or json (default: table).")
    private Format format = Format.TABLE;

    @Mixin
    private final JudgementOptions judged = new JudgementOptions();

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Integer> sizes = bytes.within("--bytes", 1, MeasuredVectors.MOST_BYTES).stream()
                .map(Long::intValue)
                .toList();
        vectors.check(1, rows);
        if (queryLabels != null && (queries == null || labels == null)) {
            throw new InputException("--query-labels: expected --queries and --labels beside it");
        }
        judged.check(queries);
        List<Long> seeds = vectors.seeds();
        if (out != null) {
            written.checkIn("--out", out, FILES, List.of());
        }
        BlasCheck.requireSound();
        Progress progress = ConsoleProgress.standard();
        FeatureMatrix all = vectors.read(progress);
        Path features = vectors.features();
        Labels ofAll = labels == null ? null : labels(labels, all.rows(), features, progress);
        Parts parts = parts(all, ofAll, progress);
        vectors.similarity().prepare(all, features.toString());
        vectors.checkNeighbours(1, parts.database.length);
        Labels ofDatabase = ofAll == null ? null : ofAll.select(parts.database);
        Relevance relevance =
                ofDatabase == null || parts.queryLabels == null ? null : relevance(parts.queryLabels, ofDatabase);
        Judgements judgements =
                judged.read(features, all.rows(), parts.database, queries, parts.queries.rows(), progress);
        List<Advisor.Source> sources = sources(ofDatabase);
        Advisor advisor = new Advisor(vectors.similarity(), sizes, vectors.neighbours(), OVERSAMPLINGS, seeds);
        NeighbourCache kept = new NeighbourCache(ProjectHome.find().cache().resolve("neighbours"));
        Advice advice = advisor.measure(
                        new Advisor.Vectors(
                                all.select(parts.database),
                                parts.queries,
                                queries == null,
                                parts.given,
                                relevance,
                                judgements),
                        sources,
                        kept.search(progress),
                        progress)
                .leavingOut(leftOut());
        if (advice.quantisers().isEmpty()) {
            throw new InputException(
                    advice.refused().isEmpty()
                            ? "--bytes: expected numbers into which a quantiser of vectors of dimension "
                                    + all.dimension() + " fits, found " + sizes
                            : features + ": expected vectors that a quantiser can work with, found "
                                    + advice.refused().get(0).sentence());
        }
        print(advice);
        return ExitCodes.OK;
    }

    private void print(Advice advice) throws IOException {
        String json = AdviceJson.of(advice);
        spec.commandLine().getOut().print(format == Format.JSON ? json : AdviceListing.of(advice));
        spec.commandLine().getOut().flush();
        if (out != null) {
            AtomicFiles.write(out.resolve(FILES.get(0)), json);
            AtomicFiles.write(
                    out.resolve(FILES.get(1)),
                    AdvicePage.render(advice, Machine.describe(1).version()));
            spec.commandLine().getErr().println("wrote " + String.join(" and ", FILES) + " to " + out);
        }
    }

    /** The rows of the given vectors that are the database, and the queries. */
    private static final class Parts {
        private final int[] database;
        private final int given;
        private final FeatureMatrix queries;
        private final @Nullable Labels queryLabels;

        /**
         * Takes the first rows of a random order; all of them in their order where they are not too many.
         *
         * @param order of the rows that are no queries
         */
        Parts(int[] order, int most, FeatureMatrix queries, @Nullable Labels queryLabels) {
            this.given = order.length;
            this.database = Arrays.copyOf(order, Math.min(most, given));
            if (given <= most) {
                Arrays.sort(database);
            }
            this.queries = queries;
            this.queryLabels = queryLabels;
        }
    }

    private Parts parts(FeatureMatrix all, @Nullable Labels ofAll, Progress progress) {
        int n = all.rows();
        int drawn = MeasuredVectors.drawn(n);
        if (queries == null && drawn < 2) {
            throw new InputException(vectors.features() + ": expected at least " + MeasuredVectors.LEAST
                    + " vectors to draw queries from, or --queries, found " + n);
        }
        int[] order = vectors.order(n, n);
        if (queries != null) {
            FeatureMatrix read = givenQueries(queries, all, progress);
            return new Parts(
                    order,
                    rows,
                    read,
                    queryLabels == null ? null : labels(queryLabels, read.rows(), queries, progress));
        }
        int[] chosen = Arrays.copyOf(order, drawn);
        Arrays.sort(chosen);
        return new Parts(
                Arrays.copyOfRange(order, drawn, n),
                rows,
                all.select(chosen),
                ofAll == null ? null : ofAll.select(chosen));
    }

    private FeatureMatrix givenQueries(Path file, FeatureMatrix all, Progress progress) {
        FeatureMatrix read = FeatureFiles.read(file, progress);
        if (read.dimension() != all.dimension()) {
            throw new InputException(file + ": expected vectors of dimension " + all.dimension() + " as in "
                    + vectors.features() + ", found " + read.dimension());
        }
        if (read.rows() < 2) {
            throw new InputException(file + ": expected at least two queries, found " + read.rows());
        }
        vectors.similarity().prepare(read, file.toString());
        return read;
    }

    private Relevance relevance(Labels ofQueries, Labels ofDatabase) {
        try {
            return Relevance.bySimilarLabels(ofQueries, ofDatabase);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    queryLabels + ": expected labels of the kind of " + labels
                            + ", classes or sets over as many labels, found others",
                    e);
        }
    }

    private List<String> leftOut() {
        return slow || !names.isEmpty() ? List.of() : LEFT_OUT.stream().sorted().toList();
    }

    private List<Advisor.Source> sources(@Nullable Labels truth) {
        List<Advisor.Source> sources = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (QuantiserSpec<?> quantiser : Quantisers.ALL) {
            known.add(quantiser.name());
            sources.add(quantiser::within);
        }
        for (HashingSource<?> hashing : HashingSource.all(truth)) {
            known.add(hashing.name());
            sources.add(hashing);
        }
        for (String name : names) {
            if (!known.contains(name)) {
                throw new InputException(
                        "--quantisers: expected names of " + String.join(", ", known) + ", found '" + name + "'");
            }
        }
        return IntStream.range(0, sources.size())
                .filter(i -> names.isEmpty() ? !leftOut().contains(known.get(i)) : names.contains(known.get(i)))
                .mapToObj(sources::get)
                .toList();
    }

    private static Labels labels(Path file, int rows, Path vectors, Progress progress) {
        Labels read = LabelFiles.read(file, progress).labels();
        if (read.size() != rows) {
            throw new InputException(file + ": expected a label for each of the " + rows + " vectors of " + vectors
                    + ", found " + read.size());
        }
        return read;
    }
}
