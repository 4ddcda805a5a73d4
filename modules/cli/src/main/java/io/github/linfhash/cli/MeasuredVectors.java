package io.github.linfhash.cli;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.vectors.FeatureFiles;
import io.github.linfhash.quantisers.Similarity;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.rng.sampling.PermutationSampler;
import picocli.CommandLine.Option;

/** The options of commands that measure codes by the neighbours of queries, and how such queries are drawn from the vectors. */
final class MeasuredVectors {
    /** The fewest vectors that queries are drawn from. */
    static final int LEAST = 20;

    /** The largest code. */
    static final int MOST_BYTES = 4096;

    private static final int MOST_DRAWN = 1000;
    private static final int MOST_NEIGHBOURS = 1000;

    @Option(
            names = "--features",
            paramLabel = "FILE",
            required = true,
            description = "The vectors: .npy, .npz, .fvecs, .bvecs, LIBSVM, CSV, Parquet or Arrow.")
    @SuppressWarnings("NullAway.Init")
    private Path features;

    @Option(names = "--similarity", paramLabel = "S", description = "cosine, dot or euclidean (default: cosine).")
    private Similarity similarity = Similarity.COSINE;

    @Option(names = "--neighbours", paramLabel = "K", description = "Neighbours of each query (default: 10).")
    private int neighbours = 10;

    @Option(
            names = "--seeds",
            paramLabel = "LIST",
            converter = NumberList.class,
            description = "Seeds of what is random (default: 0-1).")
    private NumberList seeds = NumberList.of(List.of(0, 1));

    /** The file of the vectors. */
    Path features() {
        return features;
    }

    Similarity similarity() {
        return similarity;
    }

    int neighbours() {
        return neighbours;
    }

    /** The seeds, ascending; the first of them draws. */
    List<Long> seeds() {
        return seeds.within("--seeds", 0, Integer.MAX_VALUE);
    }

    /** Checks the numbers before anything is read, {@code --rows} among them. */
    void check(int leastNeighbours, int rows) {
        NumberList.requireWithin("--neighbours", neighbours, leastNeighbours, MOST_NEIGHBOURS);
        NumberList.requireWithin("--rows", rows, LEAST, Integer.MAX_VALUE);
    }

    /** Checks that a database has enough rows. */
    void checkNeighbours(int leastNeighbours, int database) {
        NumberList.requireWithin("--neighbours", neighbours, leastNeighbours, database);
    }

    FeatureMatrix read(Progress progress) {
        return FeatureFiles.read(features, progress);
    }

    /** How many queries are drawn from so many vectors. */
    static int drawn(int vectors) {
        return Math.min(MOST_DRAWN, vectors / 10);
    }

    /** So many of n rows in random order; queries are the first of them. */
    int[] order(int n, int taken) {
        return new PermutationSampler(new RandomStreams(seeds().get(0)).stream("queries"), n, taken).sample();
    }
}
