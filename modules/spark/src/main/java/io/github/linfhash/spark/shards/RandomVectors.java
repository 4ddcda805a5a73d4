package io.github.linfhash.spark.shards;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.FeatureArrays;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Vectors of independent standard normal values. Each file has a stream of its own, "random-vectors-FILE", so that the content depends
 * on the seed and the sizes alone.
 *
 * @param folder to write into, a local absolute path; every machine must see it
 * @param dimension d
 */
public record RandomVectors(String folder, int dimension, long seed) implements Serializable {
    /** Writes the database in files of so many rows, and the queries. */
    public void write(JavaSparkContext context, long rows, int queries, int rowsPerFile) throws IOException {
        RandomShards.forEachFile(context, rows, rowsPerFile, (name, count) -> write(Path.of("features", name), count));
        write(Path.of("queries.npy"), queries);
    }

    private void write(Path file, int rows) throws IOException {
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(
                new RandomStreams(seed).stream("random-vectors-" + file.getFileName()));
        float[] values = new float[Math.multiplyExact(rows, dimension)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) normal.sample();
        }
        FeatureArrays.write(Path.of(folder).resolve(file), FeatureMatrix.owning(rows, dimension, values));
    }
}
