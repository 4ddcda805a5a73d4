package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.LabelArrays;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code evaluate --metrics-profile} on codes whose every value follows by hand. */
class EvaluateProfileTest extends ProgramOnTinyHome {
    // Rows 0000 {a}, 0000 {a}, 0011 {}, 1111 {a}, in the low bits of a byte; the queries are rows 0 and 2.
    @BeforeEach
    void writeCodes() throws IOException {
        BinaryCodes database = BinaryCodes.ofBytes(4, 8, new byte[] {0, 0, 3, 15});
        LabelSets labels = LabelSets.of(4, 1, new boolean[] {true, true, false, true});
        int[] queries = {0, 2};
        CodeArrays.write(root.resolve("d.npy"), database);
        CodeArrays.write(root.resolve("q.npy"), database.select(queries));
        LabelArrays.write(root.resolve("dl.npy"), labels);
        LabelArrays.write(root.resolve("ql.npy"), labels.select(queries));
        LabelArrays.write(root.resolve("rows.npy"), ClassLabels.of(0, 2));
        LabelArrays.write(root.resolve("wrong.npy"), ClassLabels.of(0, 3));
    }

    private int evaluate(String... more) {
        List<String> words = new ArrayList<>(List.of("evaluate"));
        Map<String, String> usual = new LinkedHashMap<>();
        usual.put("--query-codes=", root.resolve("q.npy").toString());
        usual.put("--database-codes=", root.resolve("d.npy").toString());
        usual.put("--query-labels=", root.resolve("ql.npy").toString());
        usual.put("--database-labels=", root.resolve("dl.npy").toString());
        usual.put("--bits=", "8");
        usual.forEach((option, value) -> {
            if (Arrays.stream(more).noneMatch(word -> word.startsWith(option))) {
                words.add(option + value);
            }
        });
        words.addAll(Arrays.asList(more));
        out.getBuffer().setLength(0);
        return run(words.toArray(String[]::new));
    }

    @Test
    void everyConventionHasItsValue() {
        assertThat(evaluate("--metrics-profile", "--format=csv", "--query-rows=" + root.resolve("rows.npy")))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines().toList())
                .contains(
                        "recall@0,macro,zero,,,zero,include," + (2.0 / 3 / 2),
                        "recall@0,micro,zero,,,zero,include," + 2.0 / 3,
                        "recall@0,macro,zero,,,zero,exclude,0.25",
                        "recall@0,macro,zero,,,skip,exclude,0.5",
                        // Without itself, the second query's ball is empty.
                        "precision@0,macro,zero,,,zero,include,0.5",
                        "precision@0,macro,one,,,zero,include,0.5",
                        "precision@0,macro,zero,,,zero,exclude,0.5",
                        "precision@0,macro,one,,,zero,exclude,1.0");
    }

    /** The database's names are others in number and order; the values are those of the matrix of {a}. */
    @Test
    void labelsAreReadFromTextsAndTables() throws IOException {
        Files.writeString(root.resolve("dl.txt"), "a\na\nb\na\n");
        Files.writeString(root.resolve("ql.csv"), "label\na\nc\n");
        String[] files = {
            "--database-labels=" + root.resolve("dl.txt"), "--query-labels=" + root.resolve("ql.csv"), "--format=csv"
        };
        assertThat(evaluate(files)).as(err.toString()).isZero();
        assertThat(out.toString().lines()).contains("recall@0," + (2.0 / 3 / 2), "precision@0,0.5");
        assertThat(evaluate("--query-codes=" + root.resolve("all.npz:q"))).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("all.npz:q: expected codes as an array of their own (.npy)");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "65537"})
    void aCodeLengthIsNamedByItsOption(String bits) {
        assertThat(evaluate("--bits=" + bits)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("linfhash: --bits: expected numbers from 1 to 65536, found " + bits + ".");
    }

    @Test
    void anotherCodeLengthIsNamedByItsOption() {
        assertThat(evaluate("--bits=13")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("codes of 13 bits, as --bits says", "[2, 1]");
    }

    @Test
    void jsonHoldsTheSameRowsAndTheTableShowsThem() throws IOException {
        String rows = "--query-rows=" + root.resolve("rows.npy");
        assertThat(evaluate("--metrics-profile", "--format=csv", rows)).isZero();
        long lines = out.toString().lines().count() - 1;
        assertThat(evaluate("--metrics-profile", "--format=json", rows)).isZero();
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.get("profile")).hasSize((int) lines);
        assertThat(evaluate("--metrics-profile", rows)).isZero();
        assertThat(out.toString())
                .contains("exclude", "precisionTop5000", "ties database-order")
                .containsPattern("(?m)^meanDistance +macro ")
                .doesNotContain("class-order");
    }

    /** The first query's tie has classes 1, 0 in the order of the file, so 0 comes first where classes are sorted. */
    @Test
    void rowsOfOneClassEachAreRankedInTheOrderOfTheirClassesToo() throws IOException {
        LabelArrays.write(root.resolve("dl.npy"), ClassLabels.of(1, 0, 0, 1));
        LabelArrays.write(root.resolve("ql.npy"), ClassLabels.of(1, 1));
        assertThat(evaluate("--metrics-profile", "--format=csv"))
                .as(err.toString())
                .isZero();
        // Ranks of class 1: 2 and 4, then 3 and 4 of the second query, whose own code is a 0.
        assertThat(out.toString().lines().toList())
                .contains(
                        "map,,,,database-order,,," + (1 + 2.0 / 4 + 1.0 / 2 + 2.0 / 4) / 4,
                        "map,,,,class-order,,," + (1.0 / 2 + 2.0 / 4 + 1.0 / 3 + 2.0 / 4) / 4);
        assertThat(evaluate("--metrics-profile")).isZero();
        assertThat(out.toString()).contains("ties class-order");
    }

    @Test
    void rowsThatAreNotTheQueriesAreRefused() {
        assertThat(evaluate("--metrics-profile", "--query-rows=" + root.resolve("wrong.npy")))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("wrong.npy: expected the code of query 1 in row 3 of the database");
    }
}
