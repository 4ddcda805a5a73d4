package io.github.linfhash.core.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
    record Options(
            @Range(least = 1) int anchors,
            @Range(least = 1, most = 100_000) int iterations,
            @Range(above = 0) double bandwidth,
            @Range(above = 0, most = 1) double share,
            @Range(least = 0, below = 0.99) double dropout,
            @Range(least = 1e-12, most = 1e12) double ridge,
            @Range(above = 0, below = 1) double threshold,
            @Range(most = 8) int bits,
            @Range(below = 2.5) double margin,
            String free) {
        Options {
            Ranges.check(
                    Options.class,
                    anchors,
                    iterations,
                    bandwidth,
                    share,
                    dropout,
                    ridge,
                    threshold,
                    bits,
                    margin,
                    free);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "anchors, at least 1",
        "iterations, from 1 to 100000",
        "bandwidth, above 0",
        "share, above 0 and at most 1",
        "dropout, at least 0 and below 0.99",
        "ridge, from 1e-12 to 1e12",
        "threshold, above 0 and below 1",
        "bits, at most 8",
        "margin, below 2.5"
    })
    void aRangeReadsAsWords(String name, String text) {
        OptionEntry entry = OptionEntry.of(fine()).stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow();

        assertThat(Ranges.text(Objects.requireNonNull(entry.range()))).isEqualTo(text);
    }

    private static Options fine() {
        return new Options(1, 100_000, Double.MIN_VALUE, 1, 0, 1e12, 0.5, 8, 2.4, "");
    }

    @Test
    void theBoundsOfAClosedRangeAreInIt() {
        assertThatCode(RangesTest::fine).doesNotThrowAnyException();
    }

    @Test
    void aWholeNumberOutsideIsRefusedByName() {
        assertThatThrownBy(() -> new Options(0, 1, 1, 1, 0, 1, 0.5, 8, 2, ""))
                .isInstanceOf(InputException.class)
                .hasMessage("anchors: expected a whole number of at least 1, found 0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNotAboveAnOpenBoundOrNotFiniteIsRefused(double bandwidth) {
        assertThatThrownBy(() -> new Options(1, 1, bandwidth, 1, 0, 1, 0.5, 8, 2, ""))
                .isInstanceOf(InputException.class)
                .hasMessage("bandwidth: expected a number above 0, found " + bandwidth);
    }

    @Test
    void everyComponentNeedsAValue() {
        assertThatThrownBy(() -> Ranges.check(Options.class, 1, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
