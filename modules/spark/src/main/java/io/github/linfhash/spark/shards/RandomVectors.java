package io.github.linfhash.spark.shards;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.FeatureArrays;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Vectors of independent standard normal values. Each file has a stream of its own, "random-vectors-FILE", so that the content depends
 * on the seed and the sizes alone.
 *
 * @param folder to write into
 * @param dimension d
 */
public record RandomVectors(TaskFolder folder, int dimension, long seed) implements Serializable {
    private static final String FEATURES = "features";

    /** Writes the database in files of so many rows, and the queries; gives the names of the files in the folder. */
    public List<String> write(JavaSparkContext context, long rows, int queries, int rowsPerFile) throws IOException {
        folder.make(List.of(FEATURES));
        List<String> written = RandomShards.forEachFile(
                context, rows, rowsPerFile, (name, count) -> write(FEATURES + "/" + name, count));
        written.addAll(write("queries.npy", queries));
        return written;
    }

    private List<String> write(String name, int rows) throws IOException {
        Path file = folder.file(name);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(
                new RandomStreams(seed).stream("random-vectors-" + file.getFileName()));
        float[] values = new float[Math.multiplyExact(rows, dimension)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) normal.sample();
        }
        FeatureArrays.write(file, FeatureMatrix.owning(rows, dimension, values));
        return List.of(name);
    }
}
