package io.github.linfhash.spark.cli;

import io.github.linfhash.cli.WrittenFiles;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.files.StoredArchive;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.spark.blocks.FeatureSource;
import io.github.linfhash.spark.statistics.DistributedKMeans;
import io.github.linfhash.spark.statistics.DistributedMoments;
import io.github.linfhash.spark.statistics.FeatureMoments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash spark statistics}: what the shallow methods need to know of all rows. */
@Command(
        name = "statistics",
        hidden = true,
        description = "Computes mean, covariance and k-means centers of any number of vectors.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  linfhash spark statistics --vectors shards --anchors 300 --out statistics.npz",
            "      mean (float64, d), covariance (float64, d x d), rows (int64),",
            "      anchors (float32, 300 x d)"
        })
final class SparkStatisticsCommand extends SparkJob {
    @Mixin
    private SourceFeatures features = new SourceFeatures();

    @Option(names = "--anchors", paramLabel = "M", description = "Number of k-means centers (default: 0).")
    private int anchors;

    @Option(names = "--iterations", paramLabel = "I", description = "Maximum k-means iterations (default: 10).")
    private int iterations = 10;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the k-means initialization (default: 0).")
    private long seed;

    @Mixin
    private OutArchive out = new OutArchive();

    @Mixin
    private WrittenFiles written = new WrittenFiles();

    @Override
    void checkOptions() {
        out.check(written);
        if (anchors < 0 || iterations < 0) {
            throw new InputException("--anchors, --iterations: expected numbers of at least 0, found one below");
        }
    }

    @Override
    void run(SparkSession session, JavaSparkContext context) throws IOException {
        FeatureSource source = features.open(session);
        FeatureMoments moments = DistributedMoments.of(context, source);
        int d = source.dimension();
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("mean.npy", doubles(List.of(d), moments.toMean()));
        members.put("covariance.npy", doubles(List.of(d, d), moments.toCovariance()));
        members.put("rows.npy", rows(moments.rows()));
        if (anchors > 0) {
            FeatureMatrix centers = new DistributedKMeans(anchors, iterations, seed).centers(context, source);
            members.put("anchors.npy", floats(List.of(anchors, d), centers.toArray()));
        }
        StoredArchive.write(out.file(), members);
        say("wrote %s (%s of %d rows of dimension %d)", out, String.join(", ", members.keySet()), moments.rows(), d);
    }

    private static byte[] doubles(List<Integer> shape, double[] values) {
        byte[] content = new byte[Math.multiplyExact(Double.BYTES, values.length)];
        littleEndian(content).asDoubleBuffer().put(values);
        return NpyFile.toBytes(NpyArray.owning(NpyType.FLOAT64, shape, content));
    }

    private static byte[] floats(List<Integer> shape, float[] values) {
        byte[] content = new byte[Math.multiplyExact(Float.BYTES, values.length)];
        littleEndian(content).asFloatBuffer().put(values);
        return NpyFile.toBytes(NpyArray.owning(NpyType.FLOAT32, shape, content));
    }

    private static byte[] rows(long count) {
        byte[] content = new byte[Long.BYTES];
        littleEndian(content).putLong(count);
        return NpyFile.toBytes(NpyArray.owning(NpyType.INT64, List.of(1), content));
    }

    private static ByteBuffer littleEndian(byte[] content) {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }
}
