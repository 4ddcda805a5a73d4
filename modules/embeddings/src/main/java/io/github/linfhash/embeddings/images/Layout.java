package io.github.linfhash.embeddings.images;

/** The order of an input's dimensions: N images, C channels, H rows, W columns. */
public enum Layout {
    NCHW(1, 2),
    NHWC(3, 1);

    private final int channels;
    private final int height;

    Layout(int channels, int height) {
        this.channels = channels;
        this.height = height;
    }

    /** The dimension of the channels. */
    int channels() {
        return channels;
    }

    /** The dimension of the rows, before that of the columns. */
    int height() {
        return height;
    }
}
