package io.github.linfhash.advisor.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.registry.Quantizers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
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
        return PreparedVectors.of(Similarity.COSINE, FeatureMatrix.owning(rows, 32, values), stream);
    }

    private static List<QuantizerSpec.Configured> fitting(int bytes, String... names) {
        List<QuantizerSpec.Configured> all = new ArrayList<>();
        for (String name : names) {
            Quantizers.ALL.stream()
                    .filter(one -> one.name().equals(name))
                    .forEach(one -> all.addAll(one.within(32, bytes)));
        }
        return all;
    }

    private static QuantizerSpec.Configured refusing() {
        QuantizerSpec.Configured any = fitting(4, "sign").get(0);
        return new QuantizerSpec.Configured(
                "refusing", any.options(), false, false, true, (vectors, similarity, random) -> {
                    throw new InputException("expected other vectors");
                });
    }

    private static Screen.Result screen(List<QuantizerSpec.Configured> all, int given) throws IOException {
        FeatureMatrix rows = normal(6000, "rows");
        Screen.Sample sample =
                new Screen.Sample(rows.part(0, 3000), rows.part(3000, 3000), normal(300, "queries"), given);
        return new Screen(Similarity.COSINE, 10, List.of(1, 2), Screen.ROWS)
                .of(all, sample, new RandomStreams(0), Progress.NONE);
    }

    /** Of independent normal vectors, 8 signs in a byte keep less than 32 in four, and int8 more than all. */
    @Test
    void boundsComeInTheOrderOfBytesWithTheModel() throws IOException {
        List<QuantizerSpec.Configured> all = new ArrayList<>(fitting(1, "truncated-sign"));
        all.addAll(fitting(4, "sign", "rotated-sign"));
        all.addAll(fitting(36, "int8"));
        Screen.Result result = screen(all, 6000);
        assertThat(result.refused()).isEmpty();
        assertThat(result.rows()).isEqualTo(2000);
        assertThat(result.queries()).isEqualTo(150);
        assertThat(result.scored())
                .hasSameSizeAs(all)
                .isSortedAccordingTo(Comparator.comparingDouble(Screen.Scored::bytes));
        assertThat(result.scored()).allSatisfy(one -> {
            assertThat(List.copyOf(one.recall().values())).isSorted();
            assertThat(one.bound(2)).isBetween(one.bound(1), 1.0);
        });
        Map<String, Double> bounds = new TreeMap<>();
        result.scored().forEach(one -> bounds.merge(one.one().name(), one.bound(2), Math::max));
        assertThat(bounds.get("truncated-sign")).isNotNull().isLessThan(Objects.requireNonNull(bounds.get("sign")));
        assertThat(bounds.get("int8")).isGreaterThan(0.99);
        // A rotation of 32 x 32 float32 values for 6,000 vectors, and for 600.
        assertThat(bytes(result, "rotated-sign")).isCloseTo(4 + 4096.0 / 6000, within(0.1));
        assertThat(bytes(screen(all, 600), "rotated-sign")).isCloseTo(4 + 4096.0 / 600, within(0.5));
    }

    private static double bytes(Screen.Result result, String name) {
        return result.scored().stream()
                .filter(one -> one.one().name().equals(name))
                .mapToDouble(Screen.Scored::bytes)
                .min()
                .orElseThrow();
    }

    /** Uncentered signs need nothing but the vector. */
    @Test
    void theBestOfWhatNeedsNoModelIsKept() throws IOException {
        List<QuantizerSpec.Configured> all = fitting(4, "sign", "rotated-sign", "pca-sign");
        Screen.Result result = screen(all, 6000);
        assertThat(result.kept())
                .singleElement()
                .satisfies(one -> assertThat(one.options().toString()).contains("centered=false"));
        assertThat(result.screening(Set.copyOf(result.kept())).dropped()).hasSize(all.size() - 1);
    }

    @Test
    void whatCannotWorkIsRefusedAndTheRestScreened() throws IOException {
        Screen.Result result = screen(List.of(refusing(), fitting(36, "int8").get(0)), 6000);
        assertThat(result.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo("expected other vectors"));
        assertThat(result.scored()).extracting(one -> one.one().name()).containsExactly("int8");
    }
}
