package io.github.linfhash.benchmarks;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.gist.Gist;
import io.github.linfhash.data.gist.GistOptions;
import io.github.linfhash.data.images.GrayImages;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Milliseconds for the GIST of 2,048 images of 32 x 32 on all cores: by partial transforms, as the program does it, and by a library's
 * FFTs. Both have to agree before either is timed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class GistBenchmark {
    private static final int SIDE = 32;
    private static final int IMAGES = 2048;
    private static final int IMAGES_PER_TASK = 128;
    private static final double TOLERANCE = 1e-5;

    private final GistOptions options = GistOptions.DEFAULT;
    private final Images images = new Images();

    /** Noise that is smoother in one direction than in the other, so that filters have something to tell apart. */
    private static final class Images implements GrayImages {
        private final float[] pixels = new float[IMAGES * SIDE * SIDE];

        Images() {
            UniformRandomProvider random = new RandomStreams(0).stream("images");
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = i % SIDE == 0 ? random.nextInt(256) : (pixels[i - 1] + random.nextInt(256)) / 2;
            }
        }

        @Override
        public int size() {
            return IMAGES;
        }

        @Override
        public int width() {
            return SIDE;
        }

        @Override
        public int height() {
            return SIDE;
        }

        @Override
        public void gray(int index, float[] target) {
            System.arraycopy(pixels, index * SIDE * SIDE, target, 0, SIDE * SIDE);
        }
    }

    /** Compares the two. */
    @Setup
    public void requireEqual() {
        float[] ours = partialTransforms();
        float[] theirs = fft();
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < ours.length; i++) {
            difference += (double) (ours[i] - theirs[i]) * (ours[i] - theirs[i]);
            norm += (double) theirs[i] * theirs[i];
        }
        double error = Math.sqrt(difference / norm);
        if (!(error < TOLERANCE)) {
            throw new IllegalStateException(
                    "expected equal features up to " + TOLERANCE + ", found a relative difference of " + error);
        }
    }

    /** As the program does it. */
    @Benchmark
    public float[] partialTransforms() {
        return new Gist(options).extract(images, Progress.NONE).toArray();
    }

    /** By JTransforms. */
    @Benchmark
    public float[] fft() {
        int dimension = options.dimension();
        float[] features = new float[IMAGES * dimension];
        IntStream.range(0, IMAGES / IMAGES_PER_TASK).parallel().forEach(task -> {
            GistByFft gist = new GistByFft(SIDE, options);
            float[] gray = new float[SIDE * SIDE];
            for (int i = task * IMAGES_PER_TASK; i < (task + 1) * IMAGES_PER_TASK; i++) {
                images.gray(i, gray);
                gist.extract(gray, features, i * dimension);
            }
        });
        return features;
    }
}
