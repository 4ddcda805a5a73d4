package io.github.linfhash.embeddings.images;

/** The order of the channels of a pixel. */
public enum Channels {
    RGB,
    BGR
}
