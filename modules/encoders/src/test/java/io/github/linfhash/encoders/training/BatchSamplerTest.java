package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.training.TrainingOptions.BatchOptions;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class BatchSamplerTest {
    private static final ClassLabels LABELS =
            ClassLabels.of(IntStream.range(0, 60).map(i -> i % 6).toArray());

    @Test
    void imagesOfAStepAreDistinctAndTheSameInWhateverOrderStepsAreDrawn() {
        BatchSampler sampler = sampler(LABELS, new BatchOptions(20, 0, 5));
        int[] later = sampler.draw(2, 3);
        int[] first = sampler.draw(1, 0);

        assertThat(later).hasSize(20).doesNotHaveDuplicates().isSorted();
        assertThat(sampler(LABELS, new BatchOptions(20, 0, 5)).draw(1, 0)).isEqualTo(first);
        assertThat(sampler(LABELS, new BatchOptions(20, 0, 5)).draw(2, 3)).isEqualTo(later);
        assertThat(first).isNotEqualTo(later);
    }

    /** 3,000 draws of 20 of 60: each image comes 1,000 times on average, with a standard deviation of 26. */
    @Test
    void everyImageComesEquallyOften() {
        BatchSampler sampler = sampler(LABELS, new BatchOptions(20, 0, 5));
        int[] counts = new int[60];
        for (int step = 0; step < 3000; step++) {
            for (int row : sampler.draw(1, step)) {
                counts[row]++;
            }
        }
        assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(1000 - 5 * 26);
        assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(1000 + 5 * 26);
    }

    /** Each of the 6 sets of two images comes 1,000 times in 6,000 draws, with a standard deviation of 29. */
    @Test
    void allSetsOfImagesComeEquallyOften() {
        BatchSampler sampler = sampler(ClassLabels.of(0, 0, 1, 1), new BatchOptions(2, 0, 5));
        int[] counts = new int[16];
        for (int step = 0; step < 6000; step++) {
            int[] batch = sampler.draw(1, step);
            counts[1 << batch[0] | 1 << batch[1]]++;
        }
        assertThat(Arrays.stream(counts).filter(count -> count > 0).toArray()).hasSize(6);
        assertThat(Arrays.stream(counts).filter(count -> count > 0).min().orElseThrow())
                .isGreaterThan(1000 - 5 * 29);
    }

    /** Two of 60 by Floyd's algorithm, from the numbers of the stream at this epoch and step. */
    @Test
    void aDrawIsThatOfItsEpochAndStep() {
        UniformRandomProvider random = new RandomStreams(1).counter("batches").at(2, 3);
        int first = random.nextInt(59);
        int second = random.nextInt(60);
        int[] expected = {first, second == first ? 59 : second};
        Arrays.sort(expected);

        BatchSampler sampler = sampler(LABELS, new BatchOptions(2, 0, 5));

        assertThat(sampler.draw(2, 3)).isEqualTo(expected);
        assertThat(sampler.draw(3, 2)).isNotEqualTo(expected);
        assertThat(sampler.draw(1, 3)).isNotEqualTo(expected);
    }

    @Test
    void asManyImagesAsThereAreMakeOneBatch() {
        assertThat(sampler(LABELS, new BatchOptions(128, 0, 5)).draw(1, 0))
                .isEqualTo(IntStream.range(0, 60).toArray());
    }

    @Test
    void classesThatAreAskedForHaveEquallyManyImages() {
        BatchSampler sampler = sampler(LABELS, new BatchOptions(12, 3, 5));
        Set<Integer> drawn = new TreeSet<>();
        for (int step = 0; step < 20; step++) {
            int[] perClass = new int[6];
            for (int row : sampler.draw(1, step)) {
                perClass[LABELS.get(row)]++;
                drawn.add(LABELS.get(row));
            }
            assertThat(Arrays.stream(perClass).sorted().toArray()).containsExactly(0, 0, 0, 4, 4, 4);
        }
        assertThat(drawn).containsExactly(0, 1, 2, 3, 4, 5);
    }

    /** The last image is alone in its class: there is no similar pair that it could be in. */
    @Test
    void aClassOfOneImageIsNoneToDrawFrom() {
        BatchSampler sampler = sampler(ClassLabels.of(0, 0, 0, 1, 1, 1, 2), new BatchOptions(4, 2, 5));
        for (int step = 0; step < 50; step++) {
            assertThat(sampler.draw(1, step)).hasSize(4).doesNotContain(6);
        }
    }

    @Test
    void labelsThatShareImagesStillFillABatch() {
        boolean[] carried = new boolean[30 * 2];
        Arrays.fill(carried, true);
        int[] batch = sampler(LabelSets.of(30, 2, carried), new BatchOptions(10, 2, 5))
                .draw(1, 0);

        assertThat(batch).hasSize(10).doesNotHaveDuplicates();
    }

    private static BatchSampler sampler(Labels labels, BatchOptions options) {
        return new BatchSampler(labels, options, new RandomStreams(1).counter("batches"));
    }
}
