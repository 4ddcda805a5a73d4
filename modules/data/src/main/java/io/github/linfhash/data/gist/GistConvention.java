package io.github.linfhash.data.gist;

/** The two public reference implementations, which prepare an image in different ways. */
public enum GistConvention {
    /** LMgist (MATLAB, by Oliva and Torralba): grey range stretched to 0..255, 32 pixels mirrored around the image. */
    LMGIST(32) {
        @Override
        void scale(float[] grey) {
            float least = grey[0];
            float most = grey[0];
            for (float value : grey) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            // An image of one grey has no range to stretch; it becomes black, and its GIST 0.
            double factor = most > least ? 255.0 / ((double) most - least) : 0;
            for (int i = 0; i < grey.length; i++) {
                grey[i] = (float) (((double) grey[i] - least) * factor);
            }
        }
    },

    /** The C version by INRIA's LEAR team: grey values as they are, no mirroring before the Gabor filters. */
    LEAR(0) {
        @Override
        void scale(float[] grey) {}
    };

    private final int boundaryExtension;

    GistConvention(int boundaryExtension) {
        this.boundaryExtension = boundaryExtension;
    }

    /** The number of mirrored pixels on each side of the image that the Gabor filters see. */
    public int boundaryExtension() {
        return boundaryExtension;
    }

    /** Brings the grey values of one image to the range that the prefilter expects, in place. */
    abstract void scale(float[] grey);
}
