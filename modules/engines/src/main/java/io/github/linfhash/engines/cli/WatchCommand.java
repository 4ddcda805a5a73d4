package io.github.linfhash.engines.cli;

import io.github.linfhash.advisor.command.AdviseCommand;
import io.github.linfhash.advisor.command.CsvOptions;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.advisor.export.AdvisorProgram;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.codes.files.ProcessLock;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.UnavailableException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.engines.database.Database;
import io.github.linfhash.engines.database.DatabaseUrl;
import io.github.linfhash.engines.watch.QuerySource;
import io.github.linfhash.engines.watch.Seen;
import io.github.linfhash.engines.watch.WatchMetrics;
import io.github.linfhash.engines.watch.WatchPage;
import io.github.linfhash.engines.watch.WatchState;
import io.github.linfhash.engines.watch.WatchedSearch;
import io.github.linfhash.engines.watch.WatchedTable;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.files.FileFailure;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.NumberList;
import io.github.linfhash.shell.ShownCommand;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash watch}: the recall of a running index of pgvector, with alarms. */
@Command(
        name = "watch",
        description = {AdviseCommand.WATCH, "The database is only read."},
        footer = {
            "  linfhash watch --database postgresql://localhost/app --table items --queries questions.npy --state items.watch",
            "  linfhash watch --database postgresql://localhost/app --table items --answer measured/measure.json --every 10m \\\\",
            "      --queries-sql 'SELECT embedding FROM searches WHERE at > :since' --state items.watch --openmetrics items.prom",
            "",
            "A look searches some queries, compares the rows with those of an exact scan in the same transaction, and prints a",
            "line. The exit code is 3 if an alarm is on, with its cause and what to do. False alarms have a probability of 5%%",
            "at most, over the whole watch. One look alone seldom gives an alarm; --state keeps what was seen before.",
            "",
            "An alarm goes off when the last ten looks have recovered, or with --accept."
        })
public final class WatchCommand extends BaseCommand {
    private static final int MOST_QUERIES = 10_000;
    private static final int LEAST_QUERIES = 5;
    private static final double NANOS = 1e9;
    private static final double WHOLE = 100;
    private static final Pattern PERIOD = Pattern.compile("([1-9][0-9]{0,5})(s|m|h)");

    /** The format of standard output. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(names = "--engine", paramLabel = "E", description = "pgvector, the only one (default: pgvector).")
    private String engine = "pgvector";

    @Option(
            names = "--database",
            paramLabel = "URL",
            required = true,
            description = "Database, as postgresql://HOST:PORT/DATABASE?user=ROLE, without a password.")
    private String database = "";

    @Option(names = "--table", paramLabel = "T", required = true, description = "Table to watch.")
    private String table = "";

    @Option(names = "--column", paramLabel = "C", description = "Its column of vectors (default: embedding).")
    private String column = SqlNames.EXAMPLE.column();

    @Option(names = "--key-column", paramLabel = "C", description = "Its key (default: id).")
    private String key = SqlNames.EXAMPLE.key();

    @Option(
            names = "--answer",
            paramLabel = "FILE",
            description =
                    "measure.json, whose similarity, k, target and search are watched (default: a plain search with the settings of the session).")
    private @Nullable Path answer;

    @Option(
            names = "--search-sql",
            paramLabel = "SQL",
            description = "Search to watch, with :query for the vector; its first column is the key.")
    private @Nullable String searchSql;

    @Option(
            names = "--filter",
            paramLabel = "SQL",
            description = "Condition of the search, such as 'tenant = 7', which the exact scan has, too.")
    private String filter = "";

    @Option(names = "--similarity", paramLabel = "S", description = "cosine, dot or euclidean (default: cosine).")
    private @Nullable Similarity similarity;

    @Option(names = "--k", paramLabel = "K", description = "Number of neighbors per query (default: 10).")
    private @Nullable Integer neighbors;

    @Option(
            names = "--target",
            paramLabel = "R",
            description = "Recall below which there is an alarm (default: that of --answer, or 0.95).")
    private @Nullable Double target;

    @Option(
            names = "--queries",
            paramLabel = "FILE",
            description = "Real queries, of which each look draws some (default: rows of the table).")
    private @Nullable Path queries;

    @Option(
            names = "--queries-sql",
            paramLabel = "SQL",
            description = "Query whose first column is a logged vector; :since is the time of the last look.")
    private @Nullable String queriesSql;

    @Option(names = "--look", paramLabel = "N", description = "Queries of a look (default: 50).")
    private int look = 50;

    @Option(
            names = "--every",
            paramLabel = "T",
            description = "Look again after this time, such as 30s, 10m or 1h, until stopped (default: look once).")
    private @Nullable String every;

    @Option(names = "--looks", paramLabel = "N", description = "With --every, end after this many looks.")
    private int looks;

    @Option(
            names = "--budget",
            paramLabel = "P",
            description =
                    "With --every, the share of the time that statements may run; looks have fewer queries, or are rarer (default: 1%%).")
    private String budget = "1%";

    @Option(
            names = "--statement-timeout",
            paramLabel = "S",
            description = "Seconds after which the server stops a statement (default: 60).")
    private int timeout = 60;

    @Option(names = "--state", paramLabel = "FILE", description = "File that keeps what was seen, for the next look.")
    private @Nullable Path state;

    @Option(names = "--accept", description = "Take what is measured from now on for normal, and turn alarms off.")
    private boolean accept;

    @Option(names = "--report", paramLabel = "FILE", description = "Write recall over time as HTML after each look.")
    private @Nullable Path report;

    @Option(names = "--openmetrics", paramLabel = "FILE", description = "Write metrics for Prometheus after each look.")
    private @Nullable Path metrics;

    @Option(names = "--format", paramLabel = "F", description = "text or json, a line per look (default: text).")
    private Format format = Format.TEXT;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of all samples (default: 0).")
    private long seed;

    @Mixin
    private final CsvOptions layout = new CsvOptions();

    @Override
    public Integer call() throws IOException {
        Database named = new Database(DatabaseUrl.parse(database), System.getenv());
        double pause = check();
        WatchedSearch.Answer watched = watched();
        QuerySource source = source();
        String about = watched.search().fingerprint() + "\n" + watched.target() + "\n" + source.name() + "\n"
                + Objects.requireNonNullElse(queriesSql, "");
        ProcessLock lock = lock();
        try {
            WatchState before = state != null && Files.exists(state)
                    ? WatchState.read(state, about)
                    : WatchState.begin(about, watched.target(), source.independent());
            WatchedTable watch = new WatchedTable(named, watched.search(), source, timeout, seed);
            return watch(watch, accept ? before.accepted() : before, pause, allowed());
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }

    /** Checks the options, and returns the seconds between looks; 0 for one look. */
    private double check() {
        if (!engine.equals("pgvector")) {
            throw new InputException("--engine: expected pgvector, found " + engine
                    + ". Watch other engines from Python, with linfhash.watch");
        }
        NumberList.requireWithin("--look", look, 1, MOST_QUERIES);
        NumberList.requireWithin("--statement-timeout", timeout, 1, 1_000_000);
        NumberList.requireWithin("--seed", seed, 0, Integer.MAX_VALUE / 2);
        if (queries != null && queriesSql != null) {
            throw new InputException("expected --queries or --queries-sql, found both");
        }
        if (answer != null && (searchSql != null || similarity != null || neighbors != null)) {
            throw new InputException(
                    "--answer: expected none of --search-sql, --similarity and --k, which it contains, found one");
        }
        if (searchSql != null && !searchSql.contains(":query")) {
            throw new InputException("--search-sql: expected :query for the vector of the query, found none");
        }
        if (accept && state == null) {
            throw new InputException("--accept requires --state: name the file that earlier looks wrote");
        }
        for (Path file : new @Nullable Path[] {state, report, metrics}) {
            if (file != null) {
                WrittenFiles.requireParent("--state, --report, --openmetrics", file);
                if (Files.isDirectory(file) || file.equals(queries) || file.equals(answer)) {
                    throw new InputException(
                            "--state, --report, --openmetrics: expected files that the command does not read, found "
                                    + file);
                }
            }
        }
        if (every == null) {
            if (looks != 0) {
                throw new InputException("--looks requires --every: add --every with the time between two looks");
            }
            return 0;
        }
        NumberList.requireWithin("--looks", looks, 0, Integer.MAX_VALUE);
        Matcher period = PERIOD.matcher(every);
        if (!period.matches()) {
            throw new InputException("--every: expected a time such as 30s, 10m or 1h, found '" + every + "'");
        }
        int unit = period.group(2).equals("s") ? 1 : period.group(2).equals("m") ? 60 : 3_600;
        return (double) unit * Integer.parseInt(period.group(1));
    }

    private double allowed() {
        Matcher percent = Pattern.compile("([0-9]{1,3}(?:[.][0-9]{1,6})?)%").matcher(budget);
        double share = percent.matches() ? Double.parseDouble(percent.group(1)) / WHOLE : 0;
        if (!(share > 0 && share <= 1)) {
            throw new InputException(
                    "--budget: expected a share from above 0% to 100%, such as 1%, found '" + budget + "'");
        }
        return share;
    }

    private WatchedSearch.Answer watched() {
        if (target != null && !(target > 0 && target < 1)) {
            throw new InputException("--target: expected a number between 0 and 1, found " + target);
        }
        SqlNames names = new SqlNames(table, column, key);
        if (answer != null) {
            return WatchedSearch.answer(answer, target, names, filter);
        }
        int k = Objects.requireNonNullElse(neighbors, 10);
        NumberList.requireWithin("--k", k, 1, 1_000);
        return new WatchedSearch.Answer(
                Objects.requireNonNullElse(target, 0.95),
                new WatchedSearch(
                        names, Objects.requireNonNullElse(similarity, Similarity.COSINE), k, null, searchSql, filter));
    }

    private QuerySource source() {
        FeatureMatrix given = queries == null
                ? null
                : FeatureFiles.read(FeatureFiles.ofQueries(queries), layout.stated(), progress())
                        .inMemory();
        if (given != null && given.rows() == 0) {
            throw new InputException(queries + ": expected at least one query, found none");
        }
        return new QuerySource(given, queriesSql, seed);
    }

    private @Nullable ProcessLock lock() {
        if (state == null) {
            return null;
        }
        Path file = state.resolveSibling(state.getFileName() + ".lock");
        try {
            Optional<ProcessLock> lock = ProcessLock.tryAcquire(file);
            if (lock.isEmpty()) {
                throw new InputException("--state: " + state + " is used by another watch, " + ProcessLock.holder(file)
                        + ". Stop it, or name another file");
            }
            return lock.get();
        } catch (IOException e) {
            throw new InputException("--state: " + state + " cannot be written: " + FileFailure.reason(e), e);
        }
    }

    private int watch(WatchedTable watch, WatchState first, double pause, double share) throws IOException {
        WatchState now = first;
        int count = look;
        boolean failed = false;
        for (int done = 1; ; done++) {
            long start = System.nanoTime();
            boolean measured = false;
            try {
                WatchedTable.Looked looked = watch.look(now, count);
                now = looked.state();
                looked.seen().ifPresent(this::show);
                measured = looked.seen().isPresent();
                if (!looked.note().isEmpty()) {
                    note(looked.note() + ".");
                }
            } catch (SQLException | IOException | InputException e) {
                // A watch that has begun outlives a restart of the server, an empty table or a mistake that somebody
                // corrects.
                InputException failure = watch.failure(e);
                if (now.watch().looks() == 0) {
                    if (e instanceof SQLException sql && Database.unavailable(sql)) {
                        throw new UnavailableException(String.valueOf(failure.getMessage()));
                    }
                    throw failure;
                }
                now = now.afterFailure();
                note(failure.getMessage() + ".");
            }
            double took = (System.nanoTime() - start) / NANOS;
            failed = !write(now);
            if (pause == 0 || done == looks) {
                return failed || !measured
                        ? ExitCodes.FAILED
                        : now.watch().alarms().isEmpty() ? ExitCodes.OK : ExitCodes.FOUND;
            }
            count = (int) Math.max(Math.min(LEAST_QUERIES, look), Math.min(look, count * share * pause / took));
            sleep(Math.max(pause, took / share) - took);
        }
    }

    private static void sleep(double seconds) {
        try {
            Thread.sleep((long) (1_000 * seconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException("Interrupted between two looks", e);
        }
    }

    private void show(Seen seen) {
        print((format == Format.JSON ? StrictReader.toJsonLine(seen) : seen.line()) + "\n");
    }

    /** Writes all files, and returns whether it could. */
    private boolean write(WatchState now) {
        Path writing = state;
        try {
            if (state != null) {
                now.write(state);
            }
            if (metrics != null) {
                writing = metrics;
                AtomicFiles.write(metrics, WatchMetrics.of(table, now));
            }
            if (report != null && !now.seen().isEmpty()) {
                writing = report;
                AtomicFiles.write(
                        report,
                        WatchPage.render(
                                table,
                                now,
                                ShownCommand.of(spec()),
                                AdvisorProgram.version().version()));
            }
            return true;
        } catch (IOException e) {
            note(String.format(
                    Locale.ROOT,
                    "%s could not be written: %s. It is as it was before this look.",
                    writing,
                    FileFailure.reason(e)));
            return false;
        }
    }
}
