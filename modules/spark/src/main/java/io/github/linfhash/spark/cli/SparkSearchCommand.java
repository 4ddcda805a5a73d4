package io.github.linfhash.spark.cli;

import io.github.linfhash.cli.CodeQueries;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.HammingNeighbors;
import io.github.linfhash.io.npy.NeighborArrays;
import io.github.linfhash.shell.WrittenFiles;
import io.github.linfhash.spark.blocks.CodeSource;
import io.github.linfhash.spark.parquet.ParquetCodes;
import io.github.linfhash.spark.search.DistributedSearch;
import io.github.linfhash.spark.shards.LocalPath;
import io.github.linfhash.spark.shards.ShardCodes;
import java.io.IOException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash spark search}: nearest neighbors among codes that are spread over files. */
@Command(
        name = "search",
        customSynopsis = {
            "linfhash spark search [OPTIONS] --database-codes PATH --out F.npz",
            "      (--query-codes F | --model F --vectors FILE)"
        },
        description = "Finds the nearest codes in Hamming distance by exact search; ties are ordered by id.",
        footer = {
            "  linfhash spark search --database-codes codes --query-codes q.npy --k 10 --out neighbors.npz",
            "      ids (int64) and distances (int32), one row per query; ids are row numbers",
            "      over all .npy files, or Parquet's column 'id'"
        })
final class SparkSearchCommand extends SparkJob {
    @Option(
            names = "--database-codes",
            paramLabel = "PATH",
            required = true,
            description = "Codes of the database: a folder of .npy files, or Parquet with the columns id and code.")
    @SuppressWarnings("NullAway.Init")
    private String codes;

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private CodeQueries queries;

    @Option(names = "--k", paramLabel = "K", description = "Number of neighbors per query (default: 10).")
    private int k = 10;

    @Mixin
    private CodeLengthOption length = new CodeLengthOption();

    @Mixin
    private OutArchive out = new OutArchive();

    @Mixin
    private WrittenFiles written = new WrittenFiles();

    @Override
    void checkOptions() {
        out.check(written);
    }

    @Override
    void run(SparkSession session, JavaSparkContext context) throws IOException {
        BinaryCodes wanted = queries.codes(length::read);
        CodeSource database = ShardCodes.areAt(codes)
                ? ShardCodes.open(context, LocalPath.of(codes), wanted.bits())
                : ParquetCodes.open(session, codes, null, wanted.bits());
        long start = System.nanoTime();
        HammingNeighbors neighbors = DistributedSearch.nearest(context, wanted, database, k);
        double seconds = (System.nanoTime() - start) / 1e9;
        NeighborArrays.write(out.file(), neighbors);
        say("searched %d codes for %d queries: %.1f s", database.rows(), wanted.size(), seconds);
        say("wrote %s (ids and distances, %d x %d)", out, neighbors.queries(), k);
    }
}
