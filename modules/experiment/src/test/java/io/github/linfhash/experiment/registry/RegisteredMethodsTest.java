package io.github.linfhash.experiment.registry;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.experiment.registry.ConfiguredMethod.Searches;
import io.github.linfhash.io.binding.OptionPaths;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.results.schema.OptionValue.OptionOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegisteredMethodsTest {
    static List<MethodSpec<?>> all() {
        return MethodRegistry.standard().all();
    }

    @Test
    void holdsTheMethodsOfThePaperAndTheUnsupervisedFloor() {
        assertThat(all())
                .extracting(MethodSpec::name)
                .contains("ksh", "agh1", "agh2", "psh", "ldahash", "nnh", "snnh", "deep-linf", "lsh", "itq", "sh");
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyOptionSaysWhereItsDefaultComesFrom(MethodSpec<?> spec) {
        assertThat(OptionEntry.of(spec.defaults()))
                .allSatisfy(entry -> assertThat(entry.origin()).as(entry.name()).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("all")
    void optionsSurviveTheWayThroughAProtocolFile(MethodSpec<?> spec) {
        ConfiguredMethod<?> configured = MethodRegistry.standard().configure(spec.name(), Map.of(), "here");
        assertThat(configured.options()).isEqualTo(spec.defaults());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyNumberHasARangeAndIsRefusedOutsideIt(MethodSpec<?> spec) {
        for (OptionEntry entry : OptionEntry.of(spec.defaults())) {
            if (!(entry.value() instanceof Number)) {
                continue;
            }
            assertThat(entry.range()).as("%s of %s", entry.name(), spec.name()).isNotNull();
            for (Number outside : outside(entry)) {
                Map<String, Object> options = OptionPaths.nest(Map.of(entry.name(), outside));
                assertBadInput(() -> MethodRegistry.standard().configure(spec.name(), options, "here"))
                        .hasMessageContaining(
                                entry.name().substring(entry.name().lastIndexOf('.') + 1) + ": expected ")
                        .hasMessageEndingWith(
                                Ranges.text(Objects.requireNonNull(entry.range())) + ", found " + outside);
            }
        }
    }

    /** Numbers just outside a range, those not finite among them. */
    private static List<Number> outside(OptionEntry entry) {
        Range range = Objects.requireNonNull(entry.range());
        double least = Math.max(range.least(), range.above());
        double most = Math.min(range.most(), range.below());
        if (entry.value() instanceof Integer) {
            return Double.isFinite(most) ? List.of((int) least - 1, (int) most + 1) : List.of((int) least - 1);
        }
        List<Number> numbers = new ArrayList<>(List.of(least - 1e-3));
        if (Double.isFinite(range.above())) {
            numbers.add(range.above());
        }
        if (Double.isFinite(most)) {
            numbers.add(Double.isFinite(range.below()) ? most : Math.nextUp(most));
        }
        return numbers;
    }

    @Test
    void anOptionOfAGroupLeavesTheOthersAsTheyAre() {
        Map<String, Object> options = Map.of("training", Map.of("learningRate", 0.5));
        ConfiguredMethod<?> configured = MethodRegistry.standard().configure("nnh", options, "here");
        assertThat(OptionEntry.of(configured.options()))
                .filteredOn(entry -> entry.name().startsWith("training."))
                .extracting(OptionEntry::value)
                .contains(0.5)
                .contains(128);
        assertThat(configured.hash())
                .isNotEqualTo(MethodRegistry.standard()
                        .configure("nnh", Map.of(), "here")
                        .hash());
    }

    @Test
    void summariesSayWhetherTheMethodTheProtocolOrASearchSetAnOption() {
        ConfiguredMethod<?> configured = MethodRegistry.standard().configure("ksh", Map.of("anchors", 20), "here");
        assertThat(configured.configuration(List.of()).origins())
                .containsEntry("anchors", new OptionOrigin(OptionOrigin.Source.PROTOCOL, "set by the protocol"))
                .hasEntrySatisfying(
                        "costTolerance",
                        origin -> assertThat(origin.source()).isEqualTo(OptionOrigin.Source.RELEASED_CODE));
        ConfiguredMethod<?> tuned = tuned(configured);
        assertThat(tuned.configuration(List.of()).origins())
                .containsEntry("anchors", new OptionOrigin(OptionOrigin.Source.TUNED, "linfhash tune x"))
                .containsEntry(
                        "costTolerance",
                        configured.configuration(List.of()).origins().get("costTolerance"));
        assertThat(tuned.hash()).isEqualTo(configured.hash());
    }

    private static <O extends Record> ConfiguredMethod<O> tuned(ConfiguredMethod<O> method) {
        MethodEntry entry = StrictReader.convert(
                "test", Map.of("name", method.name(), "tunedBy", "linfhash tune x"), MethodEntry.class);
        return new ConfiguredMethod<>(
                method.spec(), entry, method.options(), method.optionsAt(), Searches.declared(entry));
    }

    @Test
    void unknownAndWrongOptionsAreNamed() {
        assertBadInput(() -> MethodRegistry.standard().configure("ksh", Map.of("ancors", 3), "Protocol x"))
                .hasMessageContainingAll("Protocol x, method ksh", "'ancors'", "anchors");
        assertBadInput(() -> MethodRegistry.standard().configure("ksh", Map.of("anchors", -1), "Protocol x"))
                .hasMessageContaining("-1");
    }
}
