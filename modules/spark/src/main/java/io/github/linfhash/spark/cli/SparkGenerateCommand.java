package io.github.linfhash.spark.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.spark.shards.RandomShards;
import java.io.IOException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash spark generate}: random codes and labels, to try sizes. */
@Command(
        name = "generate",
        description = "Writes uniformly random codes and classes as .npy files, for trying sizes.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  linfhash spark generate --rows 16000000 --out random",
            "      a database in random/codes and labels, and queries.npy and query-labels.npy"
        })
final class SparkGenerateCommand extends SparkJob {
    @Option(names = "--rows", paramLabel = "N", required = true, description = "Codes of the database.")
    private long rows;

    @Option(names = "--bits", paramLabel = "N", description = "Code length (default: 64).")
    private int bits = 64;

    @Option(names = "--queries", paramLabel = "N", description = "Queries (default: 1000).")
    private int queries = 1000;

    @Option(names = "--classes", paramLabel = "N", description = "Classes (default: 10).")
    private int classes = 10;

    @Option(names = "--rows-per-file", paramLabel = "N", description = "Codes of a file (default: 250000).")
    private int rowsPerFile = 250_000;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the streams (default: 0).")
    private long seed;

    @Mixin
    private OutFolder out = new OutFolder();

    @Override
    void checkOptions() {
        if (rows < 1 || bits < 1 || queries < 1 || classes < 1 || rowsPerFile < 1) {
            throw new InputException("expected sizes of at least 1, found one below");
        }
        out.requireLocal();
    }

    @Override
    void run(SparkSession session, JavaSparkContext context) throws IOException {
        out.writeFiles(
                session,
                folder -> new RandomShards(folder, bits, classes, seed).write(context, rows, queries, rowsPerFile));
        say("wrote %s (%d codes of %d bits, %d queries)", out, rows, bits, queries);
    }
}
