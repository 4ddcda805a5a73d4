package io.github.linfhash.spark.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.experiment.models.TrainedModel;
import io.github.linfhash.spark.blocks.CodeBlock;
import io.github.linfhash.spark.blocks.FeatureSource;
import io.github.linfhash.spark.encoding.BlockEncoding;
import io.github.linfhash.spark.encoding.BroadcastModel;
import io.github.linfhash.spark.parquet.ParquetCodes;
import io.github.linfhash.spark.parquet.ParquetFeatures;
import io.github.linfhash.spark.shards.ShardFeatures;
import io.github.linfhash.spark.shards.ShardWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash spark encode}: codes of features that are spread over files. */
@Command(
        name = "encode",
        description = "Encodes vectors with a model and writes the codes to a folder of .npy files or to Parquet.",
        footerHeading = "%nFiles:%n",
        footer = {
            "  .npy files are read in the order of their names, and ids are row numbers. Every",
            "  machine must see the folder under the same local path. Parquet, on any file",
            "  system of Spark, needs the columns id and features (array<float>); others are",
            "  kept. Codes are packed: bit b is bit b %% 8 of byte b / 8. They are written to",
            "  codes/part-*.npy, with ids/part-*.npy for Parquet input, or to the Parquet",
            "  column 'code'.",
            "",
            "Examples:",
            "  linfhash spark encode --model my.linfhash --vectors shards --out codes",
            "  linfhash spark encode --master yarn --model my.linfhash \\",
            "      --vectors hdfs:///f.parquet --out hdfs:///c.parquet"
        })
final class SparkEncodeCommand extends SparkJob {
    @Option(names = "--model", paramLabel = "F", required = true, description = "Model written by 'linfhash train'.")
    @SuppressWarnings("NullAway.Init")
    private Path model;

    @Mixin
    private SourceFeatures features = new SourceFeatures();

    @Option(
            names = "--labels",
            paramLabel = "DIR",
            description = "Folder of .npy files with labels to write to Parquet with the codes.")
    private @Nullable Path labels;

    @Option(names = "--format", paramLabel = "FORMAT", description = "npy or parquet (default: format of the vectors).")
    private @Nullable CodeFormat to;

    @Mixin
    private OutFolder out = new OutFolder();

    /** The format of written codes. */
    private enum CodeFormat {
        NPY,
        PARQUET
    }

    @Override
    void checkOptions() {
        if (to == CodeFormat.NPY || (to == null && features.areShards())) {
            out.requireLocal();
        }
    }

    @Override
    void run(SparkSession session, JavaSparkContext context) throws IOException {
        BroadcastModel read = BroadcastModel.read(model);
        BlockEncoding encoding = new BlockEncoding(context.broadcast(read), features.toString());
        if (features.areShards()) {
            ShardFeatures source = features.shards(session, labels);
            requireFit(source, read.model());
            encode(session, source, encoding, read.model().card().bits());
        } else {
            ParquetFeatures source = features.table(session);
            requireFit(source, read.model());
            encode(session, source, encoding, read.model().card().bits());
        }
        say("wrote %s", out);
    }

    private void requireFit(FeatureSource source, TrainedModel trained) {
        if (source.dimension() != trained.card().dimension()) {
            throw new InputException(features + ": expected vectors of dimension "
                    + trained.card().dimension() + ", which the model takes, found dimension " + source.dimension());
        }
        if (labels != null && (source instanceof ParquetFeatures || to != CodeFormat.PARQUET)) {
            throw new InputException("--labels: expected .npy features and --format parquet beside it, found "
                    + (source instanceof ParquetFeatures ? "Parquet, whose other columns are kept" : "--format npy"));
        }
    }

    private void encode(SparkSession session, ShardFeatures source, BlockEncoding encoding, int bits)
            throws IOException {
        JavaRDD<CodeBlock> codes = source.blocks().map(encoding::encode);
        if (to == CodeFormat.PARQUET) {
            Dataset<Row> table = ParquetCodes.table(session, codes, source.labelKind(), bits);
            out.writeTable(session, folder -> table.write().parquet(folder));
        } else {
            writeShards(session, codes, bits, false);
        }
    }

    private void encode(SparkSession session, ParquetFeatures source, BlockEncoding encoding, int bits)
            throws IOException {
        if (to == CodeFormat.NPY) {
            writeShards(session, source.blocksInOrder().map(encoding::encode), bits, true);
        } else {
            Dataset<Row> table = source.encoded(encoding, bits);
            out.writeTable(session, folder -> table.write().parquet(folder));
        }
    }

    private void writeShards(SparkSession session, JavaRDD<CodeBlock> codes, int bits, boolean withIds)
            throws IOException {
        out.writeFiles(session, folder -> new ShardWriter(folder, bits, withIds).write(codes));
    }
}
