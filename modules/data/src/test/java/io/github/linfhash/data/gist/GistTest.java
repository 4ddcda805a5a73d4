package io.github.linfhash.data.gist;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GistTest {
    private static final Gist GIST = new Gist(GistOptions.DEFAULT);

    @ParameterizedTest
    @EnumSource
    void an_image_of_one_gray_has_features_of_zero(GistConvention convention) {
        Gist gist = new Gist(new GistOptions(GistOptions.DEFAULT.orientationsPerScale(), 4, 4, convention));
        for (float gray : new float[] {0, 1, 77.3f, 255}) {
            float[] pixels = new float[32 * 32];
            Arrays.fill(pixels, gray);
            for (float feature : OneImage.features(gist, pixels, 32, 32)) {
                assertThat(feature).isBetween(0f, 1e-6f);
            }
        }
    }

    @Test
    void each_image_has_the_features_that_it_has_alone() {
        RandomImages images = new RandomImages(275, 32, 32);
        FeatureMatrix all = GIST.extract(images, Progress.NONE);
        assertThat(all.rows()).isEqualTo(275);
        assertThat(all.dimension()).isEqualTo(384);
        float[] row = new float[384];
        for (int i : new int[] {0, 1, 7, 8, 255, 256, 274}) {
            all.copyRow(i, row);
            assertThat(row).as("image " + i).containsExactly(OneImage.features(GIST, images.image(i), 32, 32));
        }
    }

    @Test
    void the_number_of_threads_does_not_change_a_bit() throws InterruptedException, ExecutionException {
        RandomImages images = new RandomImages(600, 20, 24);
        FeatureMatrix alone = inPool(1, images);
        assertThat(inPool(3, images)).isEqualTo(alone);
    }

    private static FeatureMatrix inPool(int threads, RandomImages images)
            throws InterruptedException, ExecutionException {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> GIST.extract(images, Progress.NONE)).get();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void progress_counts_every_image() {
        AtomicLong announced = new AtomicLong();
        AtomicLong done = new AtomicLong();
        Progress progress = (name, steps) -> {
            announced.set(steps);
            return done::addAndGet;
        };
        GIST.extract(new RandomImages(261, 8, 8), progress);
        assertThat(announced).hasValue(261);
        assertThat(done).hasValue(261);
    }

    @Test
    void no_images_give_an_empty_matrix() {
        assertThat(GIST.extract(new RandomImages(0, 32, 32), Progress.NONE).rows())
                .isZero();
    }

    @Test
    void images_smaller_than_the_grid_or_too_large_are_refused() {
        assertBadInput(() -> OneImage.features(GIST, new float[3 * 40], 3, 40))
                .hasMessage("GIST needs images with sides of 4 to 512 pixels, found 3 x 40");
        assertBadInput(() -> OneImage.features(GIST, new float[4 * 513], 513, 4));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -1})
    void impossible_gray_values_are_refused(float value) {
        float[] pixels = new float[16];
        pixels[9] = value;
        assertThatThrownBy(() -> OneImage.features(GIST, pixels, 4, 4))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageStartingWith("image 0 has the gray value " + value);
    }

    @Tag("slow")
    @Test
    void thousands_of_images_agree_with_the_definition() {
        RandomImages images = new RandomImages(2000, 32, 32);
        FeatureMatrix all = GIST.extract(images, Progress.NONE);
        float[] row = new float[384];
        for (int i = 0; i < images.size(); i += 97) {
            all.copyRow(i, row);
            double[] expected = DirectGist.extract(images.image(i), 32, 32, GistOptions.DEFAULT);
            assertThat(RelativeError.between(row, expected)).as("image " + i).isLessThan(2e-6);
        }
    }
}
