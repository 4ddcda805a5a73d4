package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.results.schema.Configuration;
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

/** A row whose options differ by code length, through the commands that train it. */
class LengthOptionsTest extends ProgramOnTinyHome {
    private Path file = Path.of("unset");

    /** Epochs of 8 and 12 bits: 2 and 3. */
    @BeforeEach
    void makeProtocol() throws IOException {
        file = root.resolve("protocols/lengths.yaml");
        String tiny = Files.readString(root.resolve("protocols/tiny.yaml"));
        Files.writeString(
                file,
                tiny.replace("name: tiny", "name: lengths").replace("""
                  - name: deep-linf
                    options: {training: {epochs: 2, pairsPerEpoch: 1280}}
                """, """
                  - name: deep-linf
                    variant: tuned
                    options: {lambda: 0.9, training: {epochs: 2, pairsPerEpoch: 1280}}
                    optionsAt: {12: {lambda: 0.8, training: {epochs: 3, margin: 4}}}
                """)
                        + "variants: [{name: tied, method: deep-linf, options: {stageWeights: tied}}]\n");
        assertThat(Files.readString(file)).contains("optionsAt", "lambda: 0.8");
    }

    private Results results(String options) throws IOException {
        succeed("run --protocol lengths --methods deep-linf --out F/out " + options);
        return ResultsJson.read(root.resolve("out/results.json"));
    }

    private static List<Integer> epochs(Results results) {
        return results.runs().stream()
                .map(run -> Objects.requireNonNull(run.curves().get("loss")).length)
                .toList();
    }

    private static Configuration method(Results results) {
        return results.protocol().methods().get(0);
    }

    private void change(String from, String to) throws IOException {
        String good = Files.readString(file);
        assertThat(good).contains(from);
        Files.writeString(file, good.replace(from, to));
    }

    @Test
    void eachLengthIsTrainedWithItsOptionsAndResultsSaySo() throws IOException {
        Results results = results("");
        assertThat(results.runs())
                .extracting(run -> run.key().toString())
                .containsExactly(
                        "deep-linf:tuned-8-seed0",
                        "deep-linf:tuned-8-seed1",
                        "deep-linf:tuned-12-seed0",
                        "deep-linf:tuned-12-seed1");
        assertThat(epochs(results)).containsExactly(2, 2, 3, 3);
        assertThat(method(results).optionsAt())
                .hasToString("{12={lambda=0.8, training.epochs=3, training.margin=4.0}}");
        assertThat(method(results).optionsOf(12).get("training.margin")).hasToString("4.0");
        assertThat(method(results).optionsOf(8).get("lambda")).hasToString("0.9");
        assertThat(Files.readString(root.resolve("out/index.html"))).contains("tuned: lambda = 0.8 at 12 bits");
        Results tied = ResultsJson.read(root.resolve("out/variants/tied/results.json"));
        assertThat(epochs(tied)).containsExactly(2, 2, 3, 3);
        assertThat(method(tied).options().get("stageWeights")).hasToString("tied");
        assertThat(method(tied).optionsAt()).isEqualTo(method(results).optionsAt());
    }

    /** The name of a run has a hash of its options, and the file of a run has those that it was trained with. */
    @Test
    void aRunIsComputedAnewIfItsLengthHasOtherOptionsAndNoOtherIs() throws IOException {
        results("--seeds 0");
        List<String> before = runs();
        change("lambda: 0.8", "lambda: 0.6");
        Results after = results("--seeds 0");
        assertThat(runs()).hasSize(3).containsAll(before);
        assertThat(runs()).filteredOn(name -> name.contains("-8-")).hasSize(1);
        assertThat(method(after).optionsOf(12).get("lambda")).hasToString("0.6");
        String added = runs().stream()
                .filter(name -> !before.contains(name))
                .findFirst()
                .orElseThrow();
        Configuration alone = method(ResultsJson.read(root.resolve("out/runs").resolve(added)));
        assertThat(alone.optionsOf(12).get("lambda")).hasToString("0.6");
    }

    private List<String> runs() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("out/runs"))) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void quickChangesTheOptionsOfEachLength() throws IOException {
        change("  seeds: [0]\n", "  seeds: [0]\n  options: {deep-linf: {training: {epochs: 1}}}\n");
        Results results = results("--quick");
        assertThat(epochs(results)).containsExactly(1);
        assertThat(method(results).optionsOf(8).get("lambda")).hasToString("0.9");
    }

    @Test
    void aModelHasTheOptionsOfItsLength() {
        for (int bits : List.of(8, 12)) {
            Path model = root.resolve("m" + bits + ".linfhash");
            assertThat(run(("train --protocol lengths --method deep-linf --bits " + bits + " --out " + model)
                            .split(" ")))
                    .as(err.toString())
                    .isZero();
            assertThat(Models.read(model).card().options()).containsEntry("lambda", bits == 8 ? 0.9 : 0.8);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    '{12: {lambda'  | '{13: {lambda'  | expected in optionsAt of deep-linf:tuned code lengths
                    'epochs: 3'     | 'epoch: 3'      | optionsAt 12
                    'lambda: 0.8'   | 'lambda: '      | lambda: expected a value, found nothing
                    'lambda: 0.8'   | 'lambda: -1'    | optionsAt 12
                    """)
    void wrongOptionsOfALengthAreOneSentenceBeforeAnyWork(String from, String to, String sentence) throws IOException {
        change(from, to);
        badInput("run --protocol lengths --bits 8 --methods ksh,deep-linf");
        assertThat(err.toString().strip().lines()).hasSize(1);
        assertThat(err.toString()).contains(sentence);
        assertThat(root.resolve("reports/out")).doesNotExist();
    }
}
