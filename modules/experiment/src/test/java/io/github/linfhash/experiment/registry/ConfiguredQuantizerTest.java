package io.github.linfhash.experiment.registry;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.protocols.protocol.QuantizerEntry;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.product.OptimizedProductQuantizer;
import io.github.linfhash.quantizers.rabitq.RaBitQ;
import io.github.linfhash.quantizers.sign.ItqSign;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfiguredQuantizerTest {
    private static QuantizerEntry entry(String name, @Nullable List<Integer> bits, Map<String, Object> options) {
        return new QuantizerEntry(name, "some", options, bits, null, null, null);
    }

    private static ConfiguredQuantizer of(QuantizerEntry entry, Integer... lengths) {
        return ConfiguredQuantizer.of(entry, 384, List.of(lengths), "here");
    }

    @Test
    void hasAtEachLengthWhatFits() {
        ConfiguredQuantizer rabitq = of(entry("rabitq", null, Map.of("bits", 2)), 192, 384);
        // 24 and 48 bytes, less 8 of side information, at 2 bits a dimension.
        assertThat(rabitq.at())
                .hasEntrySatisfying(192, one -> assertThat(one.options()).isEqualTo(new RaBitQ.Options(2, 64, 4, 32)));
        assertThat(rabitq.at())
                .hasEntrySatisfying(384, one -> assertThat(one.options()).isEqualTo(new RaBitQ.Options(2, 160, 4, 32)));
        assertThat(rabitq.configuration().label()).isEqualTo("RaBitQ, some");
        assertThat(rabitq.configuration().optionsOf(384))
                .hasEntrySatisfying(
                        "dimensions", value -> assertThat(value.toString()).contains("160"));
    }

    @Test
    void isNotThereWhereItWouldBeTheCodeOfAShorterLength() {
        ConfiguredQuantizer sign =
                of(entry("sign", null, Map.of("centered", true, "distance", "hamming")), 192, 384, 448, 768);
        assertThat(sign.at().keySet()).containsExactly(384);
    }

    @Test
    void isRunAtTheLengthsThatItSays() {
        ConfiguredQuantizer rabitq = of(entry("rabitq", List.of(384), Map.of("bits", 2)), 192, 384);
        assertThat(rabitq.at().keySet()).containsExactly(384);
    }

    @Test
    void severalChoicesAreRefused() {
        assertBadInput(() -> of(entry("rabitq", null, Map.of()), 384))
                .hasMessageStartingWith(
                        "here, quantizer rabitq:some: expected options that leave one choice at 384 bits, found");
    }

    /** Options that an entry leaves open take their standard values; those that it names keep theirs. */
    @Test
    void optionsThatNobodyAsksForAreTheStandard() {
        assertThat(of(entry("rabitq", null, Map.of("bits", 2)), 448).at().values())
                .extracting(one -> one.options())
                .containsExactly(new RaBitQ.Options(2, 192, 4, 32));
        assertThat(of(entry("rabitq", null, Map.of("bits", 2, "queryBits", 0, "termBits", 16)), 448)
                        .at()
                        .values())
                .extracting(one -> one.options())
                .containsExactly(new RaBitQ.Options(2, 208, 0, 16));
    }

    /** A protocol sets how long and on how many vectors a quantizer is trained; the size of its codes stays that of the length. */
    @Test
    void trainingIsAsLongAsTheEntryAsks() {
        assertThat(of(entry("opq", null, Map.of("rounds", 10, "iterations", 25)), 192, 384)
                        .at()
                        .values())
                .extracting(one -> one.options())
                .containsExactly(
                        new OptimizedProductQuantizer.Options(24, 10, 25, 10_240),
                        new OptimizedProductQuantizer.Options(48, 10, 25, 10_240));
        assertThat(of(entry("itq", null, Map.of("distance", "hamming", "iterations", 50)), 192)
                        .at()
                        .values())
                .extracting(one -> one.options())
                .containsExactly(new ItqSign.Options(192, 50, 16_384, Distance.HAMMING));
        assertBadInput(() -> of(entry("pq", null, Map.of("iterations", 0)), 192))
                .hasMessageStartingWith("here, quantizer pq:some: iterations: ");
        assertBadInput(() -> of(entry("sign", null, Map.of("iterations", 5)), 384))
                .hasMessageEndingWith("found 'iterations'");
    }

    @Test
    void otherNamesOptionsAndLengthsAreRefused() {
        assertThatThrownBy(() -> of(entry("rabbit", null, Map.of()), 384))
                .hasMessageStartingWith("here: expected as quantizer one of sign, ")
                .hasMessageEndingWith("found 'rabbit' (did you mean 'rabitq'?)");
        assertThatThrownBy(() -> of(entry("rabitq", null, Map.of("bytes", 3)), 384))
                .hasMessage(
                        "here, quantizer rabitq:some: expected as options some of bits, dimensions, queryBits, termBits,"
                                + " found 'bytes'");
        assertThatThrownBy(() -> of(entry("float32", null, Map.of()), 384))
                .hasMessageStartingWith(
                        "here, quantizer float32:some: expected options that fit vectors of 384 dimensions");
    }
}
