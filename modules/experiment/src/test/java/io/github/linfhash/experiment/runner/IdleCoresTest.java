package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.parallel.SpareCores;
import org.junit.jupiter.api.Test;

class IdleCoresTest {
    @Test
    void aCoreIsSpareOnceARunEndsThatNoOtherFollows() {
        // Two workers, five runs, no core beyond the workers.
        IdleCores cores = new IdleCores(new SpareCores(0), 3);
        for (int ended = 1; ended <= 3; ended++) {
            cores.ended();
            assertThat(cores.spare().tryTake()).isFalse();
        }
        cores.ended();
        assertThat(cores.spare().tryTake()).isTrue();
        assertThat(cores.spare().tryTake()).isFalse();
    }

    @Test
    void coresBeyondTheWorkersAreSpareFromTheBeginning() {
        IdleCores cores = new IdleCores(new SpareCores(2), 1);
        assertThat(cores.spare().tryTake()).isTrue();
        assertThat(cores.spare().tryTake()).isTrue();
        assertThat(cores.spare().tryTake()).isFalse();
    }
}
