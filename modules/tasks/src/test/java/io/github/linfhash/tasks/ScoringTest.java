package io.github.linfhash.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.RankMeasure;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.QueryFiles;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.testing.Filled;
import io.github.linfhash.testing.InputErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Submissions are scored, refused in a sentence, or flagged. */
class ScoringTest {
    private static final String OTHER_DIGEST = "0123456789abcdef".repeat(4);

    @TempDir
    private Path folder;

    private SampleTask sample;

    @BeforeEach
    void make() throws IOException {
        sample = SampleTask.of(folder);
    }

    private void assertRefused(String sentence) {
        InputErrors.assertBadInput(() -> sample.check(null)).hasMessage(sentence);
    }

    private void assertFlagged(long seed, int bits, String words) throws IOException {
        Scoring.Checked checked = sample.check(null);
        assertThat(checked.flags()).containsExactly(new Flag(words, List.of(new RunKey("mine", bits, seed))));
        assertThat(checked.codes().configuration(List.of(bits)).note())
                .contains(" Flagged: seed " + seed + " at " + bits + " bits: " + words + ".");
    }

    /** The order of the split is that of linfhash, in which the evaluator measures the same signs. */
    @Test
    void codesHaveTheNumbersThatTheyHaveInTheOrderOfTheSplit() throws IOException {
        Results scored = sample.score();
        assertThat(scored.runs()).hasSize(4);
        for (RunResult run : scored.runs()) {
            PreparedSplit split = sample.split(run.key().seed());
            int bits = run.key().bits();
            Retrieval expected = Retrieval.of(
                    SampleTask.signs(split.queries(), bits),
                    SampleTask.signs(split.database(), bits),
                    Relevance.bySimilarLabels(split.queryLabels(), split.databaseLabels()));
            assertThat(run.splitHash()).isEqualTo(split.splitHash());
            assertThat(run.metrics()).containsEntry("map", expected.ranks().map());
            double[] ofQueries = new QueryFiles(sample.result(), SampleTask.QUERIES)
                    .of(run, "map")
                    .orElseThrow();
            assertThat(ofQueries)
                    .containsExactly(
                            RankMeasure.averagePrecision().perQuery(expected, Conventions.STANDARD), within(1e-7));
        }
        Configuration mine = scored.protocol().methods().get(0);
        assertThat(mine.supervision()).isEqualTo(Supervision.EXTERNAL);
        assertThat(mine.citation()).isEqualTo("A. Author, B. Author. https://example.org/mine. License: MIT");
        assertThat(mine.note())
                .isEqualTo(
                        "A submission: its authors computed the codes from a task, and linfhash measured them like all"
                                + " others. They state no other training data.");
        assertThat(sample.result().resolve("submission.yaml")).hasSameBinaryContentAs(sample.card());
        assertThat(sample.check(null).flags()).isEmpty();
    }

    @Test
    void oneElementABitIsAsGoodAndComputesNothingAgain() throws IOException {
        sample.score();
        String first = Files.readString(sample.result().resolve("results.json"));

        BinaryCodes queries = CodeArrays.read(sample.codes(1, 12, "query"), 12);
        byte[] elements = Filled.bytes(SampleTask.QUERIES * 12, i -> queries.bit(i / 12, i % 12) ? 1 : 0);
        NpyFile.write(
                sample.codes(1, 12, "query"), NpyArray.owning(NpyType.BOOL, List.of(SampleTask.QUERIES, 12), elements));
        sample.score();
        assertThat(Files.readString(sample.result().resolve("results.json"))).isEqualTo(first);
    }

    @Test
    void aSubmissionSaysWhatElseItWasLearnedFrom() throws IOException {
        Files.writeString(sample.card(), Files.readString(sample.card()) + """
                title: Meine Methode
                learnedFrom: A network that was trained on ImageNet
                seconds: {train: 1.5}
                remarks: The bits are sorted.
                """);
        Configuration mine =
                sample.check(null).codes().configuration(sample.protocol().bits());
        assertThat(mine.title()).isEqualTo("Meine Methode");
        assertThat(mine.note())
                .endsWith(" They state that it also learned from: A network that was trained on ImageNet. They"
                        + " remark: The bits are sorted.");
    }

    @Test
    void aMissingSeedIsRefused() throws IOException {
        for (int bits : sample.protocol().bits()) {
            Files.delete(sample.codes(1, bits, "query"));
            Files.delete(sample.codes(1, bits, "database"));
        }
        assertRefused(sample.submission()
                + ": expected codes of each seed and length of the task, found no codes/1/8/query.npy, no"
                + " codes/1/8/database.npy, no codes/1/12/query.npy, no codes/1/12/database.npy");
    }

    @Test
    void aSubmissionOfOneLengthIsToldOfATaskOfThatLength() throws IOException {
        for (long seed : sample.protocol().seeds()) {
            Files.delete(sample.codes(seed, 8, "query"));
        }
        assertThatThrownBy(() -> sample.check(null))
                .hasMessageEndingWith("; for a method of these code lengths alone, create the task with --bits 12");
    }

    /** Nothing in codes says of which row they are; that they have nothing to do with the features can be seen. */
    @Test
    void anotherOrderOfTheDatabaseIsFlagged() throws IOException {
        CodeArrays.write(
                sample.codes(0, 12, "database"),
                SampleTask.signs(sample.split(0).database(), 12));
        assertFlagged(
                0,
                12,
                "the nearest vectors of a query by features are no nearer to it by code than any others, as if"
                        + " queries or database were in another order than in the task, or of another seed");
    }

    @Test
    void equalCodesAreNotTakenForAnotherOrder() throws IOException {
        CodeArrays.write(
                sample.codes(0, 12, "database"),
                BinaryCodes.ofBytes(SampleTask.DATABASE, 12, new byte[2 * SampleTask.DATABASE]));
        assertFlagged(0, 12, "all codes of the database are equal, so no vector is nearer to a query than any other");
    }

    @Test
    void fewDifferentCodesAreCounted() throws IOException {
        CodeArrays.write(
                sample.codes(1, 8, "database"),
                BinaryCodes.ofBytes(SampleTask.DATABASE, 8, Filled.bytes(SampleTask.DATABASE, row -> row % 3)));
        assertFlagged(
                1,
                8,
                "there are only 3 different codes for the 75 database vectors, and the nearest vectors of a query"
                        + " by features are no nearer to it by code than any others: training may have collapsed, or the order of"
                        + " vectors may differ from the task");
    }

    /** Each class has a code of its own. */
    @Test
    void codesOfLabelsAreFlagged() throws IOException {
        submitLabels(0, 8, label -> label, 0);
        assertFlagged(
                0,
                8,
                "vectors have the same code if and only if they have the same labels, as if the codes were made"
                        + " from the labels of queries and database, or by a perfect classifier");
    }

    /** Three times three bits for one of three classes, and one bit of noise. */
    @Test
    void labelsAmongNoiseAreFlagged() throws IOException {
        submitLabels(1, 12, label -> 0b111 << (3 * label), 1 << 11);
        assertFlagged(
                1,
                12,
                "all relevant vectors are nearer to a query by code than all others, as if the codes were made"
                        + " from the labels of queries and database, or by a perfect classifier");
    }

    private void submitLabels(long seed, int bits, IntUnaryOperator code, int noise) throws IOException {
        PreparedSplit split = sample.split(seed);
        int[] queries = SampleTask.places(sample.handedOut(seed, "query"), split.queries());
        int[] database = SampleTask.places(sample.handedOut(seed, "database"), split.database());
        sample.write(
                seed,
                bits,
                ofLabels(split.queryLabels().select(queries), bits, code, noise),
                ofLabels(split.databaseLabels().select(database), bits, code, noise));
    }

    private static BinaryCodes ofLabels(Labels labels, int bits, IntUnaryOperator code, int noise) {
        int width = (bits + 7) / 8;
        byte[] bytes = Filled.bytes(labels.size() * width, i -> {
            int row = i / width;
            int value = code.applyAsInt(((ClassLabels) labels).get(row)) | (row % 2 * noise);
            return value >> (8 * (i % width));
        });
        return BinaryCodes.ofBytes(labels.size(), bits, bytes);
    }

    /** Results with the same codes, whose mAP is said to be 0.01 in one seed and 0.02 in the other. */
    @Test
    void codesThatAreFarBetterThanAllKnownOnesAreFlagged() throws IOException {
        Results scored = sample.score();
        assertThat(sample.check(null, scored).flags()).isEmpty();
        Results poor = new Results(
                scored.protocol(),
                scored.environment(),
                scored.runs().stream()
                        .map(run -> run.with(Map.of("map", 0.01 * (1 + run.key().seed())), run.curves(), run.seconds()))
                        .toList());
        assertThat(sample.check(null, poor).flags())
                .hasSize(4)
                .allSatisfy(flag -> assertThat(flag.words())
                        .matches(
                                "mAP is \\d\\d\\.\\d%, far above the best known result under the same rules, 1\\.5% of mine:"
                                        + " by more than 5 standard deviations over its seeds"));
    }

    @Test
    void floatsAreRefused() throws IOException {
        Path file = sample.codes(0, 8, "query");
        NpyFile.write(file, NpyArray.ofFloats(new float[SampleTask.QUERIES * 8], SampleTask.QUERIES, 8));
        assertRefused(
                file + ": expected codes of 8 bits, packed as uint8 in 1 columns or as uint8 or bool of 0 and 1 in 8"
                        + " columns, found float32 in 8 columns");
    }

    @Test
    void codesOfAnotherLengthAreRefused() throws IOException {
        Path file = sample.codes(0, 12, "database");
        CodeArrays.write(file, BinaryCodes.ofBytes(SampleTask.DATABASE, 32, new byte[4 * SampleTask.DATABASE]));
        assertRefused(
                file + ": expected codes of 12 bits, packed as uint8 in 2 columns or as uint8 or bool of 0 and 1 in 12"
                        + " columns, found uint8 in 4 columns");
    }

    @Test
    void queryAndDatabaseExchangedAreRefused() throws IOException {
        BinaryCodes queries = CodeArrays.read(sample.codes(0, 8, "query"), 8);
        sample.write(0, 8, CodeArrays.read(sample.codes(0, 8, "database"), 8), queries);
        assertRefused(sample.codes(0, 8, "query")
                + ": expected a code for each of the 45 queries of seed 0, found 75, as many as database.npy requires;"
                + " perhaps the two were exchanged");
    }

    @Test
    void aHeaderThatClaimsTooMuchIsRefused() throws IOException {
        Path file = sample.codes(0, 8, "query");
        String right = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        Files.write(
                file, right.replace("(45, 1), }        ", "(2000000000, 1), }").getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(file
                + " is too short: expected UINT8 of shape [2000000000, 1] (2000000000 bytes), found a file that can"
                + " hold at most 45 more");
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws IOException {
        Path file = sample.codes(0, 8, "query");
        Files.write(file, new byte[100_000]);
        assertRefused(file + ": expected at most 66148 bytes, as codes of 8 bits for these queries take, found 100000");
    }

    @Test
    void aBitBeyondTheLengthIsRefused() throws IOException {
        Path file = sample.codes(0, 12, "query");
        NpyFile.write(
                file,
                NpyArray.owning(
                        NpyType.UINT8,
                        List.of(SampleTask.QUERIES, 2),
                        Filled.bytes(2 * SampleTask.QUERIES, i -> 0x7f)));
        assertRefused(
                file + " has a wrong code in row 0 (counted from 0): expected 12 bits, found one set beyond them");
    }

    @ParameterizedTest
    @CsvSource({"codes/0/8/query.npy, file", "codes, folder", "submission.yaml, file"})
    void aLinkOutOfTheFolderIsNotFollowed(String name, String kind) throws IOException {
        Path inside = sample.submission().resolve(name);
        Files.createSymbolicLink(inside, Files.move(inside, folder.resolve("elsewhere")));
        assertRefused(inside + ": expected a " + kind + " of the submission's own, found a link");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: mine | name: ../../escape              | , line 6: name: expected at most 40 lower-case letters, digits and '-', first a letter, found '../../escape'
            name: mine | name: ksh                       | , name: expected a name that no method of linfhash has, found 'ksh'
            name: mine | 'name: mine\nname: another'    | , line 3: expected well-formed YAML, found: Duplicate field 'name'
            """)
    void whatItSaysOfItselfIsRead(String right, String wrong, String reason) throws IOException {
        String text = Files.readString(sample.card());
        Files.writeString(sample.card(), text.replace(right, wrong));
        assertRefused(sample.card() + reason);
    }

    @Test
    void yamlThatBlowsUpIsRefused() throws IOException {
        StringBuilder yaml = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (char name = 'b'; name <= 'k'; name++) {
            String before = "*" + (char) (name - 1);
            yaml.append(name).append(": &").append(name).append(" [").append(before);
            yaml.append((", " + before).repeat(9)).append("]\n");
        }
        Files.writeString(sample.card(), yaml + Files.readString(sample.card()));
        assertRefused(sample.card()
                + ", line 1, a: unknown key: expected one of authors, code, environment, learnedFrom, license, name,"
                + " remarks, schema, seconds, task, title, found 'a'");
    }

    @Test
    void codesForAnotherTaskAreRefused() throws IOException {
        Files.writeString(sample.card(), Files.readString(sample.card()) + "task: " + OTHER_DIGEST + "\n");
        Path task = sample.task().resolve("task.yaml");
        assertRefused(sample.card() + ", task: expected " + Digests.sha256(task) + ", the SHA-256 of " + task
                + ", found " + OTHER_DIGEST + "; these codes were made for another task");
    }

    @Test
    void aTaskThatWasChangedIsRefused() throws IOException {
        Path file = sample.task().resolve("task.yaml");
        String right = Digests.sha256(sample.task().resolve("1/query_features.npy"));
        Files.writeString(file, Files.readString(file).replace(right, OTHER_DIGEST));
        assertRefused("task.yaml of the task: expected for 1/query_features.npy the digest " + right
                + ", as this program creates it, found " + OTHER_DIGEST);
    }

    @Test
    void aTaskOfOtherRulesIsRefused() throws IOException {
        Protocol other = SampleTask.protocol(
                Files.createDirectory(folder.resolve("other")),
                "{kind: class-balanced, queriesPerClass: 14, trainingPerClass: 15, trainingRows: in-database}",
                "same-class");
        InputErrors.assertBadInput(() -> sample.scoring(other))
                .hasMessageStartingWith(
                        "task.yaml of the task: expected the rules of tiny as this program has them, hash ");
    }

    @Test
    void resultsOfOtherLengthsAreNothingToCompareWith() throws IOException {
        Results scored = sample.score();
        Results others = new Results(
                scored.protocol()
                        .withRuns(
                                List.of(4),
                                scored.protocol().seeds(),
                                scored.protocol().methods()),
                scored.environment(),
                List.of(RunResult.measured(
                        new RunKey("mine", 4, 0),
                        scored.runs().get(0).splitHash(),
                        OTHER_DIGEST,
                        0,
                        null,
                        Map.of("map", 0.5),
                        Map.of(),
                        Map.of())));
        InputErrors.assertBadInput(() -> sample.check(others))
                .hasMessage("--baseline: expected runs of the seeds [0, 1] and lengths [8, 12] of the task, found none"
                        + " that did not fail");
    }

    /** No row is left that was free to train under another seed. */
    @Test
    void aTaskWhoseDatabaseIsAllLabeledIsScored() throws IOException {
        SampleTask all = SampleTask.ofLabeledRows(Files.createDirectory(folder.resolve("all")));
        assertThat(all.split(0).training().labeled().rows())
                .isEqualTo(all.split(0).database().rows());
        Results scored = all.score();
        assertThat(scored.runs()).hasSize(2).allMatch(run -> run.metrics().containsKey("map"));
        assertThat(all.check(null).flags()).isEmpty();
    }
}
