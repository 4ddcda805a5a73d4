package io.github.linfhash.data.gist;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.cache.FeatureCache;
import io.github.linfhash.data.images.GrayImages;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.io.files.CodeHash;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * GIST features of gray images (Oliva and Torralba, IJCV 2001), as the reference implementations compute them, in
 * single precision.
 *
 * <p>A feature vector holds, for each Gabor filter (scales from fine to coarse, the orientations of a scale in turn),
 * the mean magnitude of its output in each block of the image; blocks go down the first column of blocks, then the next
 * column: index = filter * blocks^2 + column of blocks * blocks + row of blocks. An image of one gray has the features
 * 0, to rounding.
 *
 * <p>Images are computed in parallel; the result does not depend on the number of threads, nor on which images are
 * computed together.
 *
 * @param options the parameters
 */
public record Gist(GistOptions options) {
    private static final int LARGEST_SIDE = 512;
    private static final int IMAGES_PER_TASK = 256;

    /**
     * Computes the features of all images.
     *
     * @param images n images with a side between the number of blocks and 512 pixels
     * @param progress is told of each finished image
     * @return n x {@link GistOptions#dimension()}, row i for image i; raw, neither centered nor normalized
     * @throws InputException if the images are too large, or smaller than the grid of blocks
     * @throws NonFiniteException if an image has a value that is not a finite number of at least 0
     */
    public FeatureMatrix extract(GrayImages images, Progress progress) {
        requireSize(images.width(), images.height());
        GistPlan plan = new GistPlan(images.width(), images.height(), options);
        int dimension = options.dimension();
        float[] features = new float[Math.multiplyExact(images.size(), dimension)];
        int tasks = (images.size() + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK;
        try (Progress.Task task = progress.begin("GIST", images.size())) {
            IntStream.range(0, tasks).parallel().forEach(t -> {
                GistPlan.Space space = plan.space();
                int end = Math.min((t + 1) * IMAGES_PER_TASK, images.size());
                for (int from = t * IMAGES_PER_TASK; from < end; from += plan.lanes()) {
                    int count = Math.min(plan.lanes(), end - from);
                    batch(images, from, count, space, features);
                    task.advance(count);
                }
            });
        }
        return FeatureMatrix.owning(images.size(), dimension, features);
    }

    /**
     * The features of all images, taken from a cache if they are there.
     *
     * @return as {@link #extract(GrayImages, Progress)}
     * @throws IOException if kept features cannot be read
     */
    public FeatureMatrix extract(LabeledImages images, FeatureCache cache, Progress progress) throws IOException {
        String content = images.sha256() + "/" + options.canonical() + "/" + CodeHash.ofPackage(Gist.class);
        return cache.get("gist", content, () -> extract(images, progress), progress);
    }

    private void requireSize(int width, int height) {
        int least = Math.min(width, height);
        int most = Math.max(width, height);
        if (least < options.blocks() || most > LARGEST_SIDE) {
            throw new InputException("GIST needs images with sides of " + options.blocks() + " to " + LARGEST_SIDE
                    + " pixels, found " + width + " x " + height);
        }
    }

    private static void batch(GrayImages images, int from, int count, GistPlan.Space space, float[] features) {
        for (int lane = 0; lane < count; lane++) {
            images.gray(from + lane, space.gray());
            requireGray(space.gray(), from + lane);
            space.load(lane);
        }
        float[][] described = space.describe();
        for (int lane = 0; lane < count; lane++) {
            int dimension = described[lane].length;
            System.arraycopy(described[lane], 0, features, (from + lane) * dimension, dimension);
        }
    }

    private static void requireGray(float[] gray, int index) {
        for (float value : gray) {
            if (!(value >= 0 && value <= Float.MAX_VALUE)) {
                throw new NonFiniteException("image " + index + " has the gray value " + value
                        + ", which is not a finite number of at least 0; check the reader of the images");
            }
        }
    }
}
