package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                    optionsAt: {12: {lambda: 0.8, training: {epochs: 4}}}
                    tunedBy: a search
                """).replace("  seeds: [0]\n", """
                  seeds: [0]
                  options: {deep-linf: {training: {epochs: 1}}}
                """)
                + "variants: [{name: tied, method: deep-linf, variant: tuned, options: {stageWeights: tied}}]\n";
        assertThat(rows).contains("variant: tuned", "lambda: 0.5", "epochs: 1}}}");
        Files.writeString(protocols.resolve("rows.yaml"), rows);
    }

    @Test
    void thePageNamesConfigurationsAndTheirOptions() throws IOException {
        succeed("run --protocol rows --methods deep-linf --seeds 0 --out F/out");
        assertThat(root.resolve("out/index.html"))
                .content()
                .contains(
                        "Deep l-infinity encoder, as printed",
                        "As &lt;b&gt;printed&lt;/b&gt;.",
                        "tuned: lambda = 0.8 at 12 bits");
        assertThat(root.resolve("out/results.json")).content().contains("linfhash-results/11", "\"evaluator\": 1");
        assertThat(succeed("paper claims F/out/results.json --format csv"))
                .contains("no run of nnh")
                .doesNotContain("no run of deep-linf,");
    }

    @Test
    void aMethodThatThereIsNotIsNamedWithItsLine() throws IOException {
        Path file = root.resolve("protocols/rows.yaml");
        Files.writeString(file, Files.readString(file).replace("name: ksh", "name: khs"));
        assertThat(badInput("run --protocol rows"))
                .contains("rows.yaml, line 14: there is no method 'khs' (did you mean 'ksh'?); expected one of agh1,");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    run --protocol rows --methods deep-linf:other | configurations of deep-linf: expected one of deep-linf:as-printed, deep-linf:tuned, found 'deep-linf:other'
                    paper figure5 --protocol rows --methods deep-linf:other   | found 'deep-linf:other'
                    train --protocol rows --method deep-linf:x --bits 8 --out x.linfhash | found 'deep-linf:x'
                    """)
    void aRowThatThereIsNotIsOneSentence(String words, String sentence) {
        assertThat(run(words.split(" "))).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString().strip().lines()).hasSize(1);
        assertThat(err.toString()).contains(sentence);
        assertThat(root.resolve("reports/out")).doesNotExist();
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
        assertThat(Files.readString(folder.resolve("figure6.html")))
                .contains("training.epochs = 4 at 16 bits", "nearest");
    }

    @Test
    void trainingAModelTakesTheTunedRowAndTheOptionsOfItsLength() {
        Path model = root.resolve("m.linfhash");
        succeed("train --protocol rows --method deep-linf --bits 12 --out %s", model);
        assertThat(Models.read(model).card().variant()).isEqualTo("tuned");
        assertThat(succeed("show %s", model)).containsPattern("(?m)^variant +tuned$");
        assertThat(Models.read(model).card().options()).containsEntry("lambda", 0.8);
        assertThat(String.valueOf(Models.read(model).card().options().get("training")))
                .contains("epochs=4");
    }
}
