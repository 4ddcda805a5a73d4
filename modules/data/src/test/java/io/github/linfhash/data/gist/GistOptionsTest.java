package io.github.linfhash.data.gist;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GistOptionsTest {
    @Test
    void the_default_is_gist_384() {
        assertThat(GistOptions.DEFAULT.filters()).isEqualTo(24);
        assertThat(GistOptions.DEFAULT.dimension()).isEqualTo(384);
    }

    @Test
    void the_canonical_text_names_every_parameter() {
        assertThat(GistOptions.DEFAULT.canonical())
                .isEqualTo("gist/1;orientations=8,8,8;blocks=4;fc=4.0;convention=lmgist");
        assertThat(new GistOptions(List.of(6, 4), 3, 2.5, GistConvention.LEAR).canonical())
                .isEqualTo("gist/1;orientations=6,4;blocks=3;fc=2.5;convention=lear");
    }

    @Test
    void parameters_out_of_range_are_refused_in_one_sentence() {
        assertBadInput(() -> new GistOptions(List.of(), 4, 4, GistConvention.LMGIST))
                .hasMessage("GIST needs 1 to 10 scales, found 0");
        assertBadInput(() -> new GistOptions(List.of(8, 0), 4, 4, GistConvention.LMGIST))
                .hasMessage("GIST needs 1 to 64 orientations for each scale, found 0");
        assertBadInput(() -> new GistOptions(List.of(8), 0, 4, GistConvention.LMGIST));
        assertBadInput(() -> new GistOptions(List.of(8), 4, Double.NaN, GistConvention.LMGIST));
    }
}
