package io.github.linfhash.engines.cli;

import io.github.linfhash.advisor.command.CsvOptions;
import io.github.linfhash.advisor.command.MeasuredVectors;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.random.Shuffle;
import io.github.linfhash.engines.database.VectorTables;
import io.github.linfhash.engines.measure.Measurer;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.formats.vectors.TableForm;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.RowSelectionCollector;
import io.github.linfhash.io.input.TextLines;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.shell.NumberList;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which vectors and queries are measured: those of files, or vectors of a table. */
public final class MeasuredSource extends CsvOptions.WithLibsvm {
    /** The fewest vectors that can be measured. */
    private static final int LEAST = 200;

    private static final int MOST_QUERIES = 2_000;
    private static final int MOST_SAMPLED = 1_000;

    @Option(
            names = "--vectors",
            paramLabel = "FILE",
            description = "Vectors, in any format of 'linfhash advise'; or use --table.")
    private @Nullable Path vectors;

    @Option(
            names = "--queries",
            paramLabel = "FILE",
            description =
                    "Real queries (default: a tenth of the vectors, at most 1,000, which are left out of the table).")
    private @Nullable Path queries;

    @Option(
            names = "--table",
            paramLabel = "T",
            description = "Table of the database to read a sample of, in a transaction that only reads.")
    private @Nullable String table;

    @Option(names = "--column", paramLabel = "C", description = "Its column of vectors (default: embedding).")
    private @Nullable String column;

    @Option(
            names = "--key-column",
            paramLabel = "C",
            description = "Its key, which names rows in lines to paste (default: id).")
    private @Nullable String key;

    @Option(
            names = "--statement-timeout",
            paramLabel = "S",
            description = "Seconds after which the server stops reading --table (default: 300).")
    private int timeout = 300;

    @Option(
            names = "--max-vectors",
            paramLabel = "N",
            description = "Maximum number of vectors, sampled if there are more (default: 100000).")
    private int most = 100_000;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of all samples (default: 0).")
    private long seed;

    @Option(
            names = "--filters",
            description =
                    "Also measure searches with filters that 50, 10, 1 and 0.1%% of the rows match, beyond --minutes.")
    private boolean filters;

    @Option(
            names = "--filter-values",
            paramLabel = "FILE",
            description =
                    "Text with a line for each vector of --vectors: measure filters by these values, as --filters does.")
    private @Nullable Path filterValues;

    @Option(
            names = "--filter-column",
            paramLabel = "C",
            description = "A column of --table: measure filters by its values, as --filters does.")
    private @Nullable String filterColumn;

    long seed() {
        return seed;
    }

    /** The files that are read. */
    List<Path> files() {
        return Stream.of(vectors, queries).filter(Objects::nonNull).toList();
    }

    /** Checks what can be checked before anything is read. */
    void check() {
        if ((vectors == null) == (table == null)) {
            throw new InputException("expected --vectors or --table, found " + (table == null ? "neither" : "both"));
        }
        if (filterValues != null && vectors == null) {
            throw new InputException("--filter-values requires --vectors: for a table, pass --filter-column");
        }
        if (table == null && (column != null || key != null || filterColumn != null)) {
            throw new InputException((column != null ? "--column" : key != null ? "--key-column" : "--filter-column")
                    + " requires --table: name the table that has the column");
        }
        NumberList.requireWithin("--max-vectors", most, LEAST, Integer.MAX_VALUE);
        NumberList.requireWithin("--statement-timeout", timeout, 1, 1_000_000);
        NumberList.requireWithin("--seed", seed, 0, Integer.MAX_VALUE);
        names();
        if (filterColumn != null) {
            String unused = SqlNames.quotedColumn("--filter-column", filterColumn);
        }
        if (vectors != null) {
            FeatureFiles.requireUse(stated(), files());
        }
    }

    /** Whether vectors are read from a table of a database. */
    boolean ofTable() {
        return table != null;
    }

    /** The names of the table, or those of an example. */
    SqlNames names() {
        return new SqlNames(
                Objects.requireNonNullElse(table, SqlNames.EXAMPLE.table()),
                Objects.requireNonNullElse(column, SqlNames.EXAMPLE.column()),
                Objects.requireNonNullElse(key, SqlNames.EXAMPLE.key()));
    }

    /**
     * The vectors.
     *
     * @param database in random order
     * @param queries the queries
     * @param sampled whether these were sampled from the vectors
     * @param filter the values that filters ask for; null for no filters
     * @param keys of the rows of a table that queries were sampled from, then of the others; none without a table
     */
    record Measured(
            FeatureMatrix database,
            FeatureMatrix queries,
            boolean sampled,
            Measurer.@Nullable Filter filter,
            List<String> keys) {
        /**
         * Returns this after a check of the rows of a table, which messages name by their keys.
         *
         * @throws InputException if a row cannot be compared
         */
        Measured comparable(Similarity similarity, SqlNames names) {
            int first = keys.size() - database.rows();
            for (int i = 0; i < keys.size(); i++) {
                String shown = "the row with " + names.key() + " = " + Excerpt.of(keys.get(i));
                FeatureMatrix row = i < first ? queries.part(i, 1) : database.part(i - first, 1);
                PreparedVectors.of(similarity, row, names.table() + "." + names.column(), r -> shown);
            }
            return this;
        }
    }

    /**
     * Reads the vectors and the queries.
     *
     * @param connection to the database of a table; null without one
     */
    Measured read(@Nullable Connection connection, Progress progress) throws SQLException, IOException {
        TableForm layout = vectors == null ? stated() : FeatureFiles.find(vectors, stated(), progress);
        FeatureMatrix given = queries == null ? null : queries(queries, layout, progress);
        List<int[]> orders = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        List<String> ofFile = filterValues == null ? List.of() : TextLines.all(filterValues);
        List<String> values = ofFile;
        FeatureMatrix read;
        List<String> keys = List.of();
        if (vectors != null) {
            Path file = vectors;
            read = FeatureFiles.read(
                    file,
                    layout,
                    RowSelectionCollector.chosen((n, d) -> {
                        if (filterValues != null && ofFile.size() != n) {
                            throw new InputException(filterValues + ": expected a line for each of the " + n
                                    + " vectors of " + file + ", found " + ofFile.size());
                        }
                        int[] order = order(file.toString(), n, given == null);
                        MeasuredVectors.requireRoom(
                                file, order.length, d, Runtime.getRuntime().maxMemory(), "--max-vectors to fewer, or ");
                        orders.add(order);
                        counts.add(n);
                        return order;
                    }),
                    progress);
        } else {
            VectorTables.Sample sample =
                    sample(Objects.requireNonNull(connection), (long) most + MOST_SAMPLED, progress);
            requireKey(sample, progress);
            counts.add(sample.vectors().rows());
            orders.add(order(Objects.requireNonNull(table), sample.vectors().rows(), given == null));
            read = sample.vectors().select(orders.get(0));
            keys = sample.keys();
            values = sample.filters();
        }
        int[] order = orders.get(0);
        int sampled = given == null ? sampled(counts.get(0)) : 0;
        FeatureMatrix database = read.part(sampled, order.length - sampled);
        if (given != null && given.dimension() != database.dimension()) {
            throw new InputException(queries + ": expected vectors of dimension " + database.dimension()
                    + " as the others, found " + given.dimension());
        }
        return new Measured(
                database,
                given == null ? read.part(0, sampled) : given,
                given == null,
                !filters && values.isEmpty()
                        ? null
                        : new Measurer.Filter(
                                chosen(values, order, sampled, order.length), chosen(values, order, 0, sampled)),
                chosen(keys, order, 0, order.length));
    }

    /** Reads a random sample of the table, in random order. */
    FeatureMatrix sample(Connection connection, Progress progress) throws SQLException, IOException {
        FeatureMatrix sample = sample(connection, most, progress).vectors();
        return sample.select(
                Shuffle.first(new RandomStreams(seed).stream("sample"), sample.rows(), Math.min(sample.rows(), most)));
    }

    private VectorTables.Sample sample(Connection connection, long rows, Progress progress)
            throws SQLException, IOException {
        SqlNames names = names();
        VectorTables.Sample sample;
        try (Progress.Task task = progress.begin("reading " + names.table(), 1)) {
            sample = VectorTables.sample(connection, names, filterColumn, rows, seed, timeout);
            task.advance(1);
        }
        if (sample.without() > 0) {
            progress.note(sample.without() + " of " + (sample.vectors().rows() + sample.without()) + " rows read from "
                    + names.table() + " have no vector in " + names.column() + " and are left out.");
        }
        return sample;
    }

    private void requireKey(VectorTables.Sample sample, Progress progress) {
        if (sample.keys().isEmpty()) {
            String sentence = names().table() + " has no column " + names().key() + ". Pass its key as --key-column";
            if (key != null) {
                throw new InputException(sentence);
            }
            progress.note(sentence + "; lines to paste name rows by it.");
        }
    }

    private static List<String> chosen(List<String> values, int[] order, int from, int to) {
        return values.isEmpty()
                ? List.of()
                : IntStream.range(from, to).mapToObj(i -> values.get(order[i])).toList();
    }

    private FeatureMatrix queries(Path file, TableForm layout, Progress progress) {
        Path ofQueries = FeatureFiles.ofQueries(file);
        FeatureMatrix read = FeatureFiles.read(
                ofQueries,
                layout,
                RowSelectionCollector.chosen((n, d) ->
                        Shuffle.first(new RandomStreams(seed).stream("given queries"), n, Math.min(n, MOST_QUERIES))),
                progress);
        if (read.rows() < 20) {
            throw new InputException(file + ": expected at least 20 queries, found " + read.rows());
        }
        return read;
    }

    /** Returns the sampled queries, then the vectors of the table, in random order. */
    private int[] order(String name, int rows, boolean sample) {
        if (rows < LEAST) {
            throw new InputException(name + ": expected at least " + LEAST + " vectors, found " + rows);
        }
        int wanted = (int) Math.min(rows, most + (sample ? (long) sampled(rows) : 0));
        return Shuffle.first(new RandomStreams(seed).stream("queries"), rows, wanted);
    }

    /** How many of the rows become queries. */
    private int sampled(int rows) {
        return Math.min(MOST_SAMPLED, Math.min(rows, most) / 10);
    }
}
