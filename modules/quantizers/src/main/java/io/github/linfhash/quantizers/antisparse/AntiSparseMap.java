package io.github.linfhash.quantizers.antisparse;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantizers.rotation.LinearMap;

/**
 * A random frame D (kept dimensions x N, orthonormal rows) for the first principal components y of vectors about their mean, and what N
 * values represent y in it; immutable and safe for threads.
 */
public final class AntiSparseMap {
    private static final int BLOCK = 512;
    private static final double TOLERANCE = 0.01;

    private final LinearMap components;
    private final int width;
    private final AntiSparseSolver solver;

    private AntiSparseMap(LinearMap components, int width, AntiSparseSolver solver) {
        this.components = components;
        this.width = width;
        this.solver = solver;
    }

    /**
     * Draws a frame.
     *
     * @param kept dimensions of y, at most d and N; where they are fewer than d, the first principal components, rotated at random
     * @param width N
     * @param iterations the most iterations of the solver
     */
    public static AntiSparseMap of(FeatureMatrix vectors, int kept, int width, int iterations, RandomStreams random) {
        LinearMap components = LinearMap.rotatedComponents(vectors, kept, LinearMap.mean(vectors), random);
        double[][] rotation = LinearMap.randomRotation(width, random, "frame");
        float[] frame = new float[kept * width];
        for (int i = 0; i < kept; i++) {
            for (int j = 0; j < width; j++) {
                frame[i * width + j] = (float) rotation[i][j];
            }
        }
        return new AntiSparseMap(components, width, new AntiSparseSolver(frame, kept, TOLERANCE, iterations));
    }

    /** Returns the mean of the vectors that the frame was drawn for, d values. */
    float[] center() {
        return components.center();
    }

    /** The bytes of what the map is made of. */
    public long bytes() {
        return components.bytes() + (long) Float.BYTES * components.outputs() * width;
    }

    /** The x of the least maximum norm with D x = y of each vector. */
    public AntiSparseSolver.Solutions solve(FeatureMatrix vectors) {
        int n = vectors.rows();
        FeatureMatrix y = components.apply(vectors);
        float[] norms = new float[n];
        float[] gaps = new float[n];
        float[] x = new float[Math.multiplyExact(n, width)];
        new RowBlocks(n, BLOCK).blocks().parallelStream().forEach(block -> {
            AntiSparseSolver.Solutions found = solver.solve(Matrices.rows(y, block));
            System.arraycopy(found.x(), 0, x, block.from() * width, block.size() * width);
            System.arraycopy(found.norms(), 0, norms, block.from(), block.size());
            System.arraycopy(found.gaps(), 0, gaps, block.from(), block.size());
        });
        return new AntiSparseSolver.Solutions(x, norms, gaps);
    }

    /**
     * D'y of each vector: its representation of the least Euclidean norm. Inner products with it are those with y, for every x with
     * D x = y.
     */
    public FeatureMatrix spread(FeatureMatrix vectors) {
        FeatureMatrix y = components.apply(vectors);
        return FeatureMatrix.owning(y.rows(), width, solver.spread(y.toArray()));
    }
}
