package io.github.linfhash.data.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.LabeledImages;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RealCifar10Test {
    /** The channel means of the 50,000 training images, as widely printed: 125.3, 123.0 and 113.9. */
    private static final double[] TRAINING_MEANS = {125.3, 123.0, 113.9};

    @Test
    void theRealImagesHaveTheirKnownClassSizesAndMeans() {
        String folder = System.getenv().getOrDefault("LINFHASH_CIFAR10", "");
        assumeTrue(!folder.isEmpty(), "skipped: the environment variable LINFHASH_CIFAR10 names no CIFAR-10 folder");
        LabeledImages images = Cifar10Reader.read(Path.of(folder), Progress.NONE);
        assertThat(images.size()).isEqualTo(60_000);
        assertThat(classSizes(images, 0, 50_000)).containsOnly(5000);
        assertThat(classSizes(images, 50_000, 60_000)).containsOnly(1000);
        for (int channel = 0; channel < 3; channel++) {
            assertThat(mean(images, channel)).isBetween(TRAINING_MEANS[channel] - 0.1, TRAINING_MEANS[channel] + 0.1);
        }
    }

    private static int[] classSizes(LabeledImages images, int from, int to) {
        int[] sizes = new int[10];
        for (int i = from; i < to; i++) {
            sizes[images.labels().get(i)]++;
        }
        return sizes;
    }

    private static double mean(LabeledImages images, int channel) {
        byte[] values = new byte[3072];
        long sum = 0;
        for (int i = 0; i < 50_000; i++) {
            images.copyValues(i, values);
            for (int p = 0; p < 1024; p++) {
                sum += values[channel * 1024 + p] & 0xff;
            }
        }
        return sum / (50_000.0 * 1024);
    }
}
