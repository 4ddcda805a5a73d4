package io.github.linfhash.advisor.command;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.AdviceRequest;
import io.github.linfhash.advisor.advice.Advisor;
import io.github.linfhash.advisor.advice.MeasureCache;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.advisor.advice.QuerySampling;
import io.github.linfhash.advisor.engine.AskedSizes;
import io.github.linfhash.advisor.engine.EngineCode;
import io.github.linfhash.advisor.engine.EngineSnippet;
import io.github.linfhash.advisor.export.AdviceJson;
import io.github.linfhash.advisor.export.AdviceListing;
import io.github.linfhash.advisor.export.AdvisorProgram;
import io.github.linfhash.advisor.export.CheckReport;
import io.github.linfhash.advisor.page.AdvicePage;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.Suggestion;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.formats.vectors.LabelFiles;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.files.CacheFolder;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.neighbors.NeighborCache;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.NumberList;
import io.github.linfhash.shell.ShownCommand;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash advise}: which quantizer, how many bytes, and how much oversampling, for a user's vectors. */
@Command(
        name = "advise",
        description = {
            "Measures quantizers on your vectors, such as embeddings, and recommends one.",
            "The recommendation includes code size and oversampling, and is based on recall of the nearest neighbors.",
            "With --check, measures a quantizer that you fitted before on new vectors instead."
        },
        footer = {
            "  linfhash advise --vectors embeddings.npy",
            "  linfhash advise --vectors embeddings.npy --queries questions.npy --bytes 48,96 --out advice",
            "  linfhash advise --vectors embeddings.npy --engine pgvector --table items --column embedding",
            "  linfhash advise --vectors docs.npy --ids docs.ids --queries q.npy --query-ids q.ids --qrels test.tsv",
            "  linfhash advise --check index --vectors new.npy --oversampling 3 --min-recall 0.95",
            "",
            "With --engine, only quantizers of that engine are measured, under its names; the answer ends with the SQL,",
            "Java or Python to paste.",
            "",
            "Bytes per vector include per-vector metadata; 'fewest bytes' also include a vector's share of codebooks",
            "and rotations. Tied codes count by their expected value. Intervals (95%%) cover queries and seeds.",
            "",
            "Quantizers are fitted to half of the vectors (at most 50,000) and searched among others, up to --max-vectors.",
            "Recall is that of new vectors, predicted for the whole database. It can be predicted for up to --neighbors",
            "times the searched vectors. Only these vectors are in memory.",
            "",
            "Every second query is used to choose: a target is reached if the lower end of the interval reaches it.",
            "The recall shown is that of the other queries. A tenth of the vectors (at most 1,000) is sampled as queries and",
            "left out. Real queries often find less: with --queries, both are measured, and the answer says whether the",
            "queries come from elsewhere. A vector as near as the last neighbor counts like it.",
            "",
            "--check compares recall with that when fitted, which 'linfhash quantize' recorded. Both are measured among equally",
            "many vectors, at most 10,000. The exit code is 3 if recall is lower than --min-recall, or, without it, if it is",
            "significantly lower than when fitted: by more than chance explains in all but one of 1,000 cases. It is also 3 if the",
            "mean of the vectors moved by more than --max-shift, or, without it, by more than chance explains. The answer names",
            "what failed. Changes of a model that leave the mean and the recall alone are not found: for example a rotation of",
            "vectors whose mean is 0, with a quantizer that does not learn.",
            "",
            "Drift is the distance of the new mean from that when fitted, divided by the standard deviation of the vectors when",
            "fitted (the root mean square distance from their mean): meanShift in JSON, byChance what two samples of the same",
            "vectors are expected to have, and mostByChance what one in a thousand such pairs exceeds. With 10,000 vectors, that",
            "is about 0.02, so new topics fail as well: set --max-shift to the shift that you accept, such as 0.1. normRatio",
            "and spreadRatio divide the new mean norm and standard deviation by the old ones. Vectors are first scaled to norm 1",
            "for cosine similarity, except for norms.",
            "",
            "If there are many quantizers, 2,000 vectors show which may reach the recall. These are measured on all vectors, those",
            "with the fewest bytes first, until one reaches it. float32, int8, binary and 1-bit RaBitQ are always measured.",
            "If interrupted, run the same command again to resume."
        })
public class AdviseCommand extends BaseCommand {
    /** The description of {@code measure}, the next step for an engine, which is a command of another module. */
    public static final String MEASURE =
            "Builds indexes of your vectors in pgvector or Lucene, and recommends one by recall, size and latency.";

    /** How the names of hashing methods begin. */
    private static final String HASHING = "hash-";

    private static final List<String> FILES = List.of("advice.json", "index.html");

    /** The format of standard output. */
    enum Format {
        TABLE,
        JSON
    }

    @Mixin
    private final MeasuredVectors vectors = new MeasuredVectors();

    @Option(
            names = "--queries",
            paramLabel = "FILE",
            description = "Real queries (default: only queries sampled from the vectors).")
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
            description = "Maximum number of vectors to search, sampled if there are more (default: 100000).")
    private int rows = AdviceRequest.MOST_VECTORS;

    @Option(
            names = "--database-size",
            paramLabel = "N",
            description =
                    "Number of vectors of the whole database, of which the file is a random sample (default: those of the"
                            + " file). Codes share their model among as many, and recall is predicted for them: the searched"
                            + " vectors have to be at least N divided by --neighbors.")
    private @Nullable Integer databaseSize;

    @Option(
            names = "--bytes",
            paramLabel = "LIST",
            converter = NumberList.class,
            description =
                    "Code sizes in bytes (default: 16,32,48,64,96, or what --engine has). With --engine, each size"
                            + " stands for the largest codes of at most so many bytes; the answer names the codes left out.")
    private @Nullable NumberList bytes;

    @Option(
            names = "--max-oversampling",
            paramLabel = "N",
            description = "Maximum oversampling to recommend (default: 10). The table goes up to 50.")
    private int mostOversampling = AdviceRequest.MOST_OVERSAMPLING;

    @Option(
            names = "--prefix",
            paramLabel = "LIST",
            converter = NumberList.class,
            description =
                    "Also measure quantizers of the first dimensions, such as 256,512, for models that are trained for"
                            + " shorter embeddings. With --check: the --prefix that 'linfhash quantize' had.")
    private @Nullable NumberList prefixes;

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

    @Option(names = "--no-screening", description = "Measure all quantizers on all vectors of the sample.")
    private boolean unscreened;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for advice.json and the report, index.html.")
    private @Nullable Path out;

    @Option(names = "--format", paramLabel = "F", description = "table or json (default: table).")
    private Format format = Format.TABLE;

    @Mixin
    private final CheckOptions check = new CheckOptions();

    @Mixin
    private final JudgmentOptions judged = new JudgmentOptions();

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        check.requireSound();
        queries = queries == null ? null : FeatureFiles.ofQueries(queries);
        vectors.requireUse(queries, labels, queryLabels);
        if (check.given()) {
            return check();
        }
        List<Integer> sizes = (bytes == null ? NumberList.of(AdviceRequest.BYTES) : bytes)
                .within("--bytes", 1, MeasuredVectors.MOST_BYTES).stream()
                        .map(Long::intValue)
                        .toList();
        vectors.check(1, rows);
        engine.check();
        if (prefixes != null && engine.given()) {
            throw new InputException("--prefix: expected no --engine; cut the vectors, and pass them as --vectors");
        }
        if (mostOversampling < 1) {
            throw new InputException("--max-oversampling: expected at least 1, found " + mostOversampling);
        }
        if (queryLabels != null && (queries == null || labels == null)) {
            throw new InputException("--query-labels requires --queries and --labels");
        }
        judged.check(queries);
        List<Long> seeds = vectors.seeds();
        // Unknown names are reported before anything is read, except with labels, of which hashing methods learn.
        List<Advisor.Source> withoutLabels = labels == null ? sources(null) : List.of();
        if (out != null) {
            written.checkIn("--out", out, FILES, List.of());
        }
        Progress progress = progress();
        Path features = vectors.vectors();
        Parts parts = parts(progress);
        vectors.checkNeighbors(1, parts.division.searched());
        List<Integer> shorter = prefixes == null
                ? List.of()
                : prefixes.within("--prefix", 1, parts.database.dimension() - 1).stream()
                        .map(Long::intValue)
                        .toList();
        Labels ofFile = labels == null ? null : labels(labels, parts.inFile, features, progress);
        Labels ofSearched = ofFile == null ? null : ofFile.select(parts.searched());
        Labels ofTraining = ofFile == null ? null : ofFile.select(parts.training());
        Labels ofQueries = queries == null
                ? ofFile == null ? null : ofFile.select(parts.queryNumbers)
                : queryLabels == null
                        ? null
                        : labels(queryLabels, parts.inQueries, queries, progress)
                                .select(parts.queryNumbers);
        Relevance relevance = ofSearched == null || ofQueries == null ? null : relevance(ofQueries, ofSearched);
        Qrels judgments = parts.judgments == null || queries == null
                ? null
                : judged.among(
                        parts.judgments,
                        new JudgmentOptions.Part(features, parts.inFile, parts.databaseNumbers),
                        new JudgmentOptions.Part(queries, parts.inQueries, parts.queryNumbers));
        Advisor.Candidates candidates = new Advisor.Candidates(
                (labels == null ? withoutLabels : sources(ofTraining))
                        .stream()
                                .map(source -> AdviceRequest.withPrefixes(source, shorter))
                                .toList(),
                dimension -> engine.given()
                        ? List.of()
                        : names.isEmpty() ? AdviceRequest.shown(dimension) : Quantizers.wellKnown(dimension),
                !unscreened && names.isEmpty());
        List<Integer> factors = engine.within(AdviceRequest.OVERSAMPLINGS, vectors.neighbors());
        Advisor advisor =
                new Advisor(vectors.similarity(), sizes, vectors.neighbors(), factors, mostOversampling, seeds);
        Advisor.Vectors measured = new Advisor.Vectors(
                parts.database,
                parts.division,
                parts.queries,
                queries == null,
                parts.sampledQueries,
                parts.given,
                relevance,
                judgments);
        try (OutputFolder folder = out == null ? null : OutputFolder.openForFiles(out)) {
            if (folder != null) {
                // Another process may have written here since the first check.
                written.checkIn("--out", folder.path(), FILES, List.of());
            }
            Path cache = CacheFolder.ofProgram();
            NeighborCache kept = new NeighborCache(cache.resolve("neighbors"));
            Advice all = advisor.measure(
                    measured,
                    candidates,
                    kept.search(progress),
                    MeasureCache.in(cache.resolve("advice"), decisive(ofFile, ofQueries, judgments), progress),
                    progress);
            Advice advice = all.about(candidates(all, sizes), leftOut(), parts.skipped);
            requireMeasured(advice, sizes);
            print(advice, sizes);
        }
        return ExitCodes.OK;
    }

    /** Names what decides measurements besides vectors, queries and settings: the code, labels and judgments. */
    private static String decisive(@Nullable Labels ofFile, @Nullable Labels ofQueries, @Nullable Qrels judgments) {
        List<String> decisive = new ArrayList<>(List.of(AdvisorProgram.version().commit()));
        Stream.of(Optional.ofNullable(ofFile), Optional.ofNullable(ofQueries))
                .forEach(labels -> decisive.add(labels.map(Labels::sha256).orElse("")));
        for (int query = 0; judgments != null && query < judgments.queries(); query++) {
            decisive.add(Arrays.toString(judgments.rows(query)) + Arrays.toString(judgments.grades(query)));
        }
        return Digests.sha256(String.join("\n", decisive));
    }

    /** Of named quantizers, those of the wanted sizes; the well-known ones are there to compare with. */
    private List<QuantizerResult> candidates(Advice advice, List<Integer> sizes) {
        int most = sizes.get(sizes.size() - 1);
        return engine.given() || names.isEmpty() ? advice.candidates() : AdviceRequest.named(advice, names, most);
    }

    private int check() throws IOException {
        vectors.check(1, rows);
        CheckOptions.Checked found = check.check(vectors, queries, checkedPrefix(), progress());
        print(
                format == Format.JSON
                        ? CheckReport.json(found.check(), found.quantizer())
                        : CheckReport.text(found.check()));
        return found.check().fails() ? ExitCodes.FOUND : ExitCodes.OK;
    }

    private @Nullable Integer checkedPrefix() {
        if (prefixes == null) {
            return null;
        }
        List<Long> given = prefixes.within("--prefix", 1, Integer.MAX_VALUE);
        if (given.size() > 1) {
            throw new InputException("--prefix: expected one number with --check, found " + given.size());
        }
        return Math.toIntExact(given.get(0));
    }

    private void requireMeasured(Advice advice, List<Integer> sizes) {
        if (advice.candidates().isEmpty()) {
            AskedSizes asked = engine.asked(names, advice.dimension(), vectors.similarity(), sizes);
            throw new InputException(
                    advice.refused().isEmpty()
                            ? "--bytes: expected code sizes for which a quantizer exists in dimension "
                                    + advice.dimension() + ", found " + sizes
                                    + (asked == null ? "" : "; " + asked.available())
                            : vectors.vectors() + ": none of the quantizers could be measured: "
                                    + advice.refused().get(0).sentence());
        }
    }

    private void print(Advice advice, List<Integer> sizes) throws IOException {
        EngineSnippet paste = engine.paste(
                bytes == null ? null : engine.asked(names, advice.dimension(), vectors.similarity(), sizes));
        String json = AdviceJson.of(advice, paste);
        print(format == Format.JSON ? json : AdviceListing.of(advice, paste));
        if (out != null) {
            AtomicFiles.write(out.resolve(FILES.get(0)), json);
            AtomicFiles.write(out.resolve(FILES.get(1)), AdvicePage.render(advice, paste, provenance()));
            say("wrote " + String.join(" and ", FILES) + " to " + out);
        }
    }

    private AdvicePage.Provenance provenance() {
        return new AdvicePage.Provenance(
                Stream.of(vectors.vectors(), queries)
                        .filter(Objects::nonNull)
                        .map(file -> String.valueOf(file.getFileName()))
                        .toList(),
                ShownCommand.of(spec()),
                LocalDate.now(ZoneOffset.UTC).toString(),
                AdvisorProgram.version());
    }

    /** The vectors that are the database, and the queries; both with their row numbers in the files, which have so many rows. */
    private static final class Parts {
        private final FeatureMatrix database;
        private final Advisor.Division division;
        private final int[] databaseNumbers;
        private final int inFile;
        private final int given;
        private final FeatureMatrix queries;
        private final @Nullable FeatureMatrix sampledQueries;
        private final int[] queryNumbers;
        private final int inQueries;
        private final Advice.Skipped skipped;
        private final @Nullable Qrels judgments;

        /**
         * Takes rows apart.
         *
         * @param read the drawn queries, if there are any, then the database
         * @param draw what drew them
         * @param others the queries if they were given
         */
        Parts(MeasuredVectors.Rows read, Drawing draw, MeasuredVectors.@Nullable Rows others) {
            int[] numbers = read.numbers();
            int drawn = draw.queries;
            database = read.vectors().part(drawn, numbers.length - drawn);
            division = draw.division;
            databaseNumbers = Arrays.copyOfRange(numbers, drawn, numbers.length);
            inFile = read.inFile();
            given = draw.given;
            FeatureMatrix ofVectors = read.vectors().part(0, drawn);
            queries = others == null ? ofVectors : others.vectors();
            sampledQueries = others == null || drawn == 0 ? null : ofVectors;
            queryNumbers = others == null ? Arrays.copyOf(numbers, drawn) : others.numbers();
            inQueries = others == null ? inFile : others.inFile();
            skipped = new Advice.Skipped(read.skipped(), others == null ? List.of() : others.skipped());
            judgments = draw.judgments;
        }

        int[] searched() {
            return Arrays.copyOf(databaseNumbers, division.searched());
        }

        /** The rows that quantizers are fitted to. */
        int[] training() {
            return division.training() == 0
                    ? searched()
                    : Arrays.copyOfRange(
                            databaseNumbers, division.searched(), division.searched() + division.training());
        }
    }

    private Parts parts(Progress progress) {
        MeasuredVectors.Rows others = queries == null ? null : givenQueries(queries, progress);
        Drawing draw = new Drawing(others == null ? 0 : others.inFile(), progress);
        MeasuredVectors.Rows read = vectors.read(vectors.vectors(), draw, progress);
        if (others != null && others.vectors().dimension() != read.vectors().dimension()) {
            throw new InputException(queries + ": expected vectors of dimension "
                    + read.vectors().dimension() + " as in " + vectors.vectors() + ", found "
                    + others.vectors().dimension());
        }
        return new Parts(read, draw, others);
    }

    /**
     * Says which rows to read: drawn queries, ascending, then in a random order those that are searched and those that quantizers are fitted to,
     * then the judged ones that are not among these.
     */
    private final class Drawing implements MeasuredVectors.Draw {
        private final int inQueries;
        private final Progress progress;
        private int queries;
        private int given;
        private Advisor.Division division = new Advisor.Division(0, 0);
        private @Nullable Qrels judgments;

        Drawing(int inQueries, Progress progress) {
            this.inQueries = inQueries;
            this.progress = progress;
        }

        @Override
        public int[] of(MeasuredVectors.Valid valid) {
            int n = valid.size();
            Path asked = AdviseCommand.this.queries;
            judgments = asked == null
                    ? null
                    : judged.readAll(
                            new JudgmentOptions.Part(vectors.vectors(), valid.inFile(), new int[0]),
                            new JudgmentOptions.Part(asked, inQueries, new int[0]),
                            progress);
            // Judged vectors have to stay in the database.
            QuerySampling sampling = QuerySampling.of(
                    n,
                    judgments == null,
                    rows,
                    vectors.neighbors(),
                    vectors.seeds().get(0));
            queries = sampling.queries();
            division = sampling.division();
            given = sampling.databaseRows("--database-size", databaseSize);
            if (asked == null && queries < 2) {
                throw new InputException(vectors.vectors() + ": expected at least " + QuerySampling.LEAST
                        + " vectors, of which some become queries, or --queries, found " + n);
            }
            QuerySampling.Needed needed = QuerySampling.Needed.of(given, vectors.neighbors());
            if (division.searched() < needed.searched()) {
                // Before hours are spent on it.
                note(vectors.vectors() + ": of " + n + " vectors, " + division.searched()
                        + " are searched, but to predict recall for " + given + ", " + needed.searched()
                        + " have to be. " + needed.request());
            }
            int[] order = sampling.order();
            int[] numbers = IntStream.of(order).map(valid::row).toArray();
            return judgments == null ? numbers : withJudged(numbers, valid, judgments);
        }

        private static int[] withJudged(int[] numbers, MeasuredVectors.Valid valid, Qrels judgments) {
            BitSet more = new BitSet(valid.inFile());
            for (int query : judgments.answered()) {
                IntStream.of(judgments.rows(query)).forEach(more::set);
            }
            valid.invalid().forEach(more::clear);
            IntStream.of(numbers).forEach(more::clear);
            return IntStream.concat(IntStream.of(numbers), more.stream()).toArray();
        }
    }

    private MeasuredVectors.Rows givenQueries(Path file, Progress progress) {
        MeasuredVectors.Rows read = vectors.read(file, progress);
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
                : Stream.concat(AdviceRequest.LEFT_OUT.stream(), furtherLeftOut().stream())
                        .sorted()
                        .toList();
    }

    private List<Advisor.Source> sources(@Nullable Labels truth) {
        List<Advisor.Source> sources = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (EngineCode<?> code : engine.codes()) {
            known.add(code.name());
            sources.add(
                    (dimension, most) -> code.configured(dimension, vectors.similarity(), bytes == null ? null : most));
        }
        for (QuantizerSpec<?> quantizer : engine.given() ? List.<QuantizerSpec<?>>of() : Quantizers.all()) {
            known.add(quantizer.name());
            sources.add(AdviceRequest.source(quantizer));
        }
        if (!engine.given()) {
            further(truth).forEach((name, source) -> {
                known.add(name);
                sources.add(source);
            });
        }
        for (String name : names) {
            if (!known.contains(name)) {
                requireHere(name);
                throw new InputException("--quantizers: expected names of " + String.join(", ", known) + ", found '"
                        + name + "'" + Suggestion.of(name, known));
            }
        }
        return IntStream.range(0, sources.size())
                .filter(i -> names.isEmpty() ? !leftOut().contains(known.get(i)) : names.contains(known.get(i)))
                .mapToObj(sources::get)
                .toList();
    }

    /**
     * Further quantizers, by name, that this module does not have: hashing methods.
     *
     * @param truth labels of the rows that they learn from; null without
     */
    protected Map<String, Advisor.Source> further(@Nullable Labels truth) {
        return Map.of();
    }

    /** The names of those that take long, or are the same as another. */
    protected Set<String> furtherLeftOut() {
        return Set.of();
    }

    private void requireHere(String name) {
        if (name.startsWith(HASHING) && further(null).isEmpty()) {
            throw new InputException("--quantizers: '" + name + "' is not part of linfhash-advisor; use the full"
                    + " distribution, linfhash");
        }
    }

    private Labels labels(Path file, int rows, Path ofVectors, Progress progress) {
        Labels read = LabelFiles.read(file, vectors.stated(), progress).labels();
        if (read.size() != rows) {
            throw new InputException(file + ": expected a label for each of the " + rows + " vectors of " + ofVectors
                    + ", found " + read.size());
        }
        return read;
    }
}
