package io.github.linfhash.experiment.runner;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.Experiment;
import io.github.linfhash.experiment.OnTinyHome;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes of another program in a comparison. The other program is one of our methods, whose numbers are known. */
class ExternalCodesTest extends OnTinyHome {
    private static final Selection KSH = Selection.ALL.ofMethods("ksh");

    /** Writes codes of a method as another program would leave them. */
    private void make(String method, int bits, int seed, String place) throws IOException {
        PreparedSplit trial = PreparedSplit.of(protocol("tiny"), prepare("tiny", Progress.NONE), seed);
        HashFunction function = MethodRun.of(
                        MethodRegistry.standard()
                                .configure(protocol("tiny"), Selection.entry(protocol("tiny"), method), Map.of()),
                        bits,
                        seed)
                .train(trial, Progress.NONE);
        CodeArrays.write(path(place).resolve("query.npy"), function.encode(trial.queries()));
        CodeArrays.write(path(place).resolve("database.npy"), function.encode(trial.database()));
    }

    private Results run(Selection part, boolean external) throws IOException {
        Experiment tiny = Experiment.of("tiny").with(part);
        List<ExternalCodes> codes = external
                ? List.of(ExternalCodes.find(
                        "mine", path("made"), tiny.plan().bits(), tiny.plan().seeds()))
                : List.of();
        return new Experiment(tiny.plan(), tiny.data(), tiny.runner(), codes).run(path("out"));
    }

    @Test
    void aRowHasTheNumbersOfItsCodesAndSaysThatTheyWereMadeElsewhere() throws IOException {
        make("ksh", 12, 0, "made/0/12");
        make("ksh", 8, 1, "made/1/8");
        make("ksh", 8, 0, "made/7/8");
        assertThat(ExternalCodes.find("mine", path("made"), List.of(8, 12), List.of(0L, 1L))
                        .missing())
                .containsExactly("seed 0 at 8 bits", "seed 1 at 12 bits");

        Results results = run(KSH, true);
        assertThat(results.protocol().methodNames()).containsExactly("ksh", "mine");
        Configuration mine = results.protocol().methods().get(1);
        assertThat(mine.supervision()).isEqualTo(Supervision.EXTERNAL);
        assertThat(mine.note()).contains("made elsewhere");
        assertThat(results.runs())
                .filteredOn(run -> run.key().method().equals("mine"))
                .hasSize(2);
        for (RunResult run :
                List.of(results.runs("mine", 12).get(0), results.runs("mine", 8).get(0))) {
            RunResult same = results.runs("ksh", run.key().bits()).stream()
                    .filter(other -> other.key().seed() == run.key().seed())
                    .findFirst()
                    .orElseThrow();
            Map<String, Double> ofCodes = new HashMap<>(same.metrics());
            ofCodes.remove("realMap");
            assertThat(run.codesHash()).isEqualTo(same.codesHash());
            assertThat(run.splitHash()).isEqualTo(same.splitHash());
            assertThat(run.metrics()).isEqualTo(ofCodes).containsKey("map");
            assertThat(run.seconds()).containsOnlyKeys("evaluate");
            assertThat(run.parameters()).isZero();
        }
    }

    @Test
    void keptRunsGoByTheCodesAndAreThereAsLongAsTheyAreNamed() throws IOException {
        Selection short0 = KSH.atBits(8).withSeeds(0L);
        make("ksh", 8, 0, "made/0/8");
        String before = run(short0, true).runs("mine", 8).get(0).codesHash();
        Path kept = path("out/runs").resolve(runsOfMine().get(0));
        Object written = Files.getLastModifiedTime(kept);
        run(KSH.atBits(8), true);
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(written);

        make("lsh", 8, 0, "made/0/8");
        assertThat(run(short0, true).runs("mine", 8))
                .singleElement()
                .satisfies(run -> assertThat(run.codesHash()).isNotEqualTo(before));
        assertThat(runsOfMine()).hasSize(2);
        assertThat(run(short0, false).protocol().methodNames()).containsExactly("ksh");
    }

    private List<String> runsOfMine() throws IOException {
        return files("runs").stream().filter(name -> name.startsWith("mine-")).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    none |      |      | expected SEED/BITS/query.npy and SEED/BITS/database.npy in
                    half | 15,8 |      | database.npy
                    long | 15,16 | 105,16 | expected codes of 8 bits
                    swapped | 105,8 | 15,8 | query.npy: expected a code for each of the 15 queries of seed 0, found 105
                    shortened | 15,8 | 15,8 | database.npy: expected a code for each of the 105 database vectors of seed 0, found 15
                    """)
    void codesThatDoNotFitAreOneSentenceBeforeAnyTraining(
            String name, @Nullable String queries, @Nullable String database, String sentence) throws IOException {
        write("made/0/8/query.npy", queries);
        write("made/0/8/database.npy", database);
        assertBadInput(() -> run(KSH.atBits(8).withSeeds(0L), true))
                .as(name)
                .message()
                .contains(sentence)
                .doesNotContain("\n");
        assertThat(path("out")).doesNotExist();
    }

    /** Writes codes of zeros, given by their number and length; nothing where there is no size. */
    private void write(String file, @Nullable String size) throws IOException {
        if (size != null) {
            String[] words = size.split(",", -1);
            int count = Integer.parseInt(words[0]);
            int bits = Integer.parseInt(words[1]);
            CodeArrays.write(path(file), BinaryCodes.ofBytes(count, bits, new byte[count * bits / 8]));
        }
    }
}
