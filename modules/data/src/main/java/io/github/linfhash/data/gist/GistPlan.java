package io.github.linfhash.data.gist;

/**
 * Everything about GIST that depends on the image size and the options only: matrices and filters. Immutable and shared
 * by all threads, each of which has a {@link Space} of its own.
 */
final class GistPlan {
    private static final int MOST_LANES = 8;
    private static final int LANE_PIXELS = 8192;

    private final int lanes;
    private final int dimension;
    private final Prefilter prefilter;
    private final ForwardTransform forward;
    private final GaborBank bank;
    private final int width;
    private final int height;
    private final int extension;

    GistPlan(int width, int height, GistOptions options) {
        this.width = width;
        this.height = height;
        // Small images are computed several at a time, side by side, so that inner loops are long.
        this.lanes = Math.max(1, Math.min(MOST_LANES, LANE_PIXELS / (width * height)));
        this.dimension = options.dimension();
        this.extension = options.convention().boundaryExtension();
        this.prefilter = new Prefilter(width, height, options);
        this.forward = new ForwardTransform(width, height, extension);
        this.bank = new GaborBank(width, height, options, lanes);
    }

    /** How many images are computed at once. */
    int lanes() {
        return lanes;
    }

    Space space() {
        return new Space();
    }

    /** One thread's memory. */
    final class Space {
        private final Prefilter.Space filtering = prefilter.space(lanes);
        private final float[][] filtered = new float[height][width * lanes];
        private final ForwardTransform.Space transforming = forward.space(lanes);
        private final Spectrum spectrum = new Spectrum(width + 2 * extension, height + 2 * extension, lanes);
        private final GaborBank.Space describing = bank.space();
        private final float[][] features = new float[lanes][dimension];

        /** Where the caller puts the gray values of the image that {@link #load} takes next. */
        float[] gray() {
            return filtering.gray();
        }

        /** Takes the gray values as image number {@code lane} of the batch. */
        void load(int lane) {
            filtering.load(lane);
        }

        /** The features of the loaded images, one row for each lane; overwritten by the next batch. */
        float[][] describe() {
            filtering.filter(filtered);
            transforming.transform(filtered, spectrum);
            describing.describe(spectrum, features);
            return features;
        }
    }
}
