package io.github.linfhash.experiment;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.Comparison;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static Protocol protocol(String name) throws IOException {
        return new ProtocolFiles(Path.of(System.getProperty("linfhash.home"), "protocols")).read(name);
    }

    private static Comparison comparison(Selection selection) throws IOException {
        return selection.comparison(protocol("cifar10"), MethodRegistry.standard());
    }

    @Test
    void aMethodStandsForItsRowsAndARowForItself() throws IOException {
        Comparison some = comparison(Selection.ALL
                .ofMethods("deep-linf:tuned", "lsh", "nnh")
                .atBits(48)
                .withSeeds(3L));
        assertThat(some.methods())
                .extracting(ConfiguredMethod::entry)
                .containsExactly("deep-linf:tuned", "lsh", "nnh:as-printed", "nnh:tuned");
        assertThat(some.bits()).containsExactly(48);
        assertThat(some.seeds()).containsExactly(3L);
    }

    /** So that the first report takes no longer than it must; protocol cifar10 has the encoders as published, too. */
    @Test
    void theDefaultProtocolRunsEachMethodInOneConfiguration() throws IOException {
        assertThat(protocol("fashion-mnist").methods())
                .extracting(MethodEntry::name)
                .doesNotHaveDuplicates()
                .contains("ksh", "nnh", "snnh", "deep-linf", "class-codes");
    }

    @Test
    void withoutNamesItIsAllThatTheProtocolSays() throws IOException {
        Comparison all = comparison(Selection.ALL);
        assertThat(all.methods()).hasSameSizeAs(all.protocol().methods());
        assertThat(all.bits()).isEqualTo(all.protocol().bits());
        Comparison quick = comparison(Selection.ALL.quick(true));
        assertThat(quick.seeds()).isEqualTo(all.protocol().quick().seeds());
    }

    @Test
    void namesOfNothingAreRefused() {
        assertBadInput(() -> comparison(Selection.ALL.ofMethods("ksh", "")))
                .hasMessageContaining("found an empty name");
        assertBadInput(() -> comparison(Selection.ALL.ofMethods("nnh:best")))
                .hasMessageContaining("nnh:as-printed", "found 'nnh:best'");
    }
}
