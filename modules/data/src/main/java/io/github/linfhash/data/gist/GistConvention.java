package io.github.linfhash.data.gist;

/** The two public reference implementations, which prepare an image in different ways. */
public enum GistConvention {
    /** LMgist (MATLAB, by Oliva and Torralba): gray range stretched to 0..255, 32 pixels mirrored around the image. */
    LMGIST(32) {
        @Override
        void scale(float[] gray) {
            float least = gray[0];
            float most = gray[0];
            for (float value : gray) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            // An image of one gray has no range to stretch; it becomes black, and its GIST 0.
            double factor = most > least ? 255.0 / ((double) most - least) : 0;
            for (int i = 0; i < gray.length; i++) {
                gray[i] = (float) (((double) gray[i] - least) * factor);
            }
        }
    },

    /** The C version by INRIA's LEAR team: gray values as they are, no mirroring before the Gabor filters. */
    LEAR(0) {
        @Override
        void scale(float[] gray) {}
    };

    private final int boundaryExtension;

    GistConvention(int boundaryExtension) {
        this.boundaryExtension = boundaryExtension;
    }

    /** The number of mirrored pixels on each side of the image that the Gabor filters see. */
    public int boundaryExtension() {
        return boundaryExtension;
    }

    /** Brings the gray values of one image to the range that the prefilter expects, in place. */
    abstract void scale(float[] gray);
}
