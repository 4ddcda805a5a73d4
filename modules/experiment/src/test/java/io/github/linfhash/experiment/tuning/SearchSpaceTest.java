package io.github.linfhash.experiment.tuning;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.training.LossKind;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.tuning.SearchSpace.SearchRange;
import io.github.linfhash.io.binding.OptionPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchSpaceTest {
    private static final Path TUNING = Path.of(System.getProperty("linfhash.home"), "protocols", "tuning");
    private static final Map<String, SearchRange> RANGES = Map.of(
            "lambda", SearchRange.logarithmic(0.1, 10.0),
            "training.epochs", SearchRange.of(List.of(10, 20)));
    private static final SearchSpace SPACE = new SearchSpace(
            SearchSpace.SCHEMA,
            "for tests",
            3,
            2,
            1,
            List.of(Criterion.MAP),
            new SearchSpace.Epochs(1, List.of()),
            List.of(16),
            Map.of("deep-linf", RANGES));

    private static SearchSpace sized(int trials, int folds, int trainings, int bits) {
        return new SearchSpace(
                SearchSpace.SCHEMA,
                "for tests",
                trials,
                folds,
                trainings,
                List.of(Criterion.MAP),
                new SearchSpace.Epochs(1, List.of()),
                List.of(bits),
                Map.of("deep-linf", RANGES));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2, 1, 16, expected 1 to 100000 trials; found 0",
        "100001, 2, 1, 16, expected 1 to 100000 trials; found 100001",
        "3, 1, 1, 16, expected 2 to 100 folds; found 1",
        "3, 101, 1, 16, expected 2 to 100 folds; found 101",
        "3, 2, 0, 16, expected 1 to 100 trainings; found 0",
        "3, 2, 101, 16, expected 1 to 100 trainings; found 101",
        "3, 2, 1, 0, expected code lengths from 1 to 4096; found 0",
        "3, 2, 1, 4097, expected code lengths from 1 to 4096; found 4097"
    })
    void sizesHaveLimits(int trials, int folds, int trainings, int bits, String message) {
        assertThatThrownBy(() -> sized(trials, folds, trainings, bits))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message.replace(';', ','));
        assertThat(sized(1, 2, 1, 1).trials()).isEqualTo(1);
        assertThat(sized(100_000, 100, 100, 4096).folds()).isEqualTo(100);
    }

    @Test
    void epochsHaveFinalistsAndFactors() {
        assertThat(new SearchSpace.Epochs(1, List.of(0.5, 64.0)).factors()).hasSize(2);
        assertThatThrownBy(() -> new SearchSpace.Epochs(0, List.of()))
                .hasMessage("expected at least 1 finalist, found 0");
        for (double factor : new double[] {0, -1, 64.5, Double.NaN}) {
            assertThatThrownBy(() -> new SearchSpace.Epochs(1, List.of(factor)))
                    .hasMessageStartingWith("expected factors above 0 and at most 64, found");
        }
    }

    @Test
    void drawsWithinTheRangesAndEvenlyOnALogarithmicScale() {
        UniformRandomProvider random = new RandomStreams(1).stream("test");
        int below = 0;
        for (int i = 0; i < 2000; i++) {
            Map<String, Object> drawn = SearchSpace.draw(SPACE.of("deep-linf"), random);
            double lambda = (double) requireNonNull(drawn.get("lambda"));
            assertThat(lambda).isBetween(0.1, 10.0);
            assertThat(drawn.get("training.epochs")).isIn(10, 20);
            below += lambda < 1 ? 1 : 0;
        }
        // Half of the draws lie below the geometric middle; five standard deviations are 112.
        assertThat(below).isBetween(888, 1112);
    }

    @Test
    void nestsOptionsByPath() {
        assertThat(OptionPaths.nest(Map.of("lambda", 1.0, "training.epochs", 10, "training.margin", 5)))
                .isEqualTo(Map.of("lambda", 1.0, "training", Map.of("epochs", 10, "margin", 5)));
    }

    @Test
    void oneLossHasItsOwnOptionsAlone() throws IOException {
        SearchSpace losses = SearchSpace.read(Path.of("../../protocols/tuning/losses.yaml"));
        SearchSpace dch = losses.withLoss("dch", List.of("nnh", "snnh"));
        assertThat(dch.methods()).containsOnlyKeys("nnh", "snnh");
        assertThat(dch.of("snnh"))
                .containsEntry("training.loss", SearchRange.of(List.of("dch")))
                .containsKeys("threshold", "training.losses.dch.gamma", "training.losses.dch.quantization")
                .hasSize((int) losses.of("snnh").keySet().stream()
                        .filter(path -> !path.startsWith("training.losses.") || path.startsWith("training.losses.dch."))
                        .count());
        assertThat(losses.withLoss("contrastive", List.of("nnh")).of("nnh").keySet())
                .noneMatch(path -> path.startsWith("training.losses."));
        assertBadInput(() -> losses.withLoss("hinge", List.of("nnh")))
                .hasMessageContaining("expected a loss of the search space for nnh, one of [contrastive, dsh,")
                .hasMessageEndingWith("found 'hinge'");
        assertBadInput(() -> SPACE.withLoss("dch", List.of("deep-linf")))
                .hasMessage("expected a loss of the search space for deep-linf, which has none, found 'dch'");
    }

    @Test
    void eachLossHasDrawsOfItsOwn() throws IOException {
        SearchSpace losses = SearchSpace.read(TUNING.resolve("losses.yaml"));
        List<Object> gains = new ArrayList<>();
        for (Object loss : requireNonNull(
                requireNonNull(losses.of("nnh").get("training.loss")).values())) {
            SearchSpace one = losses.withLoss(loss.toString(), List.of("nnh"));
            gains.add(SearchSpace.draw(one.of("nnh"), new RandomStreams(0).stream(one.stream("nnh", 48)))
                    .get("gain.value"));
        }
        assertThat(gains).hasSize(7).doesNotHaveDuplicates();
        assertThat(losses.stream("nnh", 48)).isEqualTo("tuning/nnh/48");
    }

    @Test
    void defaultsAreTheMethodsOwnAndOfOneLossThoseForIt() throws IOException {
        SearchSpace losses = SearchSpace.read(Path.of("../../protocols/tuning/losses.yaml"));
        SearchRange all = requireNonNull(losses.of("nnh").get("training.loss"));
        for (Object loss : requireNonNull(all.values())) {
            for (String method : List.of("nnh", "snnh", "deep-linf")) {
                Map<String, Object> defaults =
                        losses.withLoss(loss.toString(), List.of(method)).defaults(method);
                assertThat(defaults).containsEntry("training.loss", loss).doesNotContainKey("training.learningRate");
                // Options that do not go together are refused here.
                MethodRegistry.standard().configure(method, OptionPaths.nest(defaults), "space");
                assertThat(losses.defaults(method)).isEmpty();
            }
        }
    }

    @Test
    void aSearchOfOneClassifierJudgesTheDefaultsForIt() throws IOException {
        assertThat(SearchSpace.read(TUNING.resolve("class-network.yaml")).defaults("class-codes"))
                .isEqualTo(Map.of("classifier", "network", "training.epochs", 100));
        SearchSpace standard = SearchSpace.read(TUNING.resolve("standard.yaml"));
        assertThat(standard.defaults("class-codes")).isEmpty();
        assertThat(standard.withFixed(Map.of("classifier", "linear"), List.of("class-codes"))
                        .defaults("class-codes"))
                .isEqualTo(Map.of("classifier", "linear"));
    }

    /** The order of options decides what is drawn: more of them would be another search. */
    @Test
    void theSearchOfClassCodesIsThatOfTheKernelUnlessAskedOtherwise() throws IOException {
        assertThat(SearchSpace.read(TUNING.resolve("standard.yaml")).of("class-codes"))
                .containsOnlyKeys("gamma", "lambda", "temperature");
    }

    @Test
    void namesTheMethodsThatAreSearched() {
        assertBadInput(() -> SPACE.of("ksh")).hasMessageContainingAll("'ksh'", "deep-linf");
    }

    @Test
    void aRangeIsAListOrAnInterval() {
        assertThatThrownBy(() -> SearchRange.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SearchRange(List.of(1), 1.0, 2.0, null, null, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SearchRange.logarithmic(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SearchRange.logarithmic(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "class-network"})
    void theCommittedSpaceFitsTheOptionsOfEveryMethodItNames(String name) throws IOException {
        SearchSpace committed = SearchSpace.read(TUNING.resolve(name + ".yaml"));
        UniformRandomProvider random = new RandomStreams(2).stream("test");
        for (String method : committed.methods().keySet()) {
            for (int i = 0; i < 50; i++) {
                Map<String, Object> options = OptionPaths.nest(SearchSpace.draw(committed.of(method), random));
                assertThat(MethodRegistry.standard()
                                .configure(method, options, "space")
                                .name())
                        .isEqualTo(method);
            }
        }
    }

    @Test
    void theSearchSpaceOfLossesHasEveryLossOfLabelsForEveryEncoder() throws IOException {
        SearchSpace space = SearchSpace.read(TUNING.resolve("losses.yaml"));
        assertThat(space.methods()).containsOnlyKeys("nnh", "snnh", "deep-linf");
        space.methods().forEach((method, ranges) -> {
            Map<String, Object> first = new LinkedHashMap<>();
            ranges.forEach((path, range) -> first.put(
                    path,
                    requireNonNull(
                            range.values() == null
                                    ? range.from()
                                    : range.values().get(0))));
            SearchRange searched = requireNonNull(ranges.get("training.loss"));
            for (LossKind loss : LossKind.values()) {
                if (loss.learns() == LossKind.Learns.SOLUTIONS) {
                    // Has a file of its own, and no use for labels.
                    continue;
                }
                assertThat(searched.values()).contains(loss.word());
                first.put("training.loss", loss.word());
                MethodRegistry.standard().configure(method, OptionPaths.nest(first), "losses.yaml");
            }
        });
    }
}
