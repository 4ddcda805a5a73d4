package io.github.linfhash.advisor.command;

import io.github.linfhash.advisor.advice.QuerySampling;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.io.input.RowSelectionCollector;
import io.github.linfhash.shell.NumberList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options of commands that measure codes by the neighbors of queries, and how such queries are drawn from the vectors. */
public final class MeasuredVectors extends VectorsOption {
    /** The largest code. */
    static final int MOST_BYTES = 4096;

    /** The most neighbors of a query. */
    static final int MOST_NEIGHBORS = 1000;

    private static final int MOST_LISTED = 20;

    /** How often the measured vectors are in memory at most: as read, prepared, in part, and what a quantizer makes of them. */
    private static final int COPIES = 5;

    @Option(names = "--similarity", paramLabel = "S", description = "cosine, dot or euclidean (default: cosine).")
    private Similarity similarity = Similarity.COSINE;

    @Option(names = "--k", paramLabel = "K", description = "Number of neighbors per query (default: 10).")
    private int neighbors = 10;

    @Option(
            names = "--seeds",
            paramLabel = "LIST",
            converter = NumberList.class,
            description = "Random seeds (default: 0-1).")
    private NumberList seeds = NumberList.of(List.of(0, 1));

    @Option(
            names = "--skip-invalid",
            description = "Skip and list vectors that are not finite or, for cosine, all 0 (default: error). Labels,"
                    + " ids and --qrels still refer to all vectors of the file.")
    private boolean skipInvalid;

    public Similarity similarity() {
        return similarity;
    }

    /** Replaces the option by the similarity of a quantizer that was fitted before. */
    public void compareBy(Similarity ofQuantizer) {
        similarity = ofQuantizer;
    }

    public int neighbors() {
        return neighbors;
    }

    /** The seeds, ascending; the first of them draws. */
    public List<Long> seeds() {
        return seeds.within("--seeds", 0, Integer.MAX_VALUE);
    }

    /** Checks the numbers before anything is read, {@code --max-vectors} among them. */
    public void check(int leastNeighbors, int rows) {
        NumberList.requireWithin("--k", neighbors, leastNeighbors, MOST_NEIGHBORS);
        NumberList.requireWithin("--max-vectors", rows, QuerySampling.LEAST, Integer.MAX_VALUE);
    }

    /** Checks that a database has enough rows. */
    public void checkNeighbors(int leastNeighbors, int database) {
        NumberList.requireWithin("--k", neighbors, leastNeighbors, database);
    }

    /**
     * Vectors of a file.
     *
     * @param numbers returns the number in the file of each vector
     * @param valid the rows of the file that are not skipped; all of them without {@code --skip-invalid}
     * @param draw what chose the vectors
     * @param <D> the type of what chose them
     */
    record Rows<D>(FeatureMatrix vectors, Supplier<int[]> numbers, QuerySampling.ValidRows valid, D draw) {}

    /** Reads all valid vectors of a file. */
    Rows<QuerySampling.ValidRows> read(Path file, Progress progress) {
        return read(file, valid -> valid, (all, valid) -> all.all(), progress);
    }

    /**
     * Reads some vectors of a file; the others take no memory.
     *
     * @param draw chooses among the valid vectors, once their number is known
     * @param rows returns the numbers in the file of the chosen vectors, in the order in which they are returned
     * @throws InputException if the file is not right, a vector is invalid without {@code --skip-invalid}, or the chosen ones do not fit
     *     into memory
     */
    <D> Rows<D> read(
            Path file,
            Function<QuerySampling.ValidRows, D> draw,
            BiFunction<D, QuerySampling.ValidRows, int[]> rows,
            Progress progress) {
        BitSet invalid = skipInvalid ? invalid(file, progress) : new BitSet();
        List<D> draws = new ArrayList<>();
        List<int[]> chosen = new ArrayList<>();
        RowSelectionCollector.Choice choice = (n, d) -> {
            QuerySampling.ValidRows valid = valid(n, invalid);
            if (valid.size() == 0) {
                throw new InputException(file + ": expected valid vectors, found none among " + n);
            }
            draws.add(draw.apply(valid));
            int[] numbers = rows.apply(draws.get(0), valid);
            String action = file.equals(vectors()) ? "--max-vectors to fewer, or " : "";
            requireRoom(file, numbers.length, d, Runtime.getRuntime().maxMemory(), action);
            chosen.add(numbers);
            return numbers;
        };
        RowSelectionCollector kept =
                invalid.isEmpty() ? RowSelectionCollector.chosen(choice) : RowSelectionCollector.tolerant(choice);
        FeatureMatrix vectors = FeatureFiles.read(file, layout(), kept, progress);
        BitSet others = invalidOf(kept);
        others.andNot(invalid);
        if (!others.isEmpty()) {
            throw new InputException(
                    file + ": expected non-zero vectors for cosine similarity, found only zeros in row "
                            + others.nextSetBit(0) + " (counted from 0); --skip-invalid skips them");
        }
        return new Rows<>(vectors, chosen.get(0)::clone, valid(kept.rows(), invalid), draws.get(0));
    }

    private static QuerySampling.ValidRows valid(int rows, BitSet invalid) {
        return new QuerySampling.ValidRows(rows, invalid.stream().boxed().toList());
    }

    /** Reads a file to find its invalid vectors, and lists them. */
    private BitSet invalid(Path file, Progress progress) {
        RowSelectionCollector none = RowSelectionCollector.tolerant((n, d) -> new int[0]);
        FeatureFiles.read(file, layout(), none, progress);
        BitSet invalid = invalidOf(none);
        if (!invalid.isEmpty()) {
            BitSet zeros = none.zeros();
            zeros.and(invalid);
            progress.note(file + ": left out " + invalid.cardinality() + " of " + none.rows() + " vectors"
                    + listed("; not finite: ", none.notFinite()) + listed("; only zeros: ", zeros));
        }
        return invalid;
    }

    private BitSet invalidOf(RowSelectionCollector read) {
        BitSet invalid = similarity == Similarity.COSINE ? read.zeros() : new BitSet();
        invalid.or(read.notFinite());
        return invalid;
    }

    private static String listed(String what, BitSet rows) {
        int more = rows.cardinality() - MOST_LISTED;
        String first =
                rows.stream().limit(MOST_LISTED).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return rows.isEmpty() ? "" : what + "rows " + first + (more > 0 ? " and " + more + " more" : "");
    }

    /**
     * Checks that so many vectors can be measured, before any is kept.
     *
     * @param heap in bytes
     * @param action what else than a larger heap helps, for the message
     */
    public static void requireRoom(Path file, int rows, int dimension, long heap, String action) {
        long most = heap / COPIES / Float.BYTES / dimension;
        if (rows > most) {
            throw new InputException(file + " does not fit into memory: expected at most " + most
                    + " vectors of dimension " + dimension + " in a Java heap of " + (heap >> 20) + " MiB, found "
                    + rows
                    + " to measure; set " + action + "LINFHASH_HEAP to more");
        }
    }
}
