package io.github.linfhash.quantizers;

import io.github.linfhash.core.features.FeatureMatrix;

/** The vectors of the cases that {@code ci/outside.sh quantizers golden} compares with what faiss makes of them. */
public final class FaissVectors {
    private static final float[] VECTORS = {
        2.04f, -2.56f, 0.42f, -0.57f, -0.45f, -0.22f, -2.02f, -0.23f, -0.87f, 3.32f, 0.23f, -0.35f, -0.28f, -0.67f,
        -1.06f, -0.39f, 0.48f, -0.24f, 0.96f, -0.2f, 0.02f, 1.55f, 0.55f, -0.51f, -0.18f, 0.54f, 1.94f, -0.27f, -0.24f,
        1f, -0.89f, -0.29f, 0.88f, 0.58f, 0.09f, 0.67f, -2.83f, 1.02f, -0.96f, -1.67f, 0.28f, 0.7f, -0.44f, -1.08f,
        0.03f, -0.05f, 1.41f, 0.75f, 0.19f, 1.11f, -0.21f, -0.93f, 0.58f, 0.58f, -0.21f, -0.78f, 0.23f, -2.49f, 0.69f,
        0.49f, -1.64f, 0.06f, -0.96f, 0.76f, -2.03f, -0.91f, 0.71f, 1.16f, -2.16f, -0.5f, 0.33f, -0.61f, 1.59f, -1.19f,
        0.35f, -1.05f, 1.41f, -0.02f, -0.37f, -1.72f, 1.68f, 0.75f, 0.75f, 1.14f, 0.35f, -0.64f, -0.8f, -0.8f, 1.37f,
        -1.46f, -0.6f, -0.32f, 0.22f, 0.58f, -1.25f, -1.73f, -0f, 1.21f, 0.76f, 0.22f, -0.32f, 0.29f, -0.24f, 0.82f,
        -0.79f, 0.13f, -0.11f, 0.54f, 0.22f, 2.55f, 1.5f, 1.5f, -2.04f, -0.34f, -0.61f, 0.53f, -2.28f, 1.17f, 1.07f,
        -1.3f, -0.98f, -0.8f, 0.04f, 0.64f, 2.05f, -0.2f, 0.77f, 0.16f
    };
    private static final float[] QUERIES = {
        1.76f, 0.74f, 1.37f, -1.08f, -0.19f, -0.81f, 1.5f, 0.66f, -0.31f, -0.45f, 0.48f, -0.7f, -0.93f, 0.48f, 2.46f,
        -0.25f, -0.56f, -1.17f, -1.34f, 0.52f, 0.85f, 0.01f, 0.33f, 0.12f, 0.14f, -1.53f, -0.46f, 0.11f, -0.78f, -0.48f,
        -0.82f, -0.33f
    };

    private FaissVectors() {}

    /** A database, 16 x 8. */
    public static FeatureMatrix database() {
        return FeatureMatrix.owning(16, 8, VECTORS.clone());
    }

    /** Queries, 4 x 8. */
    public static FeatureMatrix queries() {
        return FeatureMatrix.owning(4, 8, QUERIES.clone());
    }
}
