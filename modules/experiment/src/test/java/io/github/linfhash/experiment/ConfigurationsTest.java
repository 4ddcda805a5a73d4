package io.github.linfhash.experiment;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Configuration.Effort;
import io.github.linfhash.results.schema.Configuration.SearchSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of a protocol that has a method in two configurations, one of them with options by code length and a variant. */
class ConfigurationsTest extends OnTinyHome {
    private static final Selection BOTH = Selection.ALL.ofMethods("deep-linf").withSeeds(0L);

    @BeforeEach
    void writeProtocol() throws IOException {
        String tiny = Files.readString(path("protocols/tiny.yaml"));
        Files.writeString(
                path("protocols/rows.yaml"),
                tiny.replace("name: tiny", "name: rows")
                        + "variants: [{name: tied, method: deep-linf, variant: tuned, options: {stageWeights: tied}}]\n");
        edit("rows", """
                  - name: deep-linf
                    options: {training: {epochs: 2, pairsPerEpoch: 1280}}
                """, """
                  - name: deep-linf
                    variant: as-printed
                    note: A note.
                    options: {training: {epochs: 2, pairsPerEpoch: 1280}}
                  - name: deep-linf
                    variant: tuned
                    options: {lambda: 0.5, training: {epochs: 3, pairsPerEpoch: 1280}}
                    optionsAt: {12: {lambda: 0.8, training: {epochs: 4, margin: 4}}}
                    tunedBy: a search
                """);
        edit("rows", "  seeds: [0]\n", "  seeds: [0]\n  options: {deep-linf: {training: {epochs: 1}}}\n");
    }

    private static Configuration method(Results results, String entry) {
        return results.protocol().methods().stream()
                .filter(method -> method.entry().equals(entry))
                .findFirst()
                .orElseThrow();
    }

    private static int epochs(Results results, String entry, int bits) {
        return Objects.requireNonNull(results.runs(entry, bits).get(0).curves().get("loss")).length;
    }

    @Test
    void eachIsTrainedWithItsOptionsAndThoseOfItsLengthsAndResultsSaySo() throws IOException {
        Results results = run("rows", BOTH);
        assertThat(results.protocol().methodNames()).containsExactly("deep-linf:as-printed", "deep-linf:tuned");
        assertThat(results.runs())
                .extracting(run -> run.key().toString())
                .containsExactlyInAnyOrder(
                        "deep-linf:as-printed-8-seed0",
                        "deep-linf:tuned-8-seed0",
                        "deep-linf:as-printed-12-seed0",
                        "deep-linf:tuned-12-seed0");
        assertThat(epochs(results, "deep-linf:as-printed", 8)).isEqualTo(2);
        assertThat(epochs(results, "deep-linf:as-printed", 12)).isEqualTo(2);
        assertThat(epochs(results, "deep-linf:tuned", 8)).isEqualTo(3);
        assertThat(epochs(results, "deep-linf:tuned", 12)).isEqualTo(4);
        Configuration tuned = method(results, "deep-linf:tuned");
        assertThat(tuned.optionsAt()).hasToString("{12={lambda=0.8, training.epochs=4, training.margin=4.0}}");
        assertThat(tuned.optionsOf(8).get("lambda")).hasToString("0.5");
        assertThat(tuned.optionsOf(12).get("training.margin")).hasToString("4.0");
        assertThat(String.valueOf(tuned.origins().get("lambda"))).contains("a search");
        assertThat(method(results, "deep-linf:as-printed").note()).isEqualTo("A note.");
        Results tied = ResultsJson.read(path("out/variants/tied/results.json"));
        assertThat(epochs(tied, "deep-linf:tuned", 12)).isEqualTo(4);
        assertThat(method(tied, "deep-linf:tuned").options().get("stageWeights"))
                .hasToString("tied");
        assertThat(method(tied, "deep-linf:tuned").optionsAt()).isEqualTo(tuned.optionsAt());
    }

    @Test
    void theShortVersionChangesOptionsOfAllConfigurations() throws IOException {
        Results results = run("rows", Selection.ALL.quick(true));
        assertThat(epochs(results, "deep-linf:as-printed", 8)).isEqualTo(1);
        assertThat(epochs(results, "deep-linf:tuned", 8)).isEqualTo(1);
        assertThat(method(results, "deep-linf:as-printed").options().get("lambda"))
                .hasToString("1.0");
        assertThat(method(results, "deep-linf:tuned").optionsOf(8).toString())
                .contains("lambda=0.5", "training.pairsPerEpoch=1280");
        assertThat(path("out/variants")).doesNotExist();
    }

    @Test
    void runsAndQueriesHaveFilesOfTheirOwnAndAreFoundAgain() throws IOException {
        Selection short8 = BOTH.atBits(8);
        Results first = run("rows", short8);
        List<String> names = files("runs");
        assertThat(names).hasSize(2).allMatch(name -> name.matches("deep-linf\\.(tuned|as-printed)-8-seed0-.*json"));
        assertThat(files("queries")).hasSize(2).allMatch(name -> name.startsWith("deep-linf."));
        Path file = path("out/runs").resolve(names.get(0));
        Object written = Files.getLastModifiedTime(file);
        assertThat(ResultsJson.text(run("rows", short8))).isEqualTo(ResultsJson.text(first));
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
        run("rows", Selection.ALL.ofMethods("ksh").atBits(8).withSeeds(0L));
        assertThat(files("runs")).anyMatch(name -> name.matches("ksh-8-seed0-[0-9a-f]{16}\\.json"));
    }

    /** The name of a run has a hash of its options, and the file of a run has those that it was trained with. */
    @Test
    void aRunIsComputedAnewIfItsLengthHasOtherOptionsAndNoOtherIs() throws IOException {
        Selection tuned = BOTH.ofMethods("deep-linf:tuned");
        run("rows", tuned);
        List<String> before = files("runs");
        edit("rows", "lambda: 0.8", "lambda: 0.6");
        Results after = run("rows", tuned);
        assertThat(files("runs")).hasSize(3).containsAll(before);
        assertThat(files("runs")).filteredOn(name -> name.contains("-8-")).hasSize(1);
        assertThat(method(after, "deep-linf:tuned").optionsOf(12).get("lambda")).hasToString("0.6");
        String added = files("runs").stream()
                .filter(name -> !before.contains(name))
                .findFirst()
                .orElseThrow();
        Configuration alone = ResultsJson.read(path("out/runs").resolve(added))
                .protocol()
                .methods()
                .get(0);
        assertThat(alone.optionsOf(12).get("lambda")).hasToString("0.6");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    variant: tuned      | variant: as-printed  | expected each variant of a method once, found the variant as-printed of deep-linf twice
                    '    variant: tuned' | '    note: none'    | found deep-linf more than once and without a variant
                    optionsAt: {12: | optionsAt: {13:  | expected in optionsAt of deep-linf:tuned code lengths
                    epochs: 4       | epoch: 4         | optionsAt 12
                    lambda: 0.8     | lambda: -1       | optionsAt 12
                    'lambda: 0.8'   | 'lambda: '       | lambda: expected a value, found nothing
                    method: deep-linf, variant: tuned | method: deep-linf | expected as variant of 'tied'
                    method: deep-linf, variant: tuned | method: itq | expected as method of the variant tied one of the protocol's, found itq
                    stageWeights: tied | stageWeight: tied | Variant tied
                    stageWeights: tied}} | 'stageWeights: tied}}, {name: tied, method: nnh, options: {}}' | expected each variant once
                    name: ksh       | name: khs        | There is no method 'khs' (did you mean 'ksh'?); expected one of agh1,
                    """)
    void aWrongProtocolIsOneSentenceBeforeAnyWork(String from, String to, String sentence) throws IOException {
        edit("rows", from, to);
        assertBadInput(() -> run("rows", Selection.ALL.atBits(8)))
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("\n");
        assertThat(path("out")).doesNotExist();
    }

    /** The search is told of, with its trace where it is named; runs that are finished are found again whichever it is. */
    @Test
    void theSearchOfAConfigurationIsInItsResultsAndNotInTheNamesOfItsRuns() throws IOException {
        Selection part =
                Selection.ALL.ofMethods("deep-linf:tuned", "ksh").atBits(8).withSeeds(0L);
        Results before = run("rows", part);
        assertThat(before.protocol().methods())
                .extracting(Configuration::search)
                .containsExactlyInAnyOrder(SearchSummary.UNTRACED, null);
        assertThat(before.protocol().methods())
                .extracting(Configuration::effort)
                .contains(null, Effort.NONE);
        assertThat(before.runs()).allSatisfy(run -> {
            assertThat(run.device()).isEqualTo("cpu");
            assertThat(run.modelBytes()).isPositive();
        });
        List<String> names = files("runs");

        edit("rows", "tunedBy: a search\n", "tunedBy: a search\n    search: traces/t.json\n");
        assertBadInput(() -> run("rows", part))
                .hasMessageContaining("search of deep-linf:tuned: expected the file traces/t.json below ");
        Path trace = path("traces/t.json");
        Files.createDirectories(path("traces"));
        Files.copy(realHome().resolve("reports/tuning/cifar10-encoders.json"), trace);
        Results after = run("rows", part);
        assertThat(files("runs")).isEqualTo(names);
        assertThat(after.runs())
                .extracting(RunResult::seconds)
                .isEqualTo(before.runs().stream().map(RunResult::seconds).toList());
        SearchSummary search = after.protocol().methods().stream()
                .flatMap(method -> Stream.ofNullable(method.search()))
                .findFirst()
                .orElseThrow();
        assertThat(search.trace()).isEqualTo(Digests.sha256(trace));
        assertThat(search.trials()).isEqualTo(200);
        assertThat(after.protocol().hash()).isEqualTo(before.protocol().hash());
    }

    /** 8 and 12 are the protocol's lengths; 16 is nearer to 12, whose options differ. */
    @Test
    void anotherLengthHasTheOptionsOfTheNearest() throws IOException {
        Results results = run("rows", BOTH.ofMethods("deep-linf:tuned").atBits(4, 16));
        assertThat(epochs(results, "deep-linf:tuned", 4)).isEqualTo(3);
        assertThat(epochs(results, "deep-linf:tuned", 16)).isEqualTo(4);
    }

    @Test
    void aNameOfNoneIsRefused() {
        assertBadInput(() -> run("rows", Selection.ALL.ofMethods("deep-linf:other")))
                .hasMessageContaining(
                        "configurations of deep-linf: expected one of deep-linf:as-printed, deep-linf:tuned,"
                                + " found 'deep-linf:other'");
        assertBadInput(() -> run("rows", Selection.ALL.ofMethods("ksh:tuned")))
                .hasMessageContaining("configurations of ksh: expected ksh, the only one, found 'ksh:tuned'");
    }

    /** As a model or a figure is made. */
    @Test
    void aMethodNameAloneStandsForTheTunedOne() throws IOException {
        assertThat(Selection.entry(protocol("rows"), "deep-linf").entry()).isEqualTo("deep-linf:tuned");
        List<ConfiguredMethod<?>> all = Experiment.of("rows").with(BOTH).plan().methods();
        assertThat(all).extracting(ConfiguredMethod::entry).containsExactly("deep-linf:as-printed", "deep-linf:tuned");
    }
}
