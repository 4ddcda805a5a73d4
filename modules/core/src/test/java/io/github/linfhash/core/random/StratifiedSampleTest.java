package io.github.linfhash.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedSampleTest {
    /** Rows 0, 3, 6, ... have class 5, rows 1, 4, 7, ... class 9, the others class 2. */
    private static final int ROWS = 30;

    private static final ClassLabels LABELS = ClassLabels.of(
            IntStream.range(0, ROWS).map(row -> new int[] {5, 9, 2}[row % 3]).toArray());

    @Test
    void eachClassGivesAsManyOfItsRowsInAscendingOrderOfClasses() {
        List<int[]> samples = StratifiedSample.draw(LABELS, 4, new RandomStreams(1).stream("s"));
        assertThat(samples).hasSize(3);
        int[] remainders = {2, 0, 1};
        for (int c = 0; c < 3; c++) {
            int remainder = remainders[c];
            assertThat(samples.get(c)).hasSize(4).doesNotHaveDuplicates();
            assertThat(Arrays.stream(samples.get(c))).allMatch(row -> row % 3 == remainder);
        }
        assertThat(StratifiedSample.ascending(samples, 1, 3)).hasSize(6).isSorted();
        assertThat(StratifiedSample.ascending(samples, 0, 4))
                .containsExactlyInAnyOrder(
                        samples.stream().flatMapToInt(IntStream::of).toArray());
    }

    @Test
    void rowsLeftOutAreNotDrawn() {
        BitSet leftOut = new BitSet();
        leftOut.set(3, ROWS - 3);
        List<int[]> samples = StratifiedSample.draw(LABELS, leftOut, 2, new RandomStreams(1).stream("s"));
        assertThat(samples.get(0)).containsExactlyInAnyOrder(2, 29);
        assertThat(samples.get(1)).containsExactlyInAnyOrder(0, 27);
        assertThat(samples.get(2)).containsExactlyInAnyOrder(1, 28);
        leftOut.set(2);
        assertThatThrownBy(() -> StratifiedSample.draw(LABELS, leftOut, 2, new RandomStreams(1).stream("s")))
                .isInstanceOf(InputException.class)
                .hasMessage("class 2 has too few images: expected at least 2 to draw from, found 1");
    }
}
