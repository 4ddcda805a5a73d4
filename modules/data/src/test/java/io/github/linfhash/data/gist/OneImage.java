package io.github.linfhash.data.gist;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.GrayImages;

/**
 * A single gray image.
 *
 * @param pixels gray values, 0..255, row-major
 */
@SuppressWarnings("ArrayRecordComponent")
record OneImage(float[] pixels, int width, int height) implements GrayImages {
    /** Computes the features of the image. */
    static float[] features(Gist gist, float[] pixels, int width, int height) {
        return gist.extract(new OneImage(pixels, width, height), Progress.NONE).toArray();
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void gray(int index, float[] target) {
        System.arraycopy(pixels, 0, target, 0, pixels.length);
    }
}
