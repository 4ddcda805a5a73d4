package io.github.linfhash.quantizers;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.quantizers.rotation.LinearMap;
import io.github.linfhash.testing.Blobs;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Vectors that are the same in every test: norms vary in all of them, so that an estimate that leaves them out is seen to.
 *
 * @param name what messages call them
 * @param similarity by what they are compared where one of the similarities has to do
 * @param database n x d
 * @param queries m x d
 */
public record FixedVectors(String name, Similarity similarity, FeatureMatrix database, FeatureMatrix queries) {
    private static final int ROWS = 800;
    private static final int QUERIES = 100;
    private static final int DIMENSION = 64;
    private static final int MAGIC = 0x803;
    private static final int SIDE = 28;
    private static final int CELL = 4;

    /** Vectors far from the origin, with a decaying spectrum in no coordinate's direction, as those of language models often are. */
    public static final FixedVectors CONE = cone();

    /** The cone, two dozen clusters about the origin, and images of clothes. */
    public static final List<FixedVectors> ALL = List.of(CONE, clusters(), clothes());

    private static FixedVectors cone() {
        RandomStreams random = new RandomStreams(5);
        double[] mean = Matrices.gaussian(1, DIMENSION, random.stream("mean"))[0];
        double[] noise = Matrices.flatten(Matrices.gaussian(ROWS + QUERIES, DIMENSION, random.stream("noise")));
        for (int k = 0; k < noise.length; k++) {
            noise[k] /= Math.sqrt(1 + k % DIMENSION / 4.0);
        }
        double[] turn = Matrices.flatten(LinearMap.randomRotation(DIMENSION, random, "turn"));
        double[] turned = Matrices.product(noise, turn, ROWS + QUERIES, DIMENSION, DIMENSION);
        for (int k = 0; k < turned.length; k++) {
            turned[k] += mean[k % DIMENSION];
        }
        return split(
                "cone",
                Similarity.COSINE,
                FeatureMatrix.owning(ROWS + QUERIES, DIMENSION, Matrices.toFloats(turned)),
                random);
    }

    private static FixedVectors clusters() {
        Blobs.Sizes sizes = new Blobs.Sizes(24, DIMENSION, ROWS + QUERIES, 1);
        return split("clusters", Similarity.DOT, Blobs.classes(sizes, 3).train(), new RandomStreams(6));
    }

    /** Scales each vector at random, and takes the last ones for queries. */
    private static FixedVectors split(String name, Similarity similarity, FeatureMatrix vectors, RandomStreams random) {
        UniformRandomProvider lengths = random.stream("lengths");
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(lengths);
        int d = vectors.dimension();
        float[] values = vectors.toArray();
        for (int i = 0; i < vectors.rows(); i++) {
            float length = (float) Math.exp(0.2 * gaussian.sample());
            for (int j = 0; j < d; j++) {
                values[i * d + j] *= length;
            }
        }
        return of(name, similarity, FeatureMatrix.owning(vectors.rows(), d, values));
    }

    private static FixedVectors of(String name, Similarity similarity, FeatureMatrix all) {
        return new FixedVectors(
                name,
                similarity,
                all.select(IntStream.range(0, ROWS).toArray()),
                all.select(IntStream.range(ROWS, ROWS + QUERIES).toArray()));
    }

    /** The first images of Fashion-MNIST in this repository, as means of cells of 4 x 4 pixels, 49 dimensions. */
    private static FixedVectors clothes() {
        Path file = Path.of("..", "..", "datasets", "fashion-mnist", "images-idx3-ubyte.gz");
        int cells = SIDE / CELL;
        float[] values = new float[(ROWS + QUERIES) * cells * cells];
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC
                    || in.readInt() < ROWS + QUERIES
                    || in.readInt() != SIDE
                    || in.readInt() != SIDE) {
                throw new IllegalStateException(file + ": expected images of 28 x 28");
            }
            for (int i = 0; i < ROWS + QUERIES; i++) {
                for (int p = 0; p < SIDE * SIDE; p++) {
                    int cell = p / SIDE / CELL * cells + p % SIDE / CELL;
                    values[i * cells * cells + cell] += in.readUnsignedByte() / (float) (255 * CELL * CELL);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of("clothes", Similarity.EUCLIDEAN, FeatureMatrix.owning(ROWS + QUERIES, cells * cells, values));
    }

    @Override
    public String toString() {
        return name;
    }
}
