package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.linfhash.advisor.command.ExitCodes;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.experiment.runner.QueryFiles;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.tables.NumberText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Submissions must be scored, refused in a sentence, or flagged. */
class ScoreTest extends EntryOnTinyHome {
    private void assertRefused(String sentence) {
        badInput(SCORE);
        assertThat(err.toString().lines().filter(line -> line.startsWith("linfhash: ")))
                .containsExactly("linfhash: " + sentence);
        assertThat(out.toString()).isEmpty();
        assertThat(result).doesNotExist();
    }

    private void assertFlagged(String sentence) {
        assertThat(call(SCORE)).as(err.toString()).isEqualTo(ExitCodes.FOUND);
        assertThat(err.toString().lines().filter(line -> line.startsWith("flagged: ")))
                .containsExactly("flagged: " + sentence);
        Configuration row = ResultsJson.read(result.resolve("results.json"))
                .protocol()
                .methods()
                .get(0);
        assertThat(row.note()).contains(" Flagged: " + sentence);
    }

    private static Map<String, Double> ofCodes(RunResult run) {
        Map<String, Double> metrics = new LinkedHashMap<>(run.metrics());
        metrics.remove("realMap");
        return metrics;
    }

    @Test
    void codesHaveTheNumbersThatTheyHaveInOurOrder() throws IOException {
        succeed("run --protocol=tiny --methods=lsh,ksh --out=F/ours");

        succeed(SCORE + "--baseline=F/ours --format=csv");

        Results ours = ResultsJson.read(root.resolve("ours/results.json"));
        Results scored = ResultsJson.read(result.resolve("results.json"));
        assertThat(Files.readString(result.resolve("results.json"))).contains("\"linfhash-results/11\"");
        assertThat(scored.runs()).hasSize(4);
        for (RunResult run : scored.runs()) {
            RunResult same = ours.runs("lsh", run.key().bits()).stream()
                    .filter(other -> other.key().seed() == run.key().seed())
                    .findFirst()
                    .orElseThrow();
            assertThat(run.codesHash()).isEqualTo(same.codesHash());
            assertThat(run.splitHash()).isEqualTo(same.splitHash());
            assertThat(run.metrics()).isEqualTo(ofCodes(same)).containsKey("map");
            assertThat(new QueryFiles(result, QUERIES).of(run, "map").orElseThrow())
                    .isEqualTo(new QueryFiles(root.resolve("ours"), QUERIES)
                            .of(same, "map")
                            .orElseThrow());
        }
        Configuration mine = scored.protocol().methods().get(0);
        assertThat(mine.supervision()).isEqualTo(Supervision.EXTERNAL);
        assertThat(mine.citation()).isEqualTo("A. Author, B. Author. https://example.org/mine. License: MIT");
        assertThat(mine.note())
                .isEqualTo(
                        "A submission: its authors computed the codes from a task, and linfhash measured them like all"
                                + " others. They state no other training data.");
        assertThat(result.resolve("submission.yaml")).hasSameBinaryContentAs(submission.resolve("submission.yaml"));
        List<String> printed = out.toString().lines().toList();
        assertThat(printed.get(0)).isEqualTo("bits,method,map,seeds,group,p to best,difference,p,tests");
        assertThat(printed).contains("bits,metric,mean,seeds");
        assertThat(printed).filteredOn(line -> line.startsWith("8,map,")).hasSize(1);
        // Two methods at each length and in each metric.
        assertThat(printed)
                .filteredOn(line -> line.startsWith("lsh,8,map,"))
                .singleElement()
                .asString()
                .matches(".*,0 ± [0-9.]+,1\\.000,2,2");
        assertThat(printed).anyMatch(line -> line.startsWith("ksh,12,map,"));
        assertThat(printed)
                .filteredOn(line -> line.startsWith("8,"))
                .extracting(line -> line.split(",", -1)[1])
                .containsOnly("mine", "lsh", "ksh", "map", "precision@2", "recall@2");
        assertThat(err.toString())
                .contains(
                        "metrics shown: map, precision@2, recall@2; --metrics shows others, and results.json contains all.\n")
                .doesNotContain("flagged");
    }

    /** The ranking of a site is that of the summary; two seeds are too few for groups. */
    @Test
    void aPairHasThePThatASiteOfTheSameResultsHas() throws IOException {
        Path ours = root.resolve("ours");
        succeed("run --protocol=tiny --methods=lsh,ksh,itq,sh --bits=8,12 --out=%s", ours);
        // Codes of another kind: the others' p would be 1 of codes that are theirs.
        for (long seed : SEEDS) {
            PreparedSplit trial = trial(seed);
            int[] database = places(handedOut(seed, "database"), trial.database());
            int[] queries = places(handedOut(seed, "query"), trial.queries());
            write(
                    seed,
                    12,
                    noisy(ofLabels(trial.queryLabels(), 4)).select(queries),
                    noisy(ofLabels(trial.databaseLabels(), 4)).select(database));
        }
        assertThat(call(SCORE + "--baseline=%s --format=json", ours)).isEqualTo(ExitCodes.FOUND);
        JsonNode scored = new ObjectMapper().readTree(out.toString());
        for (String text : List.of("what-is-measured.md", "limits.md")) {
            Files.createDirectories(root.resolve("docs"));
            Files.copy(
                    realHome().resolve("docs").resolve(text),
                    root.resolve("docs").resolve(text));
        }
        succeed("results rank --results %s %s --out=F/site", ours, result);
        JsonNode site = new ObjectMapper()
                .readTree(root.resolve("site/protocols/tiny.json").toFile());
        int compared = 0;
        for (JsonNode row : site) {
            JsonNode line = one(
                    scored.get("summary"),
                    row.get("method").asText(),
                    row.get("bits").asText());
            JsonNode map = row.get("metrics").get("map");
            assertThat(map.get("group").isNull()).isTrue();
            assertThat(line.get("group").isNull()).isTrue();
            assertThat(printed(line.get("p to best"))).isEqualTo(shown(map.get("p")));
            compared++;
            // The submission is the best here, so that it is compared with all others in both.
            if (row.get("bits").asInt() == 12 && !row.get("method").asText().equals("mine")) {
                assertThat(printed(line.get("p"))).isNotEmpty();
                assertThat(one(scored.get("against"), row.get("method").asText(), "12")
                                .get("p"))
                        .isEqualTo(line.get("p"));
                assertThat(line.get("tests").isInt()).isTrue();
                assertThat(line.get("tests").asInt()).isEqualTo(4);
            }
        }
        assertThat(compared).isEqualTo(10);
    }

    /** The first, which is that of mAP. */
    private static JsonNode one(JsonNode rows, String method, String bits) {
        for (JsonNode row : rows) {
            if (row.get("method").asText().equals(method)
                    && row.get("bits").asText().equals(bits)) {
                return row;
            }
        }
        throw new AssertionError("no " + method + " at " + bits + " bits in " + rows);
    }

    /** A p-value as tables print it. */
    private static String printed(JsonNode p) {
        return p.isNull() ? "" : p.isNumber() ? String.format(Locale.ROOT, "%.3f", p.asDouble()) : p.asText();
    }

    private static String shown(JsonNode p) {
        return NumberText.p(p.isNull() ? OptionalDouble.empty() : OptionalDouble.of(p.asDouble()));
    }

    @Test
    void comparisonsCanBeNamedAndPackedResultsAreTaken() {
        Path ours = root.resolve("ours");
        succeed("run --protocol=tiny --methods=lsh,ksh,itq --out=%s", ours);
        succeed("results pack --results %s --out=F/kept", ours);
        Path kept = Objects.requireNonNull(root.resolve("kept").toFile().listFiles())[0].toPath();
        assertThat(kept.resolve("results.json.gz")).exists();

        succeed(SCORE + "--baseline=%s --methods=itq,ksh --metrics=precision@2,map --bits=12 --format=csv", kept);
        List<String> printed = out.toString().lines().toList();
        assertThat(printed.get(0)).startsWith("bits,method,precision@2,seeds");
        assertThat(printed.subList(1, 4))
                .allMatch(line -> line.startsWith("12,"))
                .noneMatch(line -> line.contains("lsh"));
        assertThat(printed.stream()
                        .skip(printed.indexOf("method,bits,metric,method's,submission's,difference,p,tests,seeds"))
                        .skip(1)
                        .map(line -> line.replaceFirst("^([^,]*,[^,]*,[^,]*),.*,(\\d+),(\\d+)$", "$1,$2")))
                .containsExactly("ksh,12,precision@2,2", "itq,12,precision@2,2", "ksh,12,map,2", "itq,12,map,2");
        assertThat(ResultsJson.read(result.resolve("results.json")).runs()).hasSize(4);
        assertThat(err.toString()).doesNotContain("metrics shown");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --methods=ksh   | --methods requires --baseline.
                    --bits=8,16     | --bits: expected code lengths of the task, [8, 12], found 16.
                    """)
    void whatCannotBeComparedIsRefusedBeforeAnythingIsWritten(String option, String sentence) {
        assertThat(badInput(SCORE + "%s", option)).contains("linfhash: " + sentence);
        assertThat(result).doesNotExist();
    }

    @Test
    void namesThatThereAreNotAreRefused() {
        assertThat(badInput(SCORE + "--metrics=mapp"))
                .contains("linfhash: --metrics: expected some of map, ", ", found 'mapp'.");
        succeed("run --protocol=tiny --methods=lsh --out=F/ours");
        assertThat(badInput(SCORE + "--baseline=F/ours --methods=ksh"))
                .contains("linfhash: --methods: expected some of lsh, which " + root.resolve("ours")
                        + " has, found 'ksh'.");
        assertThat(result).doesNotExist();
    }

    @Test
    void aFolderWithoutResultsIsNothingToCompareWith() throws IOException {
        Path empty = Files.createDirectory(root.resolve("empty"));
        assertThat(badInput(SCORE + "--baseline=%s", empty))
                .contains("linfhash: " + empty
                        + ": expected results.json or results.json.gz in this folder, found neither.");
        assertThat(result).doesNotExist();
    }

    @Test
    void oneElementABitIsAsGoodAndTheSameCommandComputesNothingAgain() throws IOException {
        succeed(SCORE);
        String first = Files.readString(result.resolve("results.json"));

        BinaryCodes queries = CodeArrays.read(codes(1, 12, "query"), 12);
        byte[] elements = new byte[QUERIES * 12];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (byte) (queries.bit(i / 12, i % 12) ? 1 : 0);
        }
        NpyFile.write(codes(1, 12, "query"), NpyArray.owning(NpyType.BOOL, List.of(QUERIES, 12), elements));
        succeed(SCORE);
        assertThat(Files.readString(result.resolve("results.json"))).isEqualTo(first);
    }

    @Test
    void aSubmissionSaysWhatElseItWasLearnedFrom() throws IOException {
        Files.writeString(
                submission.resolve("submission.yaml"), Files.readString(submission.resolve("submission.yaml")) + """
                title: Meine Methode
                learnedFrom: A network that was trained on ImageNet
                seconds: {train: 1.5}
                remarks: The bits are sorted.
                """);
        succeed(SCORE);
        Configuration mine = ResultsJson.read(result.resolve("results.json"))
                .protocol()
                .methods()
                .get(0);
        assertThat(mine.title()).isEqualTo("Meine Methode");
        assertThat(mine.note())
                .endsWith(" They state that it also learned from: A network that was trained on ImageNet. They"
                        + " remark: The bits are sorted.");
    }

    @Test
    void aMissingSeedIsRefused() throws IOException {
        for (int bits : BITS) {
            Files.delete(codes(1, bits, "query"));
            Files.delete(codes(1, bits, "database"));
        }
        assertRefused(
                submission + ": expected codes of each seed and length of the task, found no codes/1/8/query.npy, no"
                        + " codes/1/8/database.npy, no codes/1/12/query.npy, no codes/1/12/database.npy.");
    }

    /** Nothing in codes says of which row they are; that they have nothing to do with the features can be seen. */
    @Test
    void anotherOrderOfTheDatabaseIsFlagged() throws IOException {
        BinaryCodes ofTask = CodeArrays.read(codes(0, 12, "database"), 12);
        int[] places = places(handedOut(0, "database"), trial(0).database());
        int[] ofSplit = new int[places.length];
        for (int place = 0; place < places.length; place++) {
            ofSplit[places[place]] = place;
        }
        CodeArrays.write(codes(0, 12, "database"), ofTask.select(ofSplit));
        assertFlagged(
                "seed 0 at 12 bits: the nearest vectors of a query by features are no nearer to it by code than any others, as if"
                        + " queries or database were in another order than in the task, or of another seed.");
    }

    @Test
    void equalCodesAreNotTakenForAnotherOrder() throws IOException {
        write(
                0,
                12,
                CodeArrays.read(codes(0, 12, "query"), 12),
                BinaryCodes.ofBytes(DATABASE, 12, new byte[2 * DATABASE]));
        assertFlagged(
                "seed 0 at 12 bits: all codes of the database are equal, so no vector is nearer to a query than any other.");
    }

    @Test
    void fewDifferentCodesAreCounted() throws IOException {
        byte[] database = new byte[DATABASE];
        for (int row = 0; row < DATABASE; row++) {
            database[row] = (byte) (row % 3);
        }
        write(1, 8, CodeArrays.read(codes(1, 8, "query"), 8), BinaryCodes.ofBytes(DATABASE, 8, database));
        assertFlagged(
                "seed 1 at 8 bits: there are only 3 different codes for the 75 database vectors, and the nearest vectors of a query"
                        + " by features are no nearer to it by code than any others: training may have collapsed, or the order of"
                        + " vectors may differ from the task.");
    }

    @Test
    void codesOfLabelsAreFlagged() throws IOException {
        PreparedSplit trial = trial(0);
        int[] queries = places(handedOut(0, "query"), trial.queries());
        int[] database = places(handedOut(0, "database"), trial.database());
        write(
                0,
                8,
                ofLabels(trial.queryLabels(), 8).select(queries),
                ofLabels(trial.databaseLabels(), 8).select(database));
        assertFlagged(
                "seed 0 at 8 bits: vectors have the same code if and only if they have the same labels, as if the codes were made"
                        + " from the labels of queries and database, or by a perfect classifier.");
    }

    /** The labels in some bits, and noise in the others. */
    @Test
    void labelsAmongNoiseAreFlagged() throws IOException {
        PreparedSplit trial = trial(1);
        int[] queries = places(handedOut(1, "query"), trial.queries());
        int[] database = places(handedOut(1, "database"), trial.database());
        write(
                1,
                12,
                noisy(ofLabels(trial.queryLabels(), 4)).select(queries),
                noisy(ofLabels(trial.databaseLabels(), 4)).select(database));
        assertFlagged(
                "seed 1 at 12 bits: all relevant vectors are nearer to a query by code than all others, as if the codes were made"
                        + " from the labels of queries and database, or by a perfect classifier.");
    }

    /** Three times three bits for one of three classes, and one bit of noise. */
    private static BinaryCodes noisy(BinaryCodes ofClasses) {
        byte[] bytes = new byte[2 * ofClasses.size()];
        for (int row = 0; row < ofClasses.size(); row++) {
            int label = (int) ofClasses.word(row, 0);
            int code = (0b111 << (3 * label)) | ((row % 2) << 11);
            bytes[2 * row] = (byte) code;
            bytes[2 * row + 1] = (byte) (code >> 8);
        }
        return BinaryCodes.ofBytes(ofClasses.size(), 12, bytes);
    }

    @Test
    void floatsAreRefused() throws IOException {
        Path file = codes(0, 8, "query");
        NpyFile.write(file, NpyArray.ofFloats(new float[QUERIES * 8], QUERIES, 8));
        assertRefused(
                file + ": expected codes of 8 bits, packed as uint8 in 1 columns or as uint8 or bool of 0 and 1 in 8"
                        + " columns, found float32 in 8 columns.");
    }

    @Test
    void codesOfAnotherLengthAreRefused() throws IOException {
        Path file = codes(0, 12, "database");
        CodeArrays.write(file, ofLabels(trial(0).databaseLabels(), 32));
        assertRefused(
                file + ": expected codes of 12 bits, packed as uint8 in 2 columns or as uint8 or bool of 0 and 1 in 12"
                        + " columns, found uint8 in 4 columns.");
    }

    @Test
    void queryAndDatabaseExchangedAreRefused() throws IOException {
        BinaryCodes queries = CodeArrays.read(codes(0, 8, "query"), 8);
        write(0, 8, CodeArrays.read(codes(0, 8, "database"), 8), queries);
        assertRefused(
                codes(0, 8, "query") + ": expected a code for each of the 45 queries of seed 0, found 75, as many as"
                        + " database.npy requires; perhaps the two were exchanged.");
    }

    @Test
    void aHeaderThatClaimsTooMuchIsRefused() throws IOException {
        Path file = codes(0, 8, "query");
        byte[] right = Files.readAllBytes(file);
        String header =
                new String(right, StandardCharsets.ISO_8859_1).replace("(45, 1), }        ", "(2000000000, 1), }");
        Files.write(file, header.getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(file
                + " is too short: expected UINT8 of shape [2000000000, 1] (2000000000 bytes), found a file that can"
                + " hold at most 45 more.");
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws IOException {
        Path file = codes(0, 8, "query");
        Files.write(file, new byte[100_000]);
        assertRefused(
                file + ": expected at most 66148 bytes, as codes of 8 bits for these queries take, found 100000.");
    }

    @Test
    void aBitBeyondTheLengthIsRefused() throws IOException {
        Path file = codes(0, 12, "query");
        byte[] bytes = new byte[2 * QUERIES];
        Arrays.fill(bytes, (byte) 0x7f);
        NpyFile.write(file, NpyArray.owning(NpyType.UINT8, List.of(QUERIES, 2), bytes));
        assertRefused(
                file + " has a wrong code in row 0 (counted from 0): expected 12 bits, found one set beyond them.");
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
        Path secret = Files.move(codes(0, 8, "query"), root.resolve("secret.npy"));
        Files.createSymbolicLink(codes(0, 8, "query"), secret);
        assertRefused(codes(0, 8, "query") + ": expected a file of the submission's own, found a link.");
    }

    @Test
    void aFolderThatIsALinkIsNotFollowed() throws IOException {
        Path codes = submission.resolve("codes");
        Path elsewhere = Files.move(codes, root.resolve("elsewhere"));
        Files.createSymbolicLink(codes, elsewhere);
        assertRefused(codes + ": expected a folder of the submission's own, found a link.");
    }

    @Test
    void submissionYamlThatIsALinkIsNotFollowed() throws IOException {
        Path file = submission.resolve("submission.yaml");
        Files.createSymbolicLink(file, Files.move(file, root.resolve("secret.yaml")));
        assertRefused(file + ": expected a file of the submission's own, found a link.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    name: mine   | name: ../../escape           | , line 6: name: expected at most 40 lower-case letters, digits and '-', first a letter, found '../../escape'.
                    name: mine   | name: ksh                    | , name: expected a name that no method of linfhash has, found 'ksh'.
                    """)
    void whatItSaysOfItselfIsRead(String right, String wrong, String reason) throws IOException {
        Path file = submission.resolve("submission.yaml");
        Files.writeString(file, Files.readString(file).replace(right, wrong));
        assertRefused(file + reason);
    }

    @Test
    void twoNamesAreRefused() throws IOException {
        Path file = submission.resolve("submission.yaml");
        Files.writeString(file, Files.readString(file) + "name: another\n");
        assertRefused(file + ", line 6: expected well-formed YAML, found: Duplicate field 'name'.");
    }

    @Test
    void yamlThatBlowsUpIsRefused() throws IOException {
        StringBuilder yaml = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (char name = 'b'; name <= 'k'; name++) {
            String before = "*" + (char) (name - 1);
            yaml.append(name).append(": &").append(name).append(" [").append(before);
            yaml.append((", " + before).repeat(9)).append("]\n");
        }
        Path file = submission.resolve("submission.yaml");
        Files.writeString(file, yaml + Files.readString(file));
        assertRefused(file
                + ", line 1, a: unknown key: expected one of authors, code, environment, learnedFrom, license, name,"
                + " remarks, schema, seconds, task, title, found 'a'.");
    }

    @Test
    void codesForAnotherTaskAreRefused() throws IOException {
        Path file = submission.resolve("submission.yaml");
        String other = "0123456789abcdef".repeat(4);
        Files.writeString(file, Files.readString(file) + "task: " + other + "\n");
        String mine = Digests.sha256(task.resolve("task.yaml"));
        assertRefused(file + ", task: expected " + mine + ", the SHA-256 of " + task.resolve("task.yaml") + ", found "
                + other + "; these codes were made for another task.");
    }

    @Test
    void aTaskThatWasChangedIsRefused() throws IOException {
        Path file = task.resolve("task.yaml");
        String text = Files.readString(file);
        String right = text.lines()
                .filter(line -> line.startsWith("  1/query_features.npy: "))
                .findFirst()
                .orElseThrow()
                .substring("  1/query_features.npy: ".length());
        String other = "0123456789abcdef".repeat(4);
        Files.writeString(file, text.replace(right, other));
        assertRefused("task.yaml of the task: expected for 1/query_features.npy the digest " + right
                + ", as this program creates it, found " + other + ".");
    }

    @Test
    void aTaskOfOtherRulesIsRefused() throws IOException {
        Path protocol = root.resolve("protocols/tiny.yaml");
        Files.writeString(protocol, Files.readString(protocol).replace("queriesPerClass: 15", "queriesPerClass: 14"));
        assertThat(badInput(SCORE))
                .startsWith(
                        "linfhash: task.yaml of the task: expected the rules of tiny as this program has them, hash ");
        assertThat(result).doesNotExist();
    }

    @Test
    void resultsOfOtherLengthsAreNothingToCompareWith() {
        Path others = root.resolve("others");
        succeed("run --protocol=tiny --methods=lsh --bits=4 --out=%s", others);
        assertThat(badInput(SCORE + "--baseline=%s", others))
                .contains(
                        "linfhash: --baseline: expected runs of the seeds [0, 1] and lengths [8, 12] of the task, found none"
                                + " that did not fail.\n");
        assertThat(result).doesNotExist();
    }

    @Test
    void aFolderOfSomethingElseIsNoPlaceForResults() {
        assertThat(badInput(SCORE.replace("F/result", "F/submission")))
                .isEqualTo("linfhash: output folder " + submission
                        + ": expected a new or empty one, or one with results, found one with other files (codes).\n");
    }
}
