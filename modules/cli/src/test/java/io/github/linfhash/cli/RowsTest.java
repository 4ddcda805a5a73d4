package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.advisor.command.ExitCodes;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Configuration.Effort;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.schema.SearchSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A protocol that has a method in two rows, and options by code length, through every command that takes a protocol. */
class RowsTest extends ProgramOnTinyHome {
    @BeforeEach
    void makeProtocol() throws IOException {
        Path protocols = root.resolve("protocols");
        String tiny = Files.readString(protocols.resolve("tiny.yaml"));
        String rows = tiny.replace("name: tiny", "name: rows").replace("""
                  - name: deep-linf
                    options: {training: {epochs: 2, pairsPerEpoch: 1280}}
                """, """
                  - name: deep-linf
                    variant: as-printed
                    note: "As <b>printed</b>."
                    options: {training: {epochs: 2, pairsPerEpoch: 1280}}
                  - name: deep-linf
                    variant: tuned
                    options: {lambda: 0.5, training: {epochs: 3, pairsPerEpoch: 1280}}
                    optionsAt: {12: {training: {epochs: 4}}}
                    tunedBy: a search
                """).replace("  seeds: [0]\n", """
                  seeds: [0]
                  options: {deep-linf: {training: {epochs: 1}}}
                """)
                + "variants: [{name: tied, method: deep-linf, variant: tuned, options: {stageWeights: tied}}]\n";
        assertThat(rows).contains("variant: tuned", "lambda: 0.5", "epochs: 1}}}");
        Files.writeString(protocols.resolve("rows.yaml"), rows);
    }

    private Results results(String options) throws IOException {
        succeed("run --protocol rows --out F/out " + options);
        return ResultsJson.read(root.resolve("out/results.json"));
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
    void rowsAreTrainedWithTheirOwnOptionsAndThoseOfTheirLengths() throws IOException {
        Results results = results("--methods deep-linf --seeds 0");

        assertThat(results.protocol().methodNames()).containsExactly("deep-linf:as-printed", "deep-linf:tuned");
        assertThat(epochs(results, "deep-linf:as-printed", 8)).isEqualTo(2);
        assertThat(epochs(results, "deep-linf:as-printed", 12)).isEqualTo(2);
        assertThat(epochs(results, "deep-linf:tuned", 8)).isEqualTo(3);
        assertThat(epochs(results, "deep-linf:tuned", 12)).isEqualTo(4);
        Configuration tuned = method(results, "deep-linf:tuned");
        assertThat(tuned.options().get("lambda")).hasToString("0.5");
        assertThat(tuned.optionsAt().get(12)).hasToString("{training.epochs=4}");
        assertThat(String.valueOf(tuned.origins().get("lambda"))).contains("a search");
        assertThat(method(results, "deep-linf:as-printed").note()).isEqualTo("As <b>printed</b>.");
        assertThat(Files.readString(root.resolve("out/index.html")))
                .contains("Deep l-infinity encoder, as printed", "As &lt;b&gt;printed&lt;/b&gt;.");
        assertThat(root.resolve("out/variants/tied/results.json")).exists();
        assertThat(method(ResultsJson.read(root.resolve("out/variants/tied/results.json")), "deep-linf:tuned")
                        .optionsAt()
                        .get(12))
                .hasToString("{training.epochs=4}");
    }

    @Test
    void runsAndQueriesOfRowsHaveFilesOfTheirOwnAndAreFoundAgain() throws IOException {
        Results first = results("--methods deep-linf --bits 8 --seeds 0");
        List<String> names = names("runs");
        assertThat(names).hasSize(2).allMatch(name -> name.matches("deep-linf\\.(tuned|as-printed)-8-seed0-.*json"));
        assertThat(names("queries")).hasSize(2).allMatch(name -> name.startsWith("deep-linf."));
        Object written = Files.getLastModifiedTime(root.resolve("out/runs").resolve(names.get(0)));

        Results second = results("--methods deep-linf --bits 8 --seeds 0");
        assertThat(ResultsJson.text(second)).isEqualTo(ResultsJson.text(first));
        assertThat(Files.getLastModifiedTime(root.resolve("out/runs").resolve(names.get(0))))
                .isEqualTo(written);
        assertThat(succeed("paper claims F/out/results.json --format csv"))
                .contains("no run of nnh")
                .doesNotContain("no run of deep-linf,");
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("out").resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("json") || name.endsWith("npy"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void quickChangesAllRowsOfAMethod() throws IOException {
        Results results = results("--quick");
        assertThat(epochs(results, "deep-linf:as-printed", 8)).isEqualTo(1);
        assertThat(epochs(results, "deep-linf:tuned", 8)).isEqualTo(1);
        assertThat(method(results, "deep-linf:as-printed").options().get("lambda"))
                .hasToString("1.0");
        assertThat(method(results, "deep-linf:tuned").options().get("lambda")).hasToString("0.5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    run --protocol rows --methods deep-linf:other | configurations of deep-linf: expected one of deep-linf:as-printed, deep-linf:tuned, found 'deep-linf:other'
                    run --protocol rows --methods ksh:tuned       | configurations of ksh: expected ksh, the only one, found 'ksh:tuned'
                    paper figure5 --protocol rows --methods deep-linf:other   | found 'deep-linf:other'
                    train --protocol rows --method deep-linf:x --bits 8 --out x.linfhash | found 'deep-linf:x'
                    """)
    void aRowThatThereIsNotIsOneSentence(String words, String sentence) {
        assertThat(run(words.split(" "))).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString().strip().lines()).hasSize(1);
        assertThat(err.toString()).contains(sentence);
        assertThat(root.resolve("reports/out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    variant: tuned      | variant: as-printed  | expected each variant of a method once, found the variant as-printed of deep-linf twice
                    variant: tuned      | note: none       | found deep-linf more than once and without a variant
                    optionsAt: {12: | optionsAt: {13:  | expected in optionsAt of deep-linf:tuned code lengths
                    epochs: 4}      | epoch: 4}        | optionsAt 12
                    method: deep-linf, variant: tuned | method: deep-linf | expected as variant of 'tied'
                    name: ksh       | name: khs        | rows.yaml, line 14: there is no method 'khs' (did you mean 'ksh'?); expected one of agh1,
                    """)
    void aWrongProtocolIsOneSentenceAndExitCodeTwo(String from, String to, String sentence) throws IOException {
        Path file = root.resolve("protocols/rows.yaml");
        String good = Files.readString(file);
        Files.writeString(file, good.replaceFirst(Pattern.quote(from), to));
        assertThat(Files.readString(file)).isNotEqualTo(good);
        badInput("run --protocol rows");
        assertThat(err.toString().strip().lines()).hasSize(1);
        assertThat(err.toString()).contains(sentence);
    }

    @Test
    void figuresDrawTheTunedRowUnlessAnotherIsNamed() throws IOException {
        assertThat(succeed("paper figure5 --protocol rows --bits 8"))
                .contains("deep-linf:tuned")
                .doesNotContain("as-printed");
        assertThat(succeed("paper figure5 --protocol rows --bits 8 --methods deep-linf:as-printed --force"))
                .contains("deep-linf:as-printed")
                .doesNotContain("tuned", "nnh");
    }

    /** 8 and 12 are the protocol's lengths; 16 is nearer to 12, whose options differ. */
    @Test
    @Tag("slow")
    void figureSixTakesTheOptionsOfTheNearestLength() throws IOException {
        Path folder = root.resolve("six");
        succeed("paper figure6 --protocol rows --bits 4,16 --seeds 0 --out %s", folder);
        assertThat(Files.readAllLines(folder.resolve("figure6.csv")))
                .anyMatch(line -> line.startsWith("deep-linf:tuned,16,"))
                .noneMatch(line -> line.contains("as-printed"));
        succeed("run --protocol rows --methods deep-linf:tuned --bits 4,16 --seeds 0 --out %s", folder);
        Results results = ResultsJson.read(folder.resolve("results.json"));
        assertThat(epochs(results, "deep-linf:tuned", 4)).isEqualTo(3);
        assertThat(epochs(results, "deep-linf:tuned", 16)).isEqualTo(4);
        assertThat(Files.readString(folder.resolve("figure6.html")))
                .contains("training.epochs = 4 at 16 bits", "nearest");
    }

    @Test
    void trainingAModelTakesTheTunedRow() {
        Path model = root.resolve("m.linfhash");
        succeed("train --protocol rows --method deep-linf --bits 12 --out %s", model);
        assertThat(Models.read(model).card().variant()).isEqualTo("tuned");
        assertThat(succeed("show %s", model)).containsPattern("(?m)^variant +tuned$");
        assertThat(Models.read(model).card().options()).containsEntry("lambda", 0.5);
        assertThat(String.valueOf(Models.read(model).card().options().get("training")))
                .contains("epochs=4");
    }

    /** The search is told of, with its trace where it is named; runs that are finished are found again whichever it is. */
    @Test
    void theSearchOfARowIsInItsResultsAndNotInTheNamesOfItsRuns() throws IOException {
        String one = "--methods deep-linf:tuned,ksh --bits 8 --seeds 0";
        Results before = results(one);
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
        List<String> names = names("runs");

        Path protocol = root.resolve("protocols/rows.yaml");
        String text = Files.readString(protocol);
        Files.writeString(
                protocol, text.replace("tunedBy: a search\n", "tunedBy: a search\n    search: traces/t.json\n"));
        assertThat(badInput("run --protocol rows --out F/out " + one))
                .contains("search of deep-linf:tuned: expected the file traces/t.json below ");
        Path trace = root.resolve("traces/t.json");
        Files.createDirectories(root.resolve("traces"));
        Files.copy(realHome().resolve("reports/tuning/cifar10-encoders.json"), trace);
        Results after = results(one);
        assertThat(names("runs")).isEqualTo(names);
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

    @Test
    void aMethodThatIsThereOnceIsNamedAsBefore() throws IOException {
        Results results = results("--methods ksh --bits 8 --seeds 0");
        assertThat(names("runs")).allMatch(name -> name.matches("ksh-8-seed0-[0-9a-f]{16}\\.json"));
        assertThat(Files.readString(root.resolve("out/results.json")))
                .contains("linfhash-results/11", "\"evaluator\": 1");
        assertThat(results.runs()).extracting(RunResult::key).hasToString("[ksh-8-seed0]");
    }
}
