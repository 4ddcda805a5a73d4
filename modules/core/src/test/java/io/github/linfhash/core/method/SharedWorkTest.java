package io.github.linfhash.core.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedWorkTest {
    @Test
    void aValueIsComputedOnceWhoeverAsks() {
        AtomicInteger computed = new AtomicInteger();
        SharedWork work = SharedWork.remembering();

        List<Integer> values = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> work.get(Integer.class, "key " + i % 4, computed::incrementAndGet))
                .toList();

        assertThat(computed).hasValue(4);
        assertThat(values).containsOnly(1, 2, 3, 4);
    }

    @Test
    void keysOfOtherClassesAreOtherKeys() {
        SharedWork work = SharedWork.remembering();
        assertThat(work.get(Integer.class, "key", () -> 7)).isEqualTo(7);
        assertThat(work.get(String.class, "key", () -> "seven")).isEqualTo("seven");
    }

    @Test
    void withoutSharingEverythingIsComputedWhenItIsAskedFor() {
        AtomicInteger computed = new AtomicInteger();
        SharedWork.NONE.get(Integer.class, "key", computed::incrementAndGet);
        assertThat(SharedWork.NONE.get(Integer.class, "key", computed::incrementAndGet))
                .isEqualTo(2);
    }
}
