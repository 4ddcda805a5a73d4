package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes of another program as a row of a comparison. The other program is our own encode, whose numbers are known. */
class ExternalCodesTest extends ProgramOnTinyHome {
    private static final String RUN = "run --protocol tiny --methods ksh ";

    private Path folder = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void nameFolders() {
        folder = root.resolve("made");
        output = root.resolve("reports/out/tiny");
    }

    /** Codes of a method as another program would leave them. */
    private void make(String method, int bits, int seed, Path place) throws IOException {
        Path codes = root.resolve("codes");
        succeed("split --protocol=tiny --method=%s --bits=%s --seed=%s --out=%s --force", method, bits, seed, codes);
        Files.createDirectories(place);
        copy(codes.resolve("query-codes.npy"), place.resolve("query.npy"));
        copy(codes.resolve("database-codes.npy"), place.resolve("database.npy"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private Results results() {
        return ResultsJson.read(output.resolve("results.json"));
    }

    private List<Path> runsOfMine() throws IOException {
        try (Stream<Path> files = Files.list(output.resolve("runs"))) {
            return files.filter(file -> file.getFileName().toString().matches("mine-.*\\.json"))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, Double> ofCodes(RunResult run) {
        Map<String, Double> metrics = new LinkedHashMap<>(run.metrics());
        metrics.remove("realMap");
        return metrics;
    }

    @Test
    void aRowHasTheNumbersOfItsCodesAndSaysThatTheyWereMadeElsewhere() throws IOException {
        make("ksh", 12, 0, folder.resolve("0/12"));
        make("ksh", 8, 1, folder.resolve("1/8"));
        make("ksh", 8, 0, folder.resolve("7/8"));

        succeed(RUN + "--metrics-profile --external mine=%s", folder);

        Results results = results();
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
            assertThat(run.codesHash()).isEqualTo(same.codesHash());
            assertThat(run.splitHash()).isEqualTo(same.splitHash());
            assertThat(run.metrics()).isEqualTo(ofCodes(same)).containsKey("map");
            assertThat(run.seconds()).containsOnlyKeys("evaluate");
            assertThat(run.parameters()).isZero();
        }
        assertThat(err.toString())
                .containsOnlyOnce("--external mine=" + folder
                        + ": no codes of seed 0 at 8 bits, seed 1 at 12 bits; the row is shown without them");
        assertThat(Files.readString(output.resolve("results.json")))
                .contains("\"linfhash-results/11\"", "\"supervision\": \"external\"");
        assertThat(Files.readString(output.resolve("index.html")))
                .contains(
                        "These codes were made elsewhere",
                        "mine: unknown, because these are external codes",
                        "--external mine=DIR")
                .doesNotContain(folder.toString());
        assertThat(Files.readString(output.resolve("table.csv"))).contains("mine");
        assertThat(Files.readString(output.resolve("metrics-profile.csv"))).contains("mine,12,0,", "mine,8,1,");
        assertThat(out.toString()).contains("mine");
    }

    @Test
    void keptRunsGoByTheCodesAndAreThereAsLongAsTheCommandNamesThem() throws IOException {
        make("ksh", 8, 0, folder.resolve("0/8"));
        String codes = "--external=mine=" + folder;
        succeed(RUN + "--bits=8 --seeds=0 %s", codes);
        String before = results().runs("mine", 8).get(0).codesHash();
        Path kept = runsOfMine().get(0);
        Object written = Files.getLastModifiedTime(kept);

        succeed(RUN + "--bits=8 --seeds=0,1 %s", codes);
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(written);
        assertThat(Files.readString(output.resolve("index.html"))).contains("--external=mine=DIR");

        make("lsh", 8, 0, folder.resolve("0/8"));
        succeed(RUN + "--bits=8 --seeds=0 %s", codes);
        assertThat(runsOfMine()).hasSize(2);
        assertThat(results().runs("mine", 8))
                .singleElement()
                .satisfies(run -> assertThat(run.codesHash()).isNotEqualTo(before));
        assertThat(Files.readString(output.resolve("index.html")))
                .contains("--methods ksh --bits 8 --seeds 0,1 --external mine=DIR");

        succeed(RUN + "--bits=8 --seeds=0");
        assertThat(results().protocol().methodNames()).containsExactly("ksh");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ksh=DIR           | --external: expected a name that no method has, found 'ksh'
                    Mine=DIR          | --external: expected NAME=DIR with a name of lower-case letters, digits and '-', first a letter, found 'Mine=
                    DIR               | --external: expected NAME=DIR
                    mine=             | --external: expected NAME=DIR
                    =DIR              | --external: expected NAME=DIR
                    mine=DIR/nothing  | expected SEED/BITS/query.npy and SEED/BITS/database.npy in
                    mine=DIR/half     | database.npy
                    mine=DIR/long     | expected codes of 8 bits
                    mine=DIR/swapped  | query.npy: expected a code for each of the 15 queries of seed 0, found 105
                    mine=DIR/shortened | database.npy: expected a code for each of the 105 database vectors of seed 0, found 15
                    """)
    void whatIsWrongIsOneSentenceBeforeAnyTraining(String codes, String reason) throws IOException {
        Path right = folder.resolve("0/8");
        make("lsh", 8, 0, right);
        Path half = Files.createDirectories(folder.resolve("half/0/8"));
        copy(right.resolve("query.npy"), half.resolve("query.npy"));
        make("lsh", 16, 0, folder.resolve("long/0/8"));
        Path swapped = Files.createDirectories(folder.resolve("swapped/0/8"));
        copy(right.resolve("query.npy"), swapped.resolve("database.npy"));
        copy(right.resolve("database.npy"), swapped.resolve("query.npy"));
        Path shortened = Files.createDirectories(folder.resolve("shortened/0/8"));
        copy(right.resolve("query.npy"), shortened.resolve("database.npy"));
        copy(right.resolve("query.npy"), shortened.resolve("query.npy"));

        badInput(RUN + "--bits=8 --seeds=0 --external=%s", codes.replace("DIR", folder.toString()));
        assertThat(err.toString().lines().filter(line -> line.startsWith("linfhash: ")))
                .singleElement()
                .asString()
                .contains(reason);
        assertThat(output).doesNotExist();
    }

    @Test
    void aNameIsThereOnce() throws IOException {
        make("lsh", 8, 0, folder.resolve("0/8"));
        assertThat(badInput(RUN + "--bits=8 --seeds=0 --external=mine=%s --external=mine=%s", folder, folder))
                .contains("--external: expected each name once, found 'mine' twice");
    }
}
