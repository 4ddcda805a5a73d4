package io.github.linfhash.advisor.command;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.AdviceData;
import io.github.linfhash.advisor.advice.AdviceRequest;
import io.github.linfhash.advisor.advice.Advisor;
import io.github.linfhash.advisor.advice.MeasureCache;
import io.github.linfhash.advisor.advice.QuerySampling;
import io.github.linfhash.advisor.engine.QuantizeLine;
import io.github.linfhash.advisor.export.AdviceJson;
import io.github.linfhash.advisor.export.AdviceListing;
import io.github.linfhash.advisor.export.AdviceSentences;
import io.github.linfhash.advisor.export.AdvisorProgram;
import io.github.linfhash.advisor.export.CheckReport;
import io.github.linfhash.advisor.export.EngineSnippet;
import io.github.linfhash.advisor.page.AdvicePage;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.formats.vectors.LabelFiles;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.files.CacheFolder;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.io.input.TextLines;
import io.github.linfhash.quantizers.neighbors.NeighborCache;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash advise}: recommends a quantizer, a code size and an oversampling for a user's vectors. */
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
            "  linfhash advise --check index --vectors new.npy --oversampling 3 --target 0.95",
            "",
            "With --engine, only quantizers of that engine are measured, under its names; the answer ends with the SQL,",
            "Java or Python to paste.",
            "",
            "Bytes per vector include per-vector metadata; 'fewest bytes' also include a vector's share of codebooks",
            "and rotations. Tied codes count by their expected value. Intervals (95%%) cover queries and seeds.",
            "",
            "Quantizers are fitted to half of the vectors (at most 50,000) and searched among others, up to --max-vectors.",
            "Recall is that of new vectors, predicted for the whole database. It can be predicted for up to --k",
            "times the searched vectors. Only these vectors are in memory.",
            "",
            "Every second query is used to choose: a target is reached if the lower end of the interval reaches it.",
            "The recall shown is that of the other queries. A tenth of the vectors (at most 1,000) is sampled as queries and",
            "left out. Real queries often find less: with --queries, both are measured, and the answer says whether the",
            "queries come from elsewhere. A vector as near as the last neighbor counts like it.",
            "",
            "--check compares recall with that when fitted, which 'linfhash quantize' recorded. Both are measured among equally",
            "many vectors, at most 10,000. The exit code is 3 if recall is lower than --target, or, without it, if it is",
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
            "Builds indexes of your vectors in pgvector, Lucene, faiss, Redis or sqlite-vec, and recommends one by recall, size and latency.";

    /** The description of {@code watch}, a command of another module. */
    public static final String WATCH = "Watches the recall of a running index of pgvector, with intervals and alarms.";

    /** How the names of hashing methods begin. */
    private static final int LEAST_GROUPS = 4;

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
            names = "--query-groups",
            paramLabel = "FILE",
            description = "A group for each query, such as its topic or user, one a line. Intervals count groups as"
                    + " independent, not queries.")
    private @Nullable Path queryGroups;

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
                            + " vectors have to be at least N divided by --k.")
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
    private int mostOversampling = AdviceRequest.Question.MOST_OVERSAMPLING;

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
        AdviceRequest.Question question = question();
        vectors.check(1, rows);
        engine.check();
        if (prefixes != null && engine.engine() != null) {
            throw new InputException("--prefix: expected no --engine; cut the vectors, and pass them as --vectors");
        }
        if (mostOversampling < 1) {
            throw new InputException("--max-oversampling: expected at least 1, found " + mostOversampling);
        }
        if (queryLabels != null && (queries == null || labels == null)) {
            throw new InputException("--query-labels requires --queries and --labels: name these files");
        }
        judged.check(queries);
        if (queryGroups != null && (queries == null || labels != null || judged.given())) {
            throw new InputException("--query-groups requires --queries, without --labels and --qrels");
        }
        if (labels == null) {
            // Before anything is read. Labels bring further quantizers.
            requireKnown(selection(List.of()), question, null);
        }
        if (out != null) {
            written.checkIn("--out", out, FILES, List.of());
        }
        Progress progress = progress();
        AdviceData data = data(progress);
        if (labels != null) {
            requireKnown(selection(List.of()), question, data.labels());
        }
        List<Integer> shorter = prefixes == null
                ? List.of()
                : prefixes.ints("--prefix", 1, data.vectors().dimension() - 1);
        Path cache = CacheFolder.ofProgram();
        AdviceRequest request = new AdviceRequest(
                data,
                question,
                selection(shorter),
                rows,
                new AdviceRequest.Resources(
                        new NeighborCache(cache.resolve("neighbors")).search(progress),
                        MeasureCache.in(
                                cache.resolve("advice"),
                                AdvisorProgram.version().commit(),
                                progress),
                        progress));
        try (OutputFolder folder = out == null ? null : OutputFolder.openForFiles(out)) {
            if (folder != null) {
                // Another process may have written here since the first check.
                written.checkIn("--out", folder.path(), FILES, List.of());
            }
            Advice advice = request.measured();
            requireMeasured(advice, question);
            print(advice, question);
        }
        return ExitCodes.OK;
    }

    private AdviceRequest.Question question() {
        return new AdviceRequest.Question(
                vectors.similarity(),
                bytes == null ? List.of() : bytes.ints("--bytes", 1, MeasuredVectors.MOST_BYTES),
                vectors.neighbors(),
                AdviceRequest.Question.OVERSAMPLINGS,
                mostOversampling,
                vectors.seeds(),
                check.target().map(List::of).orElse(Advice.TARGETS));
    }

    private AdviceRequest.Selection selection(List<Integer> shorter) {
        Set<String> left = slow
                ? Set.of()
                : Stream.concat(AdviceRequest.Selection.SLOW.stream(), furtherLeftOut().stream())
                        .collect(Collectors.toSet());
        return new AdviceRequest.Selection(names, engine.engine(), shorter, this::further, left, !unscreened);
    }

    private void requireKnown(
            AdviceRequest.Selection selection, AdviceRequest.Question question, @Nullable Labels truth) {
        if (further(null).isEmpty()) {
            names.stream().filter(name -> name.startsWith(HASHING)).findFirst().ifPresent(name -> {
                throw new InputException("--quantizers: '" + name + "' is not part of linfhash-advisor; use the full"
                        + " distribution, linfhash");
            });
        }
        selection.requireKnown("--quantizers", question, truth);
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
        List<Integer> given = prefixes.ints("--prefix", 1, Integer.MAX_VALUE);
        if (given.size() > 1) {
            throw new InputException("--prefix: expected one number with --check, found " + given.size());
        }
        return given.get(0);
    }

    private void requireMeasured(Advice advice, AdviceRequest.Question question) {
        if (advice.candidates().isEmpty()) {
            EngineSnippet.AskedSizes asked = asked(advice, question);
            if (asked != null) {
                asked.requireAny();
            }
            throw new InputException(
                    advice.unmeasured().refused().isEmpty()
                            ? "--bytes: expected code sizes for which a quantizer exists in dimension "
                                    + advice.sample().dimension() + ", found " + question.sizes()
                                    + (asked == null ? "" : "; " + asked.available())
                            : vectors.vectors() + ": none of the quantizers could be measured: "
                                    + AdviceSentences.refused(
                                            advice.unmeasured().refused().get(0)));
        }
    }

    private EngineSnippet.@Nullable AskedSizes asked(Advice advice, AdviceRequest.Question question) {
        return engine.asked(names, advice.sample().dimension(), vectors.similarity(), question.sizes());
    }

    private void print(Advice advice, AdviceRequest.Question question) throws IOException {
        QuantizeLine.Files files = QuantizeLine.Files.of(String.valueOf(vectors.vectors()));
        EngineSnippet paste = engine.paste(files, bytes == null ? null : asked(advice, question));
        String json = AdviceJson.of(advice, paste);
        print(format == Format.JSON ? json : new AdviceListing(advice, paste, files).text());
        if (out != null) {
            AtomicFiles.write(out.resolve(FILES.get(0)), json);
            AdvicePage.Provenance provenance = new AdvicePage.Provenance(
                    String.valueOf(vectors.vectors().getFileName()),
                    queries == null ? null : String.valueOf(queries.getFileName()),
                    ShownCommand.withNames(spec()),
                    LocalDate.now(ZoneOffset.UTC).toString(),
                    AdvisorProgram.version());
            AtomicFiles.write(out.resolve(FILES.get(1)), AdvicePage.render(advice, paste, provenance));
            say("wrote " + String.join(" and ", FILES) + " to " + out);
        }
    }

    /** A sample of a file, and the judgments of all its vectors. */
    private record Drawn(QuerySampling sampling, @Nullable Qrels judgments) {}

    private AdviceData data(Progress progress) {
        MeasuredVectors.Rows<?> given = queries == null ? null : vectors.read(queries, progress);
        if (given != null && given.vectors().rows() < 2) {
            throw new InputException(queries + ": expected at least two queries, found "
                    + given.vectors().rows());
        }
        Path file = vectors.vectors();
        MeasuredVectors.Rows<Drawn> read = vectors.read(
                file,
                valid -> draw(valid, given == null ? 0 : given.valid().given(), progress),
                (drawn, valid) -> drawn.sampling.rows(valid, drawn.judgments),
                progress);
        int d = read.vectors().dimension();
        if (given != null && given.vectors().dimension() != d) {
            throw new InputException(queries + ": expected vectors of dimension " + d + " as in " + file + ", found "
                    + given.vectors().dimension());
        }
        QuerySampling sampling = read.draw().sampling;
        vectors.checkNeighbors(1, sampling.division().searched());
        int[] numbers = read.numbers().get();
        Qrels judgments = read.draw().judgments;
        return new AdviceData(
                read.vectors(),
                sampling,
                given == null ? null : given.vectors(),
                queryGroups == null || given == null ? null : groups(queryGroups, given),
                labels == null ? null : labels(labels, read, file, progress),
                queryLabels == null || given == null
                        ? null
                        : labels(queryLabels, given, Objects.requireNonNull(queries), progress),
                judgments == null || given == null
                        ? null
                        : judged.requireAnswered(
                                Objects.requireNonNull(queries),
                                judgments
                                        .among(Arrays.copyOfRange(numbers, sampling.queries(), numbers.length))
                                        .ofQueries(given.numbers().get())),
                databaseSize,
                new Advice.Skipped(
                        read.valid().invalid(),
                        given == null ? List.of() : given.valid().invalid()));
    }

    /** Draws a sample, once the number of vectors is known. Judged vectors stay in the database. */
    private Drawn draw(QuerySampling.ValidRows valid, int inQueries, Progress progress) {
        int n = valid.size();
        Path file = vectors.vectors();
        Qrels judgments = queries == null ? null : judged.readAll(file, valid.given(), queries, inQueries, progress);
        QuerySampling sampling = QuerySampling.of(
                n, judgments == null, rows, vectors.neighbors(), vectors.seeds().get(0));
        int database = sampling.databaseRows("--database-size", databaseSize);
        if (queries == null && sampling.queries() < 2) {
            throw new InputException(file + ": expected at least " + QuerySampling.LEAST
                    + " vectors, of which some become queries, or --queries, found " + n);
        }
        int searched = sampling.division().searched();
        QuerySampling.Needed needed = QuerySampling.Needed.of(database, vectors.neighbors());
        if (searched < needed.searched()) {
            // Before hours are spent on it.
            note(file + ": of " + n + " vectors, " + searched + " are searched, but to predict recall for " + database
                    + ", " + needed.searched() + " have to be. " + needed.request());
        }
        return new Drawn(sampling, judgments);
    }

    /**
     * Returns quantizers by name that another module supplies: hashing methods.
     *
     * @param truth labels of the vectors that they are fitted to; null without labels
     */
    protected Map<String, Advisor.Source> further(@Nullable Labels truth) {
        return Map.of();
    }

    /** Returns the names of further quantizers that are slow or equal to another one. */
    protected Set<String> furtherLeftOut() {
        return Set.of();
    }

    /** Reads the group of each query, and returns their numbers in the order of the valid queries. */
    private List<Integer> groups(Path file, MeasuredVectors.Rows<?> given) {
        List<String> lines = TextLines.all(file);
        if (lines.size() != given.valid().given()) {
            throw new InputException(file + ": expected a group for each of the "
                    + given.valid().given() + " queries of " + queries + ", one a line, found " + lines.size());
        }
        Map<String, Integer> numbers = new HashMap<>();
        List<Integer> groups = IntStream.of(given.numbers().get())
                .mapToObj(query -> numbers.computeIfAbsent(lines.get(query), name -> numbers.size()))
                .toList();
        if (numbers.size() < LEAST_GROUPS) {
            throw new InputException(file + ": expected at least " + LEAST_GROUPS
                    + " groups, two for each half of the queries, found " + numbers.size());
        }
        return groups;
    }

    /** Reads a label for each vector of a file, and returns those of the vectors that were read. */
    private Labels labels(Path file, MeasuredVectors.Rows<?> read, Path ofVectors, Progress progress) {
        Labels all = LabelFiles.read(file, vectors.stated(), progress).labels();
        if (all.size() != read.valid().given()) {
            throw new InputException(file + ": expected a label for each of the "
                    + read.valid().given() + " vectors of " + ofVectors + ", found " + all.size());
        }
        return all.select(read.numbers().get());
    }
}
