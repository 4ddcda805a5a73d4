package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Relevance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HammingScanTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 31, 48, 63, 64, 65, 127, 128, 129, 130, 192, 255, 256, 257, 320, 400, 448, 511})
    void countsEveryDistanceAsPlainLoopsDo(int bits) {
        for (int size : new int[] {0, 1, 2, 50, 51}) {
            assertCounts(RandomExperiment.draw(bits, size, size % 2 == 0, 1000L * bits + size));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 256, 300})
    void countsEachPairOnceWhereverBlocksAndBatchesEnd(int bits) {
        // Blocks hold 1,024 codes, and words go in fours; batches hold 32 queries.
        for (int size : new int[] {1024, 1025, 2050}) {
            assertCounts(RandomExperiment.draw(bits, 33, size, false, bits + size));
        }
    }

    private static void assertCounts(RandomExperiment experiment) {
        DistanceHistograms histograms = experiment.retrieval().histograms();
        assertThat(histograms.queries()).isEqualTo(experiment.queryCount());
        assertThat(histograms.bits()).isEqualTo(experiment.bits());
        for (int q = 0; q < histograms.queries(); q++) {
            PlainQuery plain = experiment.plain(q);
            for (int d = 0; d <= experiment.bits(); d++) {
                assertThat(histograms.all(q, d)).isEqualTo(plain.ball(d) - plain.ball(d - 1));
                assertThat(histograms.relevant(q, d)).isEqualTo(plain.hits(d) - plain.hits(d - 1));
            }
        }
    }

    @Test
    void refusesCodesOfDifferentLengths() {
        BinaryCodes three = BinaryCodes.ofSigns(1, 3, new float[3]);
        BinaryCodes four = BinaryCodes.ofSigns(1, 4, new float[4]);
        assertThatThrownBy(() -> HammingScan.scan(three, four, relevance(1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 bits");
    }

    @Test
    void refusesRelevanceOfOtherSizes() {
        BinaryCodes two = BinaryCodes.ofSigns(2, 3, new float[6]);
        assertThatThrownBy(() -> HammingScan.scan(two, two, relevance(2, 3)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HammingScan.scan(two, two, relevance(1, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Relevance relevance(int queries, int database) {
        return Relevance.bySimilarLabels(ClassLabels.of(new int[queries]), ClassLabels.of(new int[database]));
    }
}
