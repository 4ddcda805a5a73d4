package io.github.linfhash.quantizers.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NearerCodesTest {
    private static final float[] OF_NEIGHBORS = {1, 3, 2, 2};

    @Test
    void countsOfPartsAddUp() {
        NearerCodes some = new NearerCodes(2, OF_NEIGHBORS);
        some.count(0, new float[] {0, 1, 3, 4});
        some.count(1, new float[] {2, 2.5f});
        NearerCodes others = new NearerCodes(2, OF_NEIGHBORS);
        others.count(0, new float[] {3, 3, 2});
        others.count(1, new float[] {-1, 2, 2});
        some.add(others.toNearer(), others.toEqual());

        assertThat(some.queries()).isEqualTo(2);
        assertThat(some.toNearer()).containsExactly(1, 3, 1, 1);
        assertThat(some.toEqual()).containsExactly(1, 3, 3, 3);
        assertThat(some.nearer(0, 1)).isEqualTo(3);
        assertThat(some.equal(1, 0)).isEqualTo(3);
    }
}
