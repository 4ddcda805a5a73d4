package io.github.linfhash.experiment.runner;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.runner.MeasuredRun.Encoded;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.results.schema.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A row of a comparison whose codes were made elsewhere: a folder with {@code SEED/BITS/query.npy} and {@code
 * SEED/BITS/database.npy}, as {@link CodeArrays} reads them, with a code for each row of {@link PreparedSplit#queries} and {@link
 * PreparedSplit#database}, in their order.
 *
 * @param row what results say of the row
 * @param pairs the codes of those seeds and code lengths that the folder has
 * @param missing the seeds and code lengths that it lacks, such as {@code seed 1 at 64 bits}
 */
public record ExternalCodes(Configuration row, List<Pair> pairs, List<String> missing) implements Participant {
    private static final String NOTE = "These codes were made elsewhere and read from files: they are measured as all"
            + " others, nothing was trained for them here, and what they were learned from is not known.";

    public ExternalCodes {
        pairs = List.copyOf(pairs);
        missing = List.copyOf(missing);
    }

    /**
     * Looks for the codes of a comparison, of which nothing is known but what the row is called.
     *
     * @throws InputException if the folder has none of them, has one file without the other, or a file holds no codes of its
     *     length
     */
    public static ExternalCodes find(String name, Path folder, List<Integer> bits, List<Long> seeds) {
        Configuration row = new Configuration(
                        name, name, "Codes made elsewhere", Supervision.EXTERNAL, Map.of(), Map.of())
                .asVariant("", NOTE, Map.of());
        return find(row, folder, bits, seeds, seed -> CodeOrder.OF_SPLIT);
    }

    /**
     * Looks for the codes of a comparison.
     *
     * @param row what results say of the row, whose codes were made elsewhere
     * @param orders by seed, in what order the files have the codes
     * @throws InputException as {@link #find(String, Path, List, List)} does, or if an order does not fit
     */
    public static ExternalCodes find(
            Configuration row, Path folder, List<Integer> bits, List<Long> seeds, LongFunction<CodeOrder> orders) {
        String name = row.name();
        List<Pair> pairs = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (long seed : seeds) {
            for (int length : bits) {
                Path place = folder.resolve(Long.toString(seed)).resolve(Integer.toString(length));
                Path queries = place.resolve("query.npy");
                Path database = place.resolve("database.npy");
                if (Files.exists(queries) || Files.exists(database)) {
                    RunKey key = new RunKey(name, length, seed);
                    pairs.add(Pair.of(key, queries, database, orders.apply(seed)));
                } else {
                    missing.add("seed " + seed + " at " + length + " bits");
                }
            }
        }
        if (pairs.isEmpty()) {
            throw new InputException(
                    "codes of " + name + ": expected SEED/BITS/query.npy and SEED/BITS/database.npy in " + folder
                            + " for each run, missing: " + String.join(", ", missing));
        }
        return new ExternalCodes(row, pairs, missing);
    }

    /** Returns the name of the codes in results. */
    public String name() {
        return row.name();
    }

    /** Returns these codes with another summary for results. */
    public ExternalCodes as(Configuration other) {
        return new ExternalCodes(other, pairs, missing);
    }

    @Override
    public String entry() {
        return row.entry();
    }

    @Override
    public Configuration configuration(List<Integer> lengths) {
        return row;
    }

    private Optional<Pair> pair(int bits, long seed) {
        return pairs.stream()
                .filter(pair -> pair.key().bits() == bits && pair.key().seed() == seed)
                .findFirst();
    }

    @Override
    public boolean makes(int bits, long seed) {
        return pair(bits, seed).isPresent();
    }

    @Override
    public String hash(int bits, long seed) {
        return Digests.sha256("external/" + pair(bits, seed).orElseThrow().digest());
    }

    /** Returns null: the device that external codes were trained on is not known. */
    @Override
    public @Nullable String trainedOn(int bits, TrainingDevice device) {
        return null;
    }

    @Override
    public MeasuredRun measure(RunKey run, PreparedSplit split, Conventions conventions, TrainingContext context) {
        Pair pair = pair(run.bits(), run.seed()).orElseThrow();
        Codes codes = pair.read();
        if (!split.agree(codes.queries(), codes.database())) {
            throw new InputException(
                    pair.queries() + ": expected each query to have the same code as in the database, found others");
        }
        return codes.measure(Map.of(), split, conventions);
    }

    /**
     * Requires a code for each query and each row of the database.
     *
     * @throws InputException if a file has more or fewer
     */
    public void requireFit(Splits splits) {
        Map<Long, Split> drawn = new HashMap<>();
        for (Pair pair : pairs) {
            Split split = drawn.computeIfAbsent(pair.key().seed(), splits::draw);
            pair.require(pair.queries(), pair.queryCodes(), split.query().length, "queries");
            pair.require(pair.database(), pair.databaseCodes(), split.database().length, "database vectors");
        }
    }

    /**
     * The codes of one seed and code length.
     *
     * @param key the run
     * @param queries the file of the queries' codes
     * @param database the file of the database's codes
     * @param order in what order the files have the codes
     * @param queryCodes the number of the queries' codes
     * @param databaseCodes the number of the database's codes
     * @param digest SHA-256 of all these codes, which names what is kept of the run
     */
    public record Pair(
            RunKey key,
            Path queries,
            Path database,
            CodeOrder order,
            int queryCodes,
            int databaseCodes,
            String digest) {
        private static Pair of(RunKey key, Path queries, Path database, CodeOrder order) {
            Codes codes = read(key, queries, database, order);
            return new Pair(
                    key,
                    queries,
                    database,
                    order,
                    codes.queries().size(),
                    codes.database().size(),
                    codes.hash());
        }

        private static Codes read(RunKey key, Path queries, Path database, CodeOrder order) {
            return new Codes(
                    order.queries(CodeArrays.read(queries, key.bits())),
                    order.database(CodeArrays.read(database, key.bits())));
        }

        /**
         * Reads the codes again.
         *
         * @throws InputException if they are others than when they were found
         */
        public Codes read() {
            Codes codes = read(key, queries, database, order);
            if (!codes.hash().equals(digest)) {
                throw new InputException(queries + " and " + database
                        + ": the codes changed while the command was running; run it again");
            }
            return codes;
        }

        private void require(Path file, int found, int expected, String what) {
            if (found != expected) {
                throw new InputException(file + ": expected a code for each of the " + expected + " " + what
                        + " of seed " + key.seed() + ", found " + found);
            }
        }
    }

    /**
     * The codes of one seed and code length, in the order of the split.
     *
     * @param queries a code for each query
     * @param database a code for each row of the database
     */
    public record Codes(BinaryCodes queries, BinaryCodes database) {
        private String hash() {
            return Run.hash(queries, database);
        }

        /** Measures them. */
        public MeasuredRun measure(Map<String, Double> seconds, PreparedSplit split, Conventions conventions) {
            return new MeasuredRun.Made(new Encoded(queries, null), new Encoded(database, null), null, seconds)
                    .measure(split, conventions);
        }
    }

    /** In what order files have the codes of a seed's rows: brings them into the order of the split. */
    public interface CodeOrder {
        /** The order of the split itself. */
        CodeOrder OF_SPLIT = new CodeOrder() {
            @Override
            public BinaryCodes queries(BinaryCodes inFile) {
                return inFile;
            }

            @Override
            public BinaryCodes database(BinaryCodes inFile) {
                return inFile;
            }
        };

        /**
         * The codes of the queries in the order of the split.
         *
         * @throws io.github.linfhash.core.errors.InputException if there is not a code for each
         */
        BinaryCodes queries(BinaryCodes inFile);

        /**
         * The codes of the database in the order of the split.
         *
         * @throws io.github.linfhash.core.errors.InputException if there is not a code for each
         */
        BinaryCodes database(BinaryCodes inFile);
    }
}
