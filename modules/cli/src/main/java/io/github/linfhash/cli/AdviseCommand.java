package io.github.linfhash.cli;

import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Judgments;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.vectors.LabelFiles;
import io.github.linfhash.experiment.export.AdviceJson;
import io.github.linfhash.experiment.export.AdviceListing;
import io.github.linfhash.experiment.home.Machine;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.registry.HashingSource;
import io.github.linfhash.experiment.runner.OutputFolder;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.advice.Advice;
import io.github.linfhash.quantizers.advice.Advisor;
import io.github.linfhash.quantizers.engine.EnginePaste;
import io.github.linfhash.quantizers.engine.Offer;
import io.github.linfhash.quantizers.neighbors.NeighborCache;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.reports.page.AdvicePage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash advise}: which quantizer, how many bytes, and how much oversampling, for a user's vectors. */
@Command(
        name = "advise",
        description = {
            "Measures quantizers on your vectors, such as embeddings, and recommends one.",
            "The recommendation includes code size and oversampling, and is based on recall of the nearest neighbors."
        },
        footer = {
            "  linfhash advise --vectors embeddings.npy",
            "  linfhash advise --vectors embeddings.npy --queries questions.npy --bytes 48,96 --out advice",
            "  linfhash advise --vectors embeddings.npy --engine pgvector --table items --column embedding",
            "  linfhash advise --vectors docs.npy --ids docs.ids --queries q.npy --query-ids q.ids --qrels test.tsv",
            "",
            "With --engine, only quantizers of that engine are measured, under its names; the answer ends with the SQL,",
            "Java or Python to paste.",
            "",
            "Bytes per vector include per-vector metadata; 'fewest bytes' also include a vector's share of codebooks",
            "and rotations. Ties count by expectation. Intervals (95 %%) cover queries and seeds.",
            "",
            "Every second query is used to choose: a target is reached if the lower end of the interval reaches it.",
            "The recall shown is that of the other queries. Without --queries, a tenth of the vectors (at most 1,000)",
            "serves as queries and is left out.",
            "",
            "A database larger than --max-vectors is sampled, and only the sample is in memory. Recall at 1x is shown",
            "for a quarter, half and all of it. If recall falls, targets reached by the sample do not count."
        })
final class AdviseCommand extends BaseCommand {
    /** The factors at which recall is measured. */
    private static final List<Integer> OVERSAMPLINGS = List.of(1, 2, 3, 5, 10);

    private static final List<Integer> BYTES = List.of(16, 32, 48, 64, 96);

    /** What takes long, and what is the same as another. */
    private static final Set<String> LEFT_OUT = Set.of("anti-sparse", "hash-itq", "hash-sgh", "hash-spherical", "rq");

    private static final List<String> FILES = List.of("advice.json", "index.html");

    /** What comes out on standard output. */
    enum Format {
        TABLE,
        JSON
    }

    @Mixin
    private final MeasuredVectors vectors = new MeasuredVectors();

    @Option(names = "--queries", paramLabel = "FILE", description = "Queries (default: sampled from the vectors).")
    private @Nullable Path queries;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "Labels of the vectors. Adds mean average precision, precision at 10 and supervised hashing methods.")
    private @Nullable Path labels;

    @Option(
            names = "--query-labels",
            paramLabel = "FILE",
            description = "Labels of the queries; requires --queries and --labels.")
    private @Nullable Path queryLabels;

    @Option(
            names = "--max-vectors",
            paramLabel = "N",
            description = "Maximum size of the database, sampled if larger (default: 100000).")
    private int rows = 100_000;

    @Option(
            names = "--bytes",
            paramLabel = "LIST",
            converter = NumberList.class,
            description = "Code sizes in bytes (default: 16,32,48,64,96, or what --engine has).")
    private @Nullable NumberList bytes;

    @Option(
            names = "--quantizers",
            paramLabel = "NAMES",
            split = ",",
            description = "Quantizers to measure, such as rabitq,pq (default: all that fit, without slow ones).")
    private List<String> names = new ArrayList<>();

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Option(names = "--include-slow", description = "Also measure slow quantizers.")
    private boolean slow;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for advice.json and the report, index.html.")
    private @Nullable Path out;

    @Option(names = "--format", paramLabel = "F", description = "table or json (default: table).")
    private Format format = Format.TABLE;

    @Mixin
    private final JudgmentOptions judged = new JudgmentOptions();

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        List<Integer> sizes = (bytes == null ? NumberList.of(BYTES) : bytes)
                .within("--bytes", 1, MeasuredVectors.MOST_BYTES).stream()
                        .map(Long::intValue)
                        .toList();
        vectors.check(1, rows);
        engine.check();
        if (queryLabels != null && (queries == null || labels == null)) {
            throw new InputException("--query-labels requires --queries and --labels");
        }
        judged.check(queries);
        List<Long> seeds = vectors.seeds();
        if (out != null) {
            written.checkIn("--out", out, FILES, List.of());
        }
        BlasCheck.requireSound();
        Progress progress = progress();
        Path features = vectors.vectors();
        Parts parts = parts(progress);
        vectors.checkNeighbors(1, parts.database.rows());
        Labels ofFile = labels == null ? null : labels(labels, parts.inFile, features, progress);
        Labels ofDatabase = ofFile == null ? null : ofFile.select(parts.databaseNumbers);
        Labels ofQueries = queries == null
                ? ofFile == null ? null : ofFile.select(parts.queryNumbers)
                : queryLabels == null
                        ? null
                        : labels(queryLabels, parts.inQueries, queries, progress)
                                .select(parts.queryNumbers);
        Relevance relevance = ofDatabase == null || ofQueries == null ? null : relevance(ofQueries, ofDatabase);
        Judgments judgments = judged.read(
                new JudgmentOptions.Part(features, parts.inFile, parts.databaseNumbers),
                queries == null ? null : new JudgmentOptions.Part(queries, parts.inQueries, parts.queryNumbers),
                progress);
        List<Advisor.Source> sources = sources(ofDatabase);
        List<Integer> factors = engine.within(OVERSAMPLINGS, vectors.neighbors());
        Advisor advisor = new Advisor(vectors.similarity(), sizes, vectors.neighbors(), factors, seeds);
        Advisor.Vectors measured =
                new Advisor.Vectors(parts.database, parts.queries, queries == null, parts.given, relevance, judgments);
        try (OutputFolder folder = out == null ? null : OutputFolder.openForFiles(out)) {
            if (folder != null) {
                // Another process may have written here since the first check.
                written.checkIn("--out", folder.path(), FILES, List.of());
            }
            NeighborCache kept = new NeighborCache(ProjectHome.find().cache().resolve("neighbors"));
            Advice advice = advisor.measure(measured, sources, kept.search(progress), progress)
                    .leavingOut(leftOut(), parts.skipped);
            requireMeasured(advice, sizes);
            print(advice);
        }
        return ExitCodes.OK;
    }

    private void requireMeasured(Advice advice, List<Integer> sizes) {
        if (advice.quantizers().isEmpty()) {
            throw new InputException(
                    advice.refused().isEmpty()
                            ? "--bytes: expected code sizes for which a quantizer exists in dimension "
                                    + advice.dimension() + ", found " + sizes
                            : vectors.vectors() + ": expected vectors that a quantizer accepts, found "
                                    + advice.refused().get(0).sentence());
        }
    }

    private void print(Advice advice) throws IOException {
        EnginePaste paste = engine.paste();
        String json = AdviceJson.of(advice, paste);
        print(format == Format.JSON ? json : AdviceListing.of(advice, paste));
        if (out != null) {
            AtomicFiles.write(out.resolve(FILES.get(0)), json);
            AtomicFiles.write(
                    out.resolve(FILES.get(1)),
                    AdvicePage.render(advice, paste, Machine.describe(1).version()));
            say("wrote " + String.join(" and ", FILES) + " to " + out);
        }
    }

    /** The vectors that are the database, and the queries; both with their row numbers in the files, which have so many rows. */
    private static final class Parts {
        private final FeatureMatrix database;
        private final int[] databaseNumbers;
        private final int inFile;
        private final int given;
        private final FeatureMatrix queries;
        private final int[] queryNumbers;
        private final int inQueries;
        private final Advice.Skipped skipped;

        /**
         * Takes rows apart.
         *
         * @param read the drawn queries, if there are any, then the database
         * @param drawn how many queries were drawn
         * @param others the queries if they were given
         */
        Parts(MeasuredVectors.Rows read, int drawn, MeasuredVectors.@Nullable Rows others) {
            int[] numbers = read.numbers();
            database =
                    read.vectors().select(IntStream.range(drawn, numbers.length).toArray());
            databaseNumbers = Arrays.copyOfRange(numbers, drawn, numbers.length);
            inFile = read.inFile();
            given = read.valid() - drawn;
            queries = others == null
                    ? read.vectors().select(IntStream.range(0, drawn).toArray())
                    : others.vectors();
            queryNumbers = others == null ? Arrays.copyOf(numbers, drawn) : others.numbers();
            inQueries = others == null ? inFile : others.inFile();
            skipped = new Advice.Skipped(read.skipped(), others == null ? List.of() : others.skipped());
        }
    }

    private Parts parts(Progress progress) {
        MeasuredVectors.Rows read = vectors.read(vectors.vectors(), this::drawn, progress);
        return queries == null
                ? new Parts(read, MeasuredVectors.drawn(read.valid()), null)
                : new Parts(read, 0, givenQueries(queries, read.vectors(), progress));
    }

    /**
     * The rows to read: drawn queries, ascending, then the first of the others in a random order; all of these in their order where they
     * are not too many.
     */
    private int[] drawn(int n) {
        int drawn = queries == null ? MeasuredVectors.drawn(n) : 0;
        if (queries == null && drawn < 2) {
            throw new InputException(vectors.vectors() + ": expected at least " + MeasuredVectors.LEAST
                    + " vectors, of which some become queries, or --queries, found " + n);
        }
        int[] order = Arrays.copyOf(vectors.order(n, n), (int) Math.min(n, (long) drawn + rows));
        Arrays.sort(order, 0, drawn);
        if (order.length == n) {
            Arrays.sort(order, drawn, n);
        }
        return order;
    }

    private MeasuredVectors.Rows givenQueries(Path file, FeatureMatrix database, Progress progress) {
        MeasuredVectors.Rows read = vectors.read(file, progress);
        if (read.vectors().dimension() != database.dimension()) {
            throw new InputException(file + ": expected vectors of dimension " + database.dimension() + " as in "
                    + vectors.vectors() + ", found " + read.vectors().dimension());
        }
        if (read.vectors().rows() < 2) {
            throw new InputException(file + ": expected at least two queries, found "
                    + read.vectors().rows());
        }
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
        return slow || !names.isEmpty() || engine.given()
                ? List.of()
                : LEFT_OUT.stream().sorted().toList();
    }

    private List<Advisor.Source> sources(@Nullable Labels truth) {
        List<Advisor.Source> sources = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (Offer<?> offer : engine.offers()) {
            known.add(offer.name());
            sources.add((dimension, most) ->
                    offer.configured(dimension, vectors.similarity(), bytes == null ? null : most));
        }
        for (QuantizerSpec<?> quantizer : engine.given() ? List.<QuantizerSpec<?>>of() : Quantizers.ALL) {
            known.add(quantizer.name());
            sources.add((dimension, most) -> quantizer.within(dimension, most).stream()
                    .filter(QuantizerSpec.Configured::standard)
                    .toList());
        }
        for (HashingSource<?> hashing : engine.given() ? List.<HashingSource<?>>of() : HashingSource.all(truth)) {
            known.add(hashing.name());
            sources.add(hashing);
        }
        for (String name : names) {
            if (!known.contains(name)) {
                throw new InputException(
                        "--quantizers: expected names of " + String.join(", ", known) + ", found '" + name + "'");
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
