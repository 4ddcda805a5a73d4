package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    @Test
    void aRowHasTheNumbersOfItsCodesAndSaysThatTheyWereMadeElsewhere() throws IOException {
        make("ksh", 12, 0, folder.resolve("0/12"));
        make("ksh", 8, 1, folder.resolve("1/8"));
        make("ksh", 8, 0, folder.resolve("7/8"));

        succeed(RUN + "--external mine=%s", folder);

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
        assertThat(out.toString()).contains("mine");
    }

    @Test
    void thePageNamesTheCodesInItsCommand() throws IOException {
        make("ksh", 8, 0, folder.resolve("0/8"));
        String codes = "--external=mine=" + folder;
        succeed(RUN + "--bits=8 --seeds=0 %s", codes);
        succeed(RUN + "--bits=8 --seeds=0,1 %s", codes);
        assertThat(Files.readString(output.resolve("index.html"))).contains("--external=mine=DIR");

        make("lsh", 8, 0, folder.resolve("0/8"));
        succeed(RUN + "--bits=8 --seeds=0 %s", codes);
        assertThat(Files.readString(output.resolve("index.html")))
                .contains("--methods ksh --bits 8 --seeds 0,1 --external mine=DIR");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ksh=DIR           | --external: expected a name that no method has, found 'ksh'
                    Mine=DIR          | --external: expected NAME=DIR with a name of lower-case letters, digits and '-', first a letter, found 'Mine=
                    DIR               | --external: expected NAME=DIR
                    mine=             | --external: expected NAME=DIR
                    =DIR              | --external: expected NAME=DIR
                    mine=DIR/nothing  | expected SEED/BITS/query.npy and SEED/BITS/database.npy in
                    """)
    void whatIsWrongIsOneSentenceBeforeAnyTraining(String codes, String reason) throws IOException {
        make("lsh", 8, 0, folder.resolve("0/8"));
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
