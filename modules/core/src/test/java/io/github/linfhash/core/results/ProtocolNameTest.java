package io.github.linfhash.core.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"cifar10", "A", "7", "fashion-mnist_2"})
    void isTheNameOfAFile(String name) {
        assertThat(ProtocolName.is(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "_x", "a.b", "../x", "a b", "\u00fc", "a\n"})
    void isNotAnyOther(String name) {
        assertThat(ProtocolName.is(name)).isFalse();
    }
}
