package io.github.linfhash.advisor.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.neighbors.CodeMeasures;
import io.github.linfhash.quantizers.neighbors.LabelMetrics;
import io.github.linfhash.quantizers.registry.Quantizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasureCacheTest {
    private static final FeatureMatrix ROWS = FeatureMatrix.copyOf(new float[][] {{1, 0}, {0, 1}, {1, 1}});
    private static final FeatureMatrix QUERIES = FeatureMatrix.copyOf(new float[][] {{1, 2}, {2, 1}});
    private static final QuantizerSpec.Configured SIGN =
            Quantizers.ALL.get(0).smallest(2).orElseThrow();

    @TempDir
    Path folder;

    private final AtomicInteger measured = new AtomicInteger();
    private final List<String> notes = new ArrayList<>();

    private MeasureCache.OfData cache(String program) {
        return MeasureCache.in(folder, program, Progress.notes(notes::add))
                .with(
                        ROWS.sha256(),
                        QUERIES,
                        new AdviceRequest.Question(Similarity.EUCLIDEAN, List.of(), 1, List.of(1, 2), 1, List.of(0L)));
    }

    private MeasureCache.Run run() {
        measured.incrementAndGet();
        CodeMeasures.Values values = new CodeMeasures.Values(
                new double[][][] {{{0.5, 1}, {0.25, 0}}},
                new double[][][][] {{{{0.1, 0.2}, {0.3, 0.4}}, {}}},
                new double[][][] {{{0.5, 0.75}}, {{0.625, 1}}},
                new LabelMetrics.PerQuery(new double[] {0.375, 0.5}, new double[] {0.2, 0.1}),
                new double[] {0.875});
        return new MeasureCache.Run(
                3,
                1L << 40,
                true,
                0.5,
                0.25,
                7,
                values,
                new MeasureCache.Besides(List.of(0.75, 0.5), List.of(), List.of(0.125, 1.0)));
    }

    @Test
    void aRunIsMeasuredOnceForEachQuantizerSeedAndProgram() throws IOException {
        MeasureCache.Run first = cache("a").get(SIGN, 0, this::run);
        MeasureCache.Run kept = cache("a").get(SIGN, 0, this::run);
        assertThat(measured).hasValue(1);
        assertThat(kept.bytes()).isEqualTo(first.bytes());
        assertThat(kept.modelBytes()).isEqualTo(1L << 40);
        assertThat(kept.trainSeconds()).isEqualTo(0.5);
        assertThat(kept.encodeSeconds()).isEqualTo(0.25);
        assertThat(kept.nanosPerDistance()).isEqualTo(7);
        assertThat(kept.values().recall(0, 0)).containsExactly(0.5, 1);
        assertThat(kept.values().recall(0, 1)).containsExactly(0.25, 0);
        assertThat(kept.learned()).isTrue();
        assertThat(kept.values().leavingOut(0, 0)).isDeepEqualTo(new double[][] {{0.1, 0.2}, {0.3, 0.4}});
        assertThat(kept.values().leavingOut(0, 1)).isEmpty();
        assertThat(kept.values().kept()).isEqualTo(2);
        assertThat(kept.values().rescored(1, 0)).containsExactly(0.625, 1);
        assertThat(kept.besides()).isEqualTo(first.besides());
        LabelMetrics.PerQuery labels = kept.values().labels().orElseThrow();
        assertThat(labels.averagePrecision()).containsExactly(0.375, 0.5);
        assertThat(labels.precision()).containsExactly(0.2, 0.1);
        assertThat(kept.values().gain())
                .hasValueSatisfying(gain -> assertThat(gain).containsExactly(0.875));
        cache("a").get(SIGN, 1, this::run);
        cache("b").get(SIGN, 0, this::run);
        assertThat(measured).hasValue(3);
    }

    @Test
    void aDamagedRunIsMeasuredAgain() throws IOException {
        cache("a").get(SIGN, 0, this::run);
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(path -> path.toString().endsWith(".npy"))
                    .findFirst()
                    .orElseThrow();
            byte[] content = Files.readAllBytes(file);
            content[content.length - 3] ^= 1;
            Files.write(file, content);
        }
        assertThat(cache("a").get(SIGN, 0, this::run).values().recall(0, 1)).containsExactly(0.25, 0);
        assertThat(measured).hasValue(2);
        assertThat(notes).singleElement().satisfies(note -> assertThat(note).contains("computed again"));
    }
}
