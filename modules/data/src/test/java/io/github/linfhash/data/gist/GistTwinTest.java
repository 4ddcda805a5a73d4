package io.github.linfhash.data.gist;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.testing.Filled;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The fast version against the direct one. */
class GistTwinTest {
    private static final double TOLERANCE = 2e-6;

    @ParameterizedTest
    @CsvSource({
        "32, 32, LMGIST", "32, 32, LEAR", "33, 33, LMGIST", "33, 33, LEAR", "32, 20, LMGIST", "20, 32, LEAR",
        "17, 40, LMGIST", "31, 18, LEAR", "7, 5, LMGIST", "4, 4, LEAR", "4, 9, LMGIST", "64, 48, LMGIST"
    })
    void any_size_agrees_with_the_definition(int width, int height, GistConvention convention) {
        UniformRandomProvider random = new RandomStreams(width * 1000L + height).stream("pixels");
        check(
                Filled.floats(width * height, i -> random.nextInt(766) / 3f),
                width,
                height,
                new GistOptions(List.of(8, 6, 1), 4, 4, convention));
    }

    @ParameterizedTest
    @EnumSource
    void other_grids_and_cut_offs_agree_with_the_definition(GistConvention convention) {
        UniformRandomProvider random = new RandomStreams(3).stream("pixels");
        float[] pixels = Filled.floats(25 * 25, i -> random.nextInt(256));
        check(pixels, 25, 25, new GistOptions(List.of(12, 5, 3, 2), 3, 2.5, convention));
        check(pixels, 25, 25, new GistOptions(List.of(1), 1, 7, convention));
    }

    @ParameterizedTest
    @EnumSource
    void a_single_bright_pixel_agrees_with_the_definition(GistConvention convention) {
        float[] pixels = new float[32 * 32];
        pixels[5 * 32 + 20] = 255;
        check(pixels, 32, 32, new GistOptions(List.of(8, 8, 8), 4, 4, convention));
    }

    @ParameterizedTest
    @EnumSource
    void a_faint_step_agrees_with_the_definition(GistConvention convention) {
        check(
                Filled.floats(32 * 32, i -> i % 32 < 11 ? 200 : 201),
                32,
                32,
                new GistOptions(List.of(8, 8, 8), 4, 4, convention));
    }

    private static void check(float[] pixels, int width, int height, GistOptions options) {
        double[] expected = DirectGist.extract(pixels, width, height, options);
        float[] found = OneImage.features(new Gist(options), pixels, width, height);
        double error = RelativeError.between(found, expected);
        assertThat(error).isLessThan(TOLERANCE);
    }
}
