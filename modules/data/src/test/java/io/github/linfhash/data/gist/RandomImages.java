package io.github.linfhash.data.gist;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.images.GrayImages;
import org.apache.commons.rng.UniformRandomProvider;

/** Images of random gray values, image i from the stream of seed i, so that any subset can be had again. */
record RandomImages(int size, int width, int height) implements GrayImages {
    @Override
    public void gray(int index, float[] target) {
        UniformRandomProvider random = new RandomStreams(index).stream("pixels");
        int contrast = 1 + random.nextInt(766);
        for (int i = 0; i < target.length; i++) {
            target[i] = random.nextInt(contrast) / 3f;
        }
    }

    float[] image(int index) {
        float[] pixels = new float[width * height];
        gray(index, pixels);
        return pixels;
    }
}
