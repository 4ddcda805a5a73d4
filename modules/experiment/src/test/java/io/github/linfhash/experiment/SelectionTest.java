package io.github.linfhash.experiment;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.tuning.SearchTraces;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.results.schema.OptionValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
    @TempDir
    private Path folder;

    private static Protocol protocol(String name) throws IOException {
        return new ProtocolFiles(protocolFolder()).read(name);
    }

    private static Path protocolFolder() {
        return Path.of(System.getProperty("linfhash.home"), "protocols");
    }

    private static RunPlan plan(Selection selection) throws IOException {
        return plan(protocol("cifar10"), selection);
    }

    private static RunPlan plan(Protocol protocol, Selection selection) throws IOException {
        return RunPlan.of(
                protocol,
                selection,
                MethodRegistry.standard(),
                SearchTraces.in(
                        protocolFolder(),
                        Objects.requireNonNull(protocolFolder().getParent())));
    }

    @Test
    void aMethodStandsForItsRowsAndARowForItself() throws IOException {
        RunPlan some = plan(Selection.ALL
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
        RunPlan all = plan(Selection.ALL);
        assertThat(all.methods()).hasSameSizeAs(all.protocol().methods());
        assertThat(all.bits()).isEqualTo(all.protocol().bits());
        RunPlan quick = plan(Selection.ALL.quick(true));
        assertThat(quick.seeds()).isEqualTo(all.protocol().quick().seeds());
    }

    @Test
    void namesOfNothingAreRefused() {
        assertBadInput(() -> plan(Selection.ALL.ofMethods("ksh", ""))).hasMessageContaining("found an empty name");
        assertBadInput(() -> plan(Selection.ALL.ofMethods("nnh:best")))
                .hasMessageContaining("nnh:as-printed", "found 'nnh:best'");
    }

    /** The lengths that the protocol knows are 48, 64 and, as an entry of this configuration alone, 128. */
    @ParameterizedTest
    @CsvSource({"48, 100", "64, 64", "128, 128", "32, 100", "56, 100", "57, 64", "96, 64", "97, 128", "256, 128"})
    void aLengthThatIsNotKnownHasTheOptionsOfTheNearest(int bits, long anchors) throws IOException {
        String text = Files.readString(protocolFolder().resolve("fashion-mnist.yaml"));
        Path file = Files.writeString(
                folder.resolve("mine.yaml"),
                text.replace("name: fashion-mnist", "name: mine").replaceFirst("(?s)\nmethods:\n.*", """

                methods:
                  - name: ksh
                    options: {anchors: 100}
                    optionsAt: {64: {anchors: 64}, 128: {anchors: 128}}
                """));
        Protocol mine = new ProtocolFiles(folder).read(file.toString());
        ConfiguredMethod<?> ksh =
                plan(mine, Selection.ALL.ofMethods("ksh")).methods().get(0);
        assertThat(ksh.configuration(List.of(bits)).optionsOf(bits)).containsEntry("anchors", OptionValue.of(anchors));
        assertThat(ksh.at(bits).optionValues()).containsEntry("anchors", (int) anchors);
    }

    /** Kept runs of any part of a protocol are shown with the options that they would be run with now. */
    @Test
    void aPlanKnowsWhatItDoesNotRun() throws IOException {
        RunPlan plan = plan(Selection.ALL.ofMethods("lsh").atBits(48));
        assertThat(plan.methods()).extracting(ConfiguredMethod::entry).containsExactly("lsh");
        assertThat(plan.known())
                .extracting(ConfiguredMethod::entry)
                .contains("lsh", "ksh:tuned", "nnh:as-printed", "sgh")
                .doesNotHaveDuplicates();
    }

    @Test
    void theShortVersionRunsNoVariants() throws IOException {
        Path file = Files.writeString(
                folder.resolve("varied.yaml"),
                Files.readString(protocolFolder().resolve("fashion-mnist.yaml"))
                                .replace("name: fashion-mnist", "name: varied")
                        + "variants: [{name: tied, method: deep-linf, options: {stageWeights: tied}}]\n");
        RunPlan plan = plan(new ProtocolFiles(folder).read(file.toString()), Selection.ALL.ofMethods("lsh"));
        assertThat(plan.variants(false)).hasSize(1);
        assertThat(plan.with(Selection.ALL.quick(true)).variants(true)).isEmpty();
    }
}
