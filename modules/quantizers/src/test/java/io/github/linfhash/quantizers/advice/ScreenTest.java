package io.github.linfhash.quantizers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.registry.Quantizers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static FeatureMatrix normal(int rows, String stream) {
        ZigguratSampler.NormalizedGaussian gaussian =
                ZigguratSampler.NormalizedGaussian.of(new RandomStreams(3).stream(stream));
        float[] values = new float[rows * 32];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) gaussian.sample();
        }
        return Similarity.COSINE.prepare(FeatureMatrix.owning(rows, 32, values), stream);
    }

    private static List<QuantizerSpec.Configured> within(int bytes, String... names) {
        List<QuantizerSpec.Configured> all = new ArrayList<>();
        for (String name : names) {
            Quantizers.ALL.stream()
                    .filter(one -> one.name().equals(name))
                    .forEach(one -> all.addAll(one.within(32, bytes)));
        }
        return all;
    }

    private static QuantizerSpec.Configured refusing() {
        QuantizerSpec.Configured any = within(4, "sign").get(0);
        return new QuantizerSpec.Configured(
                "refusing", any.options(), false, false, true, (vectors, similarity, random) -> {
                    throw new InputException("expected other vectors");
                });
    }

    private static Screen.Result screen(List<QuantizerSpec.Configured> all) throws IOException {
        return new Screen(Similarity.COSINE, 10, List.of(1, 2))
                .of(all, normal(3000, "rows"), normal(300, "queries"), new RandomStreams(0), Progress.NONE);
    }

    /** Of independent normal vectors, 8 signs in a byte keep less than 32 in four, and int8 more than all; no size keeps more than two. */
    @Test
    void whatFewerBytesSurpassIsLeftOut() throws IOException {
        List<QuantizerSpec.Configured> all = new ArrayList<>(within(1, "truncated-sign"));
        all.addAll(within(4, "sign", "rotated-sign", "truncated-sign"));
        all.addAll(within(36, "int8"));
        Screen.Result result = screen(all);
        Advice.Screening screening = Objects.requireNonNull(result.screening());
        assertThat(result.refused()).isEmpty();
        assertThat(all).containsSubsequence(result.finalists());
        assertThat(result.finalists().size() + screening.dropped().size()).isEqualTo(all.size());
        assertThat(result.finalists())
                .extracting(QuantizerSpec.Configured::name)
                .contains("int8");
        assertThat(screening.rows()).isEqualTo(2000);
        assertThat(screening.queries()).isEqualTo(150);
        assertThat(screening.dropped()).isNotEmpty().allSatisfy(dropped -> {
            assertThat(dropped.bytes()).isBetween(1, 36);
            assertThat(dropped.recall().get(2)).isBetween(dropped.recall().get(1), 1.0);
        });
        assertThat(screen(all).finalists()).isEqualTo(result.finalists());
    }

    @Test
    void whatCannotWorkIsRefusedAndTheRestScreened() throws IOException {
        Screen.Result result = screen(List.of(refusing(), within(36, "int8").get(0)));
        assertThat(result.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo("expected other vectors"));
        assertThat(result.finalists())
                .extracting(QuantizerSpec.Configured::name)
                .containsExactly("int8");
    }

    /** With the same recall everywhere, nothing is significantly better. */
    @Test
    void ofEqualsTheBestTwoOfASizeGoOn() throws IOException {
        QuantizerSpec.Configured one = within(36, "int8").get(0);
        Screen.Result result = screen(List.of(one, one, one));
        assertThat(result.finalists()).hasSize(2);
        assertThat(Objects.requireNonNull(result.screening()).dropped()).hasSize(1);
    }
}
