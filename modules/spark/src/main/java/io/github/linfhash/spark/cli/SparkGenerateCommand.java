package io.github.linfhash.spark.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.spark.shards.RandomShards;
import io.github.linfhash.spark.shards.RandomVectors;
import java.io.IOException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash spark generate}: random codes and labels, or random vectors, to try sizes. */
@Command(
        name = "generate",
        hidden = true,
        description = "Writes uniformly random codes and classes, or normally distributed vectors, as .npy files,"
                + " for scale tests.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  linfhash spark generate --count 16000000 --out random",
            "      a database in random/codes and labels, and queries.npy and query-labels.npy",
            "  linfhash spark generate --count 1000000 --dimension 128 --out random",
            "      vectors in random/features, and queries.npy"
        })
final class SparkGenerateCommand extends SparkJob {
    @Option(names = "--count", paramLabel = "N", required = true, description = "Size of the database.")
    private long rows;

    @Option(names = "--bits", paramLabel = "N", description = "Code length (default: 64).")
    private int bits = 64;

    @Option(names = "--num-queries", paramLabel = "N", description = "Number of queries (default: 1000).")
    private int queries = 1000;

    @Option(names = "--classes", paramLabel = "N", description = "Number of classes (default: 10).")
    private int classes = 10;

    @Option(
            names = "--dimension",
            paramLabel = "D",
            description = "Write vectors of this dimension instead of codes and classes.")
    private @Nullable Integer dimension;

    @Option(names = "--rows-per-file", paramLabel = "N", description = "Rows of a file (default: 250000).")
    private int rowsPerFile = 250_000;

    @Option(names = "--seed", paramLabel = "S", description = "Random seed (default: 0).")
    private long seed;

    @Mixin
    private OutFolder out = new OutFolder();

    @Override
    void checkOptions() {
        if (rows < 1
                || bits < 1
                || queries < 1
                || classes < 1
                || rowsPerFile < 1
                || (dimension != null && dimension < 1)) {
            throw new InputException("expected sizes of at least 1, found one below");
        }
        out.requireLocal();
    }

    @Override
    void run(SparkSession session, JavaSparkContext context) throws IOException {
        if (dimension != null) {
            int d = dimension;
            out.writeFiles(
                    session, folder -> new RandomVectors(folder, d, seed).write(context, rows, queries, rowsPerFile));
            say("wrote %s (%d vectors of dimension %d, %d queries)", out, rows, d, queries);
            return;
        }
        out.writeFiles(
                session,
                folder -> new RandomShards(folder, bits, classes, seed).write(context, rows, queries, rowsPerFile));
        say("wrote %s (%d codes of %d bits, %d queries)", out, rows, bits, queries);
    }
}
