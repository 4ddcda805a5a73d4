package io.github.linfhash.engines.cli;

import io.github.linfhash.advisor.command.AdviseCommand;
import io.github.linfhash.advisor.export.AdvisorProgram;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.engines.database.Database;
import io.github.linfhash.engines.database.Scratch;
import io.github.linfhash.engines.measure.Engine;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.Measurer;
import io.github.linfhash.engines.measure.OperatingPoint;
import io.github.linfhash.engines.process.SelfTest;
import io.github.linfhash.engines.report.CheckListing;
import io.github.linfhash.engines.report.MeasureJson;
import io.github.linfhash.engines.report.MeasureListing;
import io.github.linfhash.engines.report.MeasurePage;
import io.github.linfhash.engines.report.StoredAnswers;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.files.FileFailure;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.OutputFormat;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.MayNeedProgram;
import io.github.linfhash.shell.NumberList;
import io.github.linfhash.shell.ShownCommand;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash measure}: which index of a search engine, how it is built and searched, for a user's vectors. */
@Command(
        name = "measure",
        description = {AdviseCommand.MEASURE, "Vectors come from a file, or from a table that is only read."},
        footer = {
            "  linfhash measure --engine pgvector --database postgresql://localhost/app --vectors embeddings.npy",
            "  linfhash measure --database 'postgresql://localhost/app?user=me' --table items --queries questions.npy --out measured",
            "  linfhash measure --database postgresql://localhost/app --vectors new.npy --check measured/measure.json",
            "  linfhash measure --database postgresql://localhost/app --clean",
            "  linfhash measure --engine lucene --vectors embeddings.npy",
            "  linfhash measure --engine ./mine.py --selftest",
            "  linfhash measure --database postgresql://localhost/app --table items --save-vectors sample.npy",
            "",
            "Engines but pgvector run in a process of their own, with files in a temporary folder: Lucene by the JDK (21 or newer)",
            "whose folder the variable LINFHASH_LUCENE_JAVA names, or the one that runs linfhash; faiss, redis, sqlite-vec and",
            "scripts by the Python that LINFHASH_PYTHON names (default: python3). --table needs --database.",
            "",
            "Tables and indexes are made in a schema of their own, linfhash_measure_..., which is removed at the end, also on",
            "Ctrl-C. A schema that a killed process left is named at the next start; --clean removes it.",
            "",
            "--out is written after each build and step. If a later one fails, the answer is given from what was measured, with",
            "the reason, and the exit code is 1; it is 1 as well if the schema cannot be removed.",
            "",
            "A password comes from the variable PGPASSWORD or from ~/.pgpass. One in the URL is refused. PGOPTIONS sets",
            "options of the server, such as PGOPTIONS='-c maintenance_work_mem=2GB'.",
            "",
            "An exact scan and the usual builds are measured first. The parameters of others are chosen on an eighth of the rows, and at",
            "most two builds of a type have all rows; larger ones are tried if nothing reaches the hardest target. Each answer is built once",
            "more if there is time. Half of the queries choose among settings, the other half report. A target is reached if the lower end",
            "of the interval of the choosing queries reaches it. The answer is the smallest index, then the smallest p95.",
            "Intervals (95%%) cover queries, and builds where an answer was built twice."
        })
public final class MeasureCommand extends BaseCommand implements MayNeedProgram {
    private static final List<String> FILES = List.of("measure.json", "settings.csv", "index.html");
    private static final List<String> OF_CHOICE = List.of(
            "--similarity",
            "--k",
            "--target",
            "--types",
            "--filters",
            "--filter-values",
            "--filter-column",
            "--database-size",
            "--price-per-gb",
            "--metrics",
            "--out");

    private static final String RATIO = "distance-ratio";
    private static final int MOST_NEIGHBORS = 1000;
    private static final int LEAST_PER_NEIGHBOR = 20;
    private static final int SECONDS = 60;
    private static final int MOST_MINUTES = 10_000;
    private static final int ANSWER_SECONDS = 15;

    /** The format of standard output. */
    enum Format {
        TABLE,
        JSON
    }

    @Option(
            names = "--engine",
            paramLabel = "E",
            description =
                    "pgvector, lucene (needs Java 21), faiss, redis, sqlite-vec, or a script that ends in .py (default: pgvector).")
    private String engine = "pgvector";

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "Database of pgvector or --table, as postgresql://HOST:PORT/DATABASE?user=ROLE, or the same after jdbc:, without a"
                            + " password; or of redis, as redis://HOST:PORT.")
    private @Nullable String database;

    @Mixin
    private final MeasuredSource source = new MeasuredSource();

    @Option(names = "--similarity", paramLabel = "S", description = "cosine, dot or euclidean (default: cosine).")
    private Similarity similarity = Similarity.COSINE;

    @Option(names = "--k", paramLabel = "K", description = "Number of neighbors per query (default: 10).")
    private int neighbors = 10;

    @Option(names = "--target", paramLabel = "R", split = ",", description = "Recalls to reach (default: 0.95,0.99).")
    private List<Double> targets = new ArrayList<>(List.of(0.95, 0.99));

    @Option(
            names = "--types",
            paramLabel = "NAMES",
            split = ",",
            description =
                    "Types of indexes: of pgvector, exact, or hnsw or ivfflat, a hyphen, and vector, halfvec, bit or centered-bit; of"
                            + " Lucene, hnsw or flat, a hyphen, and float, int8, int4, int2 or bit; a wrong name lists those of other"
                            + " engines (default: all).")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--database-size",
            paramLabel = "N",
            description =
                    "Rows of your table, of which the vectors are a sample: predict the search setting and the index size for it,"
                            + " from builds of an eighth, a fourth, a half and all of the sample, beyond --minutes.")
    private long databaseSize;

    @Option(
            names = "--price-per-gb",
            paramLabel = "P",
            description =
                    "Price of a gigabyte (10^9 bytes) of memory: add that of the index; with --database-size, of its predicted size.")
    private @Nullable Double price;

    @Option(names = "--minutes", paramLabel = "M", description = "Time limit in minutes (default: 20).")
    private double minutes = 20;

    @Option(
            names = "--check",
            paramLabel = "FILE",
            description =
                    "Measure the answers of a measure.json again with these vectors: exit code 3 if a recall is below its"
                            + " target.")
    private @Nullable Path check;

    @Option(
            names = "--save-vectors",
            paramLabel = "FILE",
            description =
                    "Write a random sample of --table, at most --max-vectors rows, to a .npy file for 'linfhash advise', and measure"
                            + " nothing.")
    private @Nullable Path saved;

    @Option(
            names = "--selftest",
            description =
                    "Check that the engine keeps to the protocol of engines, on made vectors, and measure nothing.")
    private boolean selfTest;

    @Option(
            names = "--metrics",
            paramLabel = "NAMES",
            split = ",",
            description =
                    "More columns: distance-ratio, the distance of the k-th row found by that of the k-th exact neighbor.")
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = "--clean",
            description = "Remove the schemas that killed processes left in the database, and nothing else.")
    private boolean clean;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for measure.json, settings.csv and the report, index.html.")
    private @Nullable Path out;

    @Option(names = "--format", paramLabel = "F", description = "table or json (default: table).")
    private Format format = Format.TABLE;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public String neededProgram() {
        return Engines.missingProgram(engine);
    }

    @Override
    public Integer call() throws IOException {
        String name = Engines.named(engine);
        if (clean) {
            if (!Engines.hasTables(name)) {
                throw new InputException(
                        "--engine " + name + ": expected no --clean, as it leaves nothing in a database");
            }
            return clean(Engines.database(database, "--clean"));
        }
        if (selfTest) {
            return SelfTest.run(Engines.process(name, database), line -> print(line + "\n"))
                    ? ExitCodes.OK
                    : ExitCodes.FAILED;
        }
        source.check();
        if (source.ofTable()) {
            Engines.database(database, "--table");
        } else if (database != null && !Engines.takesDatabase(name)) {
            throw new InputException(
                    "--engine " + name + ": expected no --database without --table, as it searches none");
        }
        if (saved != null) {
            return save(saved, progress());
        }
        NumberList.requireWithin("--k", neighbors, 1, MOST_NEIGHBORS);
        if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
            throw new InputException(
                    "--minutes: expected a number above 0 and at most " + MOST_MINUTES + ", found " + minutes);
        }
        if (databaseSize != 0) {
            NumberList.requireWithin("--database-size", databaseSize, 1, 1_000_000_000_000L);
        }
        if (price != null && !(price > 0 && Double.isFinite(price))) {
            throw new InputException("--price-per-gb: expected a number above 0, found " + price);
        }
        for (double target : targets) {
            if (!(target > 0 && target < 1)) {
                throw new InputException("--target: expected numbers between 0 and 1, found " + target);
            }
        }
        for (String metric : metrics) {
            if (!metric.equals(RATIO)) {
                throw new InputException("--metrics: expected " + RATIO + ", found '" + metric + "'");
            }
        }
        if (check != null) {
            return check(StoredAnswers.read(check), progress());
        }
        if (out != null) {
            written.checkIn("--out", out, FILES, List.of());
        }
        try (OutputFolder folder = out == null ? null : OutputFolder.openForFiles(out);
                Kept kept = new Kept(folder == null ? null : folder.path())) {
            return measure(progress(), kept);
        }
    }

    /** Prints what was measured, then writes it. */
    private void answer(Measurement measurement, @Nullable Path folder) throws IOException {
        print(
                format == Format.JSON
                        ? json(measurement)
                        : MeasureListing.of(measurement, price, metrics.contains(RATIO)));
        if (folder != null) {
            write(folder, measurement);
            say("wrote " + String.join(", ", FILES) + " to " + out);
        }
    }

    /** Writes what was measured so far. A process that is interrupted waits some seconds for its end. */
    private final class Kept implements Consumer<Measurement>, AutoCloseable {
        private final @Nullable Path folder;
        private final CountDownLatch answered = new CountDownLatch(1);
        private final Thread atExit = new Thread(this::await, "linfhash-measure-answer");
        private @Nullable Measurement last;
        private boolean failed;

        /** @param folder null if nothing is written */
        Kept(@Nullable Path folder) {
            this.folder = folder;
            Runtime.getRuntime().addShutdownHook(atExit);
        }

        private void await() {
            try {
                boolean unused = answered.await(ANSWER_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void accept(Measurement soFar) {
            last = soFar;
            if (folder != null && !failed) {
                try {
                    write(folder, soFar);
                } catch (IOException e) {
                    failed = true;
                    note(folder + " could not be written: " + FileFailure.reason(e)
                            + ". The measurement goes on, and the answer is printed.");
                }
            }
        }

        @Override
        public void close() {
            answered.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // The process ends already.
                assert answered.getCount() == 0;
            }
        }
    }

    private String json(Measurement measurement) {
        return MeasureJson.of(measurement, price);
    }

    private void write(Path folder, Measurement measurement) throws IOException {
        AtomicFiles.write(folder.resolve(FILES.get(0)), json(measurement));
        AtomicFiles.write(
                folder.resolve(FILES.get(1)), OutputFormat.CSV.render(MeasureListing.settings(measurement, true)));
        AtomicFiles.write(
                folder.resolve(FILES.get(2)),
                MeasurePage.render(
                        measurement,
                        price,
                        new MeasurePage.Provenance(
                                ShownCommand.of(spec()),
                                LocalDate.now(ZoneOffset.UTC).toString(),
                                AdvisorProgram.version())));
    }

    private List<IndexType> chosen(List<IndexType> all) {
        List<String> known = all.stream().map(IndexType::name).toList();
        for (String type : types) {
            if (!known.contains(type)) {
                throw new InputException(
                        "--types: expected names from " + String.join(", ", known) + ", found '" + type + "'");
            }
        }
        return all.stream()
                .filter(type -> types.isEmpty() || type.exact() || types.contains(type.name()))
                .toList();
    }

    private int clean(Database named) {
        try (Connection connection = named.open()) {
            List<Scratch.Left> all = Scratch.clean(connection);
            for (Scratch.Left one : all) {
                note(
                        one.inUse()
                                ? "The schema " + one.name() + " is in use and stays."
                                : "Removed the schema " + one.name() + " (" + one.size() + ").");
            }
            if (all.isEmpty()) {
                note("No schema was left in " + named + ".");
            }
            return ExitCodes.OK;
        } catch (SQLException e) {
            throw named.failure(e, "removing schemas", "");
        }
    }

    private int measure(Progress progress, Kept kept) throws IOException {
        return withEngine(engineOf -> {
            List<IndexType> chosen = chosen(engineOf.types());
            MeasuredSource.Measured measured = read(progress).comparable(similarity, source.names());
            Measurer.Request request = requireNeighbors(new Measurer.Request(
                    measured.database(),
                    measured.queries(),
                    measured.sampled(),
                    similarity,
                    neighbors,
                    List.copyOf(new TreeSet<>(targets)),
                    chosen,
                    minutes * SECONDS,
                    source.seed(),
                    measured.filter(),
                    databaseSize,
                    source.names()));
            Measurement measurement;
            try {
                measurement = new Measurer(engineOf, request, progress, kept).measure();
            } catch (RuntimeException | Error e) {
                // A mistake of the program, or too little memory: first comes what was measured before it.
                if (kept.last != null) {
                    answer(kept.last, kept.folder);
                }
                throw e;
            }
            answer(measurement, kept.folder);
            return measurement.complete() ? ExitCodes.OK : ExitCodes.FAILED;
        });
    }

    /** Refuses options that choose an index. */
    private void refuseChoice(String mode, List<String> more) {
        Stream.concat(OF_CHOICE.stream(), more.stream())
                .filter(spec().commandLine().getParseResult()::hasMatchedOption)
                .findFirst()
                .ifPresent(option -> {
                    throw new InputException(
                            mode + ": expected none of the options that choose an index, found " + option);
                });
    }

    private int save(Path file, Progress progress) throws IOException {
        if (!source.ofTable()) {
            throw new InputException("--save-vectors requires --table: name the table that it samples");
        }
        refuseChoice("--save-vectors", List.of("--queries", "--minutes", "--check"));
        if (!file.toString().endsWith(".npy")) {
            throw new InputException("--save-vectors: expected a name that ends in .npy, found " + file);
        }
        written.check("--save-vectors", file);
        FeatureMatrix sample = readTable(source::sample, progress);
        FeatureArrays.write(file, sample);
        say("wrote " + sample.rows() + " vectors of dimension " + sample.dimension() + " to " + file);
        return ExitCodes.OK;
    }

    private int check(StoredAnswers stored, Progress progress) throws IOException {
        refuseChoice("--check", List.of());
        return withEngine(engineOf -> {
            String name = engineOf.server().name();
            if (!stored.engine().equals(name)) {
                throw new InputException("--check: expected answers of the engine " + name + ", found those of "
                        + stored.engine() + ". Pass --engine " + stored.engine());
            }
            List<StoredAnswers.Chosen> answers = stored.chosen(engineOf.types());
            List<OperatingPoint> points =
                    answers.stream().map(StoredAnswers.Chosen::point).toList();
            MeasuredSource.Measured measured = read(progress).comparable(stored.similarity(), source.names());
            if (measured.database().dimension() != stored.dimension()) {
                throw new InputException("--check: expected vectors of dimension " + stored.dimension()
                        + ", as the answers are for, found "
                        + measured.database().dimension());
            }
            Measurer.Request request = requireNeighbors(new Measurer.Request(
                    measured.database(),
                    measured.queries(),
                    measured.sampled(),
                    stored.similarity(),
                    stored.neighbors(),
                    List.of(),
                    points.stream()
                            .map(point -> point.index().type())
                            .distinct()
                            .toList(),
                    minutes * SECONDS,
                    source.seed(),
                    null,
                    0));
            try (Kept kept = new Kept(null)) {
                Measurer.Checked checked = new Measurer(engineOf, request, progress, kept).check(points);
                Listing table = CheckListing.of(answers, checked.found());
                print((format == Format.JSON ? OutputFormat.JSON : OutputFormat.TABLE).render(table));
                checked.leftOut().forEach(sentence -> note("Not measured: " + sentence));
                List<String> failed = CheckListing.failed(answers, checked.found());
                failed.forEach(this::note);
                return !failed.isEmpty()
                        ? ExitCodes.FOUND
                        : checked.leftOut().isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
            }
        });
    }

    /** Work with an engine, which answers and returns an exit code, before what the engine made is removed. */
    @FunctionalInterface
    private interface Work {
        int with(Engine engine) throws IOException;
    }

    private int withEngine(Work work) throws IOException {
        Engine opened = Engines.open(Engines.named(engine), database, this::note);
        try {
            int code = work.with(opened);
            return noteLeft(opened) ? Math.max(code, ExitCodes.FAILED) : code;
        } finally {
            // After a failure, which is not to be hidden by another one.
            noteLeft(opened);
        }
    }

    /** Removes what an engine made, once, and says whether there was something to note. */
    private boolean noteLeft(Engine opened) {
        String said = opened.remove();
        if (!said.isEmpty()) {
            note(said + ".");
        }
        return !said.isEmpty();
    }

    private MeasuredSource.Measured read(Progress progress) throws IOException {
        try {
            return source.ofTable() ? readTable(source::read, progress) : source.read(null, progress);
        } catch (SQLException e) {
            throw new IllegalStateException("no database is used", e);
        }
    }

    /** Reads vectors by a connection of their own. */
    @FunctionalInterface
    private interface Reading<T> {
        T by(Connection connection, Progress progress) throws SQLException, IOException;
    }

    private <T> T readTable(Reading<T> reading, Progress progress) throws IOException {
        Database named = Engines.database(database, "--table");
        try (Connection connection = named.open()) {
            return reading.by(connection, progress);
        } catch (SQLException e) {
            throw named.failure(e, "reading the table", "");
        }
    }

    private static Measurer.Request requireNeighbors(Measurer.Request request) {
        int most = Math.max(1, Math.min(MOST_NEIGHBORS, request.database().rows() / LEAST_PER_NEIGHBOR));
        NumberList.requireWithin("--k", request.neighbors(), 1, most);
        return request;
    }
}
