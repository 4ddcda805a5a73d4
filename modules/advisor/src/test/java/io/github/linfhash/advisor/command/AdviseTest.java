package io.github.linfhash.advisor.command;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.testing.Blobs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linfhash advise} as a user has it. */
class AdviseTest extends AdvisorInFolder {
    private static final String ADVISE = "advise --vectors=F/x.npy ";

    /** The options for the files that {@link #judge} writes. */
    private static final String JUDGED = "--queries=F/q.npy --qrels=F/test.tsv --ids=F/x.ids --query-ids=F/q.ids ";

    private static final Blobs BLOBS = Blobs.classes(new Blobs.Sizes(5, 32, 300, 30), 4);

    @BeforeEach
    void writeVectors() throws IOException {
        FeatureArrays.write(root.resolve("x.npy"), BLOBS.train());
        FeatureArrays.write(root.resolve("q.npy"), BLOBS.test());
        LabelArrays.write(root.resolve("y.npy"), BLOBS.trainLabels());
        LabelArrays.write(root.resolve("qy.npy"), BLOBS.testLabels());
    }

    private JsonNode json(String options) throws IOException {
        return new JsonMapper().readTree(succeed(ADVISE + "--format=json " + options));
    }

    /** Writes ids, and for each query two judged vectors of its class; the last query has none. */
    private void judge() throws IOException {
        Files.write(
                root.resolve("x.ids"),
                IntStream.range(0, 300).mapToObj(row -> "doc-" + row).toList());
        List<String> queries = new ArrayList<>();
        List<String> qrels =
                new ArrayList<>(List.of("query-id\tcorpus-id\tscore", "other\tdoc-1\t1", "q0\tdoc-300\t2"));
        ClassLabels ofQueries = (ClassLabels) BLOBS.testLabels();
        ClassLabels ofRows = (ClassLabels) BLOBS.trainLabels();
        for (int query = 0; query < ofQueries.size(); query++) {
            String id = "q" + query;
            int label = ofQueries.get(query);
            int grade = query < ofQueries.size() - 1 ? 1 : 0;
            queries.add(id);
            IntStream.range(0, 300)
                    .filter(row -> ofRows.get(row) == label)
                    .limit(2)
                    .forEach(row -> qrels.add(id + "\tdoc-" + row + "\t" + grade));
        }
        Files.write(root.resolve("q.ids"), queries);
        Files.write(root.resolve("test.tsv"), qrels);
    }

    @Test
    void labelsAndJudgmentsOfFilesAreReported() throws IOException {
        judge();
        JsonNode json = json(JUDGED + "--bytes=36 --quantizers=int8 --out=F/judged");
        assertThat(json.path("floats").has("map")).isFalse();
        assertThat(json.at("/quantizers/0").has("ndcg10")).isTrue();
        assertThat(json.path("judgments"))
                .isEqualTo(new JsonMapper()
                        .readTree("{\"queries\": " + (BLOBS.test().rows() - 1)
                                + ", \"queriesLeftOut\": 1, \"ofOtherQueries\": 1, \"ofOtherVectors\": 1}"));
        String others = "1 judgments of other queries, 1 of other vectors";
        assertThat(Files.readString(root.resolve("judged/index.html"))).contains("nDCG@10", others);
        assertThat(succeed(ADVISE + JUDGED + "--bytes=36 --quantizers=int8 --labels=F/y.npy"))
                .contains("full-precision vectors: nDCG@10", "nDCG@10", others)
                .doesNotContain("mAP");
        assertThat(succeed(ADVISE + "--bytes=36 --quantizers=int8 --labels=F/y.npy"))
                .contains("full-precision vectors: mAP", "mAP", "P@10");
    }

    @Test
    void groupsOfQueriesCountAsIndependent() throws IOException {
        int queries = BLOBS.test().rows();
        String options = "--queries=F/q.npy --bytes=8 --quantizers=sign ";
        Files.write(
                root.resolve("groups.txt"),
                IntStream.range(0, queries).mapToObj(q -> "topic " + q % 6).toList());
        Files.write(
                root.resolve("alone.txt"),
                IntStream.range(0, queries).mapToObj(q -> "query " + q).toList());
        JsonNode plain = json(options);
        JsonNode grouped = json(options + "--query-groups=F/groups.txt");
        assertThat(plain.findValue("queryGroups")).isNull();
        assertThat(grouped.findPath("queryGroups").asInt()).isEqualTo(6);
        JsonNode alone = json(options + "--query-groups=F/alone.txt");
        String interval = "/quantizers/0/interval";
        assertThat(alone.at(interval)).isNotEmpty().isEqualTo(plain.at(interval));
        assertThat(grouped.at(interval)).isNotEmpty().isNotEqualTo(plain.at(interval));
        assertThat(succeed(ADVISE + options + "--query-groups=F/groups.txt"))
                .contains("Intervals count the 6 groups of queries as independent, not the " + queries + " queries.");
    }

    @Test
    void groupsThatDoNotFitTheQueriesAreRefused() throws IOException {
        int queries = BLOBS.test().rows();
        String options = "--queries=F/q.npy --bytes=8 --quantizers=sign --query-groups=F/groups.txt";
        refused("--query-groups: expected an existing file", options);
        Files.writeString(root.resolve("groups.txt"), "");
        refused("--query-groups requires --queries, without --labels and --qrels", "--query-groups=F/groups.txt");
        refused("--query-groups requires --queries, without", options + " --labels=F/y.npy");
        refused("expected a group for each of the " + queries + " queries", options);
        Files.writeString(root.resolve("groups.txt"), "a\nb\n");
        refused("queries of " + root.resolve("q.npy") + ", one a line, found 2", options);
        Files.writeString(root.resolve("groups.txt"), "a\n".repeat(queries));
        refused("groups.txt: expected at least 4 groups, two for each half of the queries, found 1", options);
    }

    @Test
    void aTargetOfOnesOwnReplacesTheDefaults() throws IOException {
        JsonNode json = json("--bytes=8 --quantizers=rotated-sign --target=0.6");
        assertThat(json.path("advice")).hasSize(1);
        assertThat(json.at("/advice/0/target").asDouble()).isEqualTo(0.6);
        assertThat(json.at("/advice/0/sentence").asText()).startsWith("For a recall of 60%: ");
        assertThat(json.at("/answer/0/target").asDouble()).isEqualTo(0.6);
    }

    @Test
    void aFolderGetsTheJsonAndThePage() throws IOException {
        assertThat(succeed(ADVISE + "--bytes=8 --quantizers=rotated-sign,pq --max-vectors=160 --out=F/advice"))
                .contains("For a recall of 95%: ", "For a recall of 99%: ", "rotated-sign");
        assertThat(Files.readString(root.resolve("advice/index.html")))
                .contains(
                        "<h1>Codes for x.npy</h1>",
                        " for a recall of 95%",
                        "recall-bytes-1",
                        "class=\"level\"",
                        "class=\"mark\"",
                        "--vectors=x.npy --bytes=8 ",
                        " --vectors x.npy --out x-codes",
                        "<svg",
                        "270 of dimension 32, 135 searched, 135 others to fit to",
                        "of new vectors, predicted for 270");
        JsonNode json =
                new JsonMapper().readTree(root.resolve("advice/advice.json").toFile());
        assertThat(json.path("schema").asText()).isEqualTo("linfhash-advice/2");
        assertThat(json.at("/vectors/rows").asInt()).isEqualTo(135);
        assertThat(json.at("/vectors/similarity").asText()).isEqualTo("cosine");
        assertThat(json.at("/advice/0/rescoredPerQuery").asLong())
                .isEqualTo(10 * json.at("/advice/0/oversampling").asLong());
        assertThat(json("--bytes=8 --include-slow --no-screening --seeds=0 --k=3")
                        .path("leftOut"))
                .isEmpty();
    }

    @Test
    void judgmentsThatAreNotRightAreOneSentence() throws IOException {
        judge();
        refused("--qrels requires --queries: name the file of the judged queries", "--qrels=F/test.tsv");
        refused("--ids requires --qrels: name the file of the judgments", "--queries=F/q.npy --ids=F/x.ids");
        refused(
                "--query-ids requires --qrels: name the file of the judgments",
                "--queries=F/q.npy --query-ids=F/q.ids");
        refused(
                "test.tsv, line 2: expected a row of " + root.resolve("q.npy") + " from 0 to ",
                "--queries=F/q.npy --qrels=F/test.tsv --ids=F/x.ids");
        refused(
                "q.ids: expected an id for each of the 300 vectors of " + root.resolve("x.npy"),
                JUDGED.replace("x.ids", "q.ids"));
        Files.writeString(root.resolve("few.qrels"), "q0 0 doc-3 1\nq1 0 doc-3 0\nx 0 doc-3 1\nq0 0 doc-x 1\n");
        refused(
                "few.qrels: expected at least two queries of " + root.resolve("q.npy")
                        + " with a vector of grade 1 or more, found 1; ignored: 1 judgments of other queries and 1 of"
                        + " other vectors",
                JUDGED.replace("test.tsv", "few.qrels"));
    }

    /** Files are looked for before the first of them is read, as it may be large. */
    @Test
    void everyFileIsLookedForBeforeOneIsRead() throws IOException {
        Files.writeString(root.resolve("q.xyz"), "");
        Files.writeString(root.resolve("y.xyz"), "");
        String progress = progressOf(() -> {
            refused("--queries: expected an existing file or folder, found nothing at ", "--queries=F/none.npy");
            refused("--qrels: expected an existing file or folder", "--queries=F/q.npy --qrels=F/none.tsv");
            refused("q.xyz is of no known format: expected features in a file that ends in .npy", "--queries=F/q.xyz");
            refused("y.xyz is of no known format: expected labels in a file that ends in .npy", "--labels=F/y.xyz");
            refused("--check: expected an existing file or folder", "--check=F/none");
            refused("found 'pqq' (did you mean 'pq'?)", "--quantizers=pqq");
        });
        assertThat(progress).isEmpty();
        assertThat(progressOf(() -> succeed(ADVISE + "--bytes=4 --quantizers=sign")))
                .contains("reading x.npy");
    }

    /** With --quiet, the answer is the same and nothing else is printed. */
    @Test
    void quietPrintsTheAnswerAlone() throws IOException {
        String command = ADVISE + "--bytes=4 --quantizers=sign --out=F/advice --force";
        String answer = timeless(succeed(command));
        assertThat(err.toString()).contains("wrote advice.json");
        for (String quiet : List.of(" -q", " --quiet")) {
            assertThat(progressOf(
                            () -> assertThat(timeless(succeed(command + quiet))).isEqualTo(answer)))
                    .isEmpty();
            assertThat(err.toString()).isEmpty();
        }
        assertThat(Files.readString(root.resolve("advice/index.html"))).doesNotContain("--quiet");
        assertThat(progressOf(() -> refused("--bytes: expected numbers from 1", "-q --bytes=0")))
                .isEmpty();
    }

    /** Without the nanoseconds and seconds that it took. */
    private static String timeless(String table) {
        return table.replaceAll("(?m) +[0-9.]+ +[0-9.]+ +[12]$", "");
    }

    private static String progressOf(Executable body) {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
            body.execute();
        } catch (Throwable e) {
            throw new AssertionError(e);
        } finally {
            System.setErr(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void refused(String sentence, String options) {
        assertThat(badInput(ADVISE + options)).contains(sentence);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void badInputIsOneSentence() throws IOException {
        FeatureArrays.write(root.resolve("narrow.npy"), FeatureMatrix.owning(2, 3, new float[] {1, 2, 3, 4, 5, 6}));
        refused(
                "narrow.npy: expected vectors of dimension 32 as in " + root.resolve("x.npy") + ", found 3",
                "--queries=F/narrow.npy");
        refused("--k: expected numbers from 1 to 270, found 271", "--k=271");
        refused("--prefix: expected numbers from 1 to 31, found 32", "--prefix=32");
        refused("--prefix: expected no --engine", "--prefix=16 --engine=pgvector");
        refused("--max-oversampling: expected at least 1, found 0", "--max-oversampling=0");
        refused(
                "--bytes: expected code sizes for which a quantizer exists in dimension 32",
                "--bytes=1 --quantizers=int8");
        refused("--quantizers: expected names of sign, truncated-sign", "--quantizers=gold");
        refused("--bytes: expected numbers from 1 to 4096, found 0", "--bytes=0");
        refused("--max-vectors: expected numbers from 20 to 2147483647, found 19", "--max-vectors=19");
        refused("--query-labels requires --queries and --labels: name these files", "--query-labels=F/qy.npy");
        refused(
                "y.npy: expected a label for each of the 30 vectors of " + root.resolve("q.npy") + ", found 300",
                "--queries=F/q.npy --labels=F/y.npy --query-labels=F/y.npy");
        assertThat(badInput("advise --vectors=%s", zeros()))
                .contains("zeros.npy: expected non-zero vectors", "found only zeros in row 0");
    }

    /** A file of 154 MB as float32, of which a heap of 96 MB has room for the sample alone. */
    @Test
    @Tag("slow")
    void aFileThatIsLargerThanTheHeapIsSampledWhileItIsRead() throws Exception {
        int rows = 400_000;
        int dimension = 96;
        byte[] values = new byte[rows * dimension];
        new Random(3).nextBytes(values);
        NpyFile.write(root.resolve("large.npy"), NpyArray.owning(NpyType.INT8, List.of(rows, dimension), values));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-Dlinfhash.cache=" + root.resolve("cache"),
                "-cp",
                System.getProperty("java.class.path"),
                AdvisorMain.class.getName(),
                "advise",
                "--vectors=" + root.resolve("large.npy"),
                "--quantizers=sign",
                "--bytes=12",
                "--max-vectors=2000");
        Path output = root.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains("399000 of dimension 96, 2000 searched, 2000 others to fit to");
    }

    @Test
    void moreVectorsThanTheHeapCanMeasureAreRefused() {
        assertBadInput(() -> MeasuredVectors.requireRoom(
                        Path.of("x.npy"), 101_000, 768, 1L << 30, "--max-vectors to fewer, or "))
                .hasMessage(
                        "x.npy does not fit into memory: expected at most 69905 vectors of dimension 768 in a Java heap of"
                                + " 1024 MiB, found 101000 to measure; set --max-vectors to fewer, or LINFHASH_HEAP to more");
    }

    /** Writes valid rows and three others: at the start zeros or an infinity, a NaN between them, and an infinity at the end. */
    private void writeWithInvalid(String name, FeatureMatrix valid, boolean zeros) throws IOException {
        int d = valid.dimension();
        int n = valid.rows() + 3;
        float[] values = new float[n * d];
        valid.copyRows(0, 5, values, d);
        valid.copyRows(5, valid.rows() - 5, values, 7 * d);
        values[6 * d + 1] = Float.NaN;
        values[(n - 1) * d] = Float.NEGATIVE_INFINITY;
        if (!zeros) {
            values[0] = Float.POSITIVE_INFINITY;
        }
        FeatureArrays.write(root.resolve(name), FeatureMatrix.owning(n, d, values));
    }

    /** Row i of the valid ones in a file with invalid ones. */
    private static int place(int valid) {
        return valid < 5 ? valid + 1 : valid + 2;
    }

    private static JsonNode measured(JsonNode json) {
        ObjectNode copy = json.deepCopy();
        copy.withObject("/vectors").remove(List.of("skippedVectors", "skippedQueries"));
        copy.withArray("/quantizers")
                .forEach(
                        one -> ((ObjectNode) one).remove(List.of("nanosPerDistance", "trainSeconds", "encodeSeconds")));
        return copy;
    }

    /** Labels, ids and judgments go by the rows of the files, so that the answer is that for the files without the invalid rows. */
    @Test
    void invalidVectorsAreLeftOutWithTheirLabelsAndIds() throws IOException {
        judge();
        String options =
                JUDGED + "--bytes=4 --quantizers=sign --max-vectors=100 --labels=F/y.npy --query-labels=F/qy.npy";
        JsonNode expected = json(options);
        writeWithInvalid("x.npy", BLOBS.train(), true);
        writeWithInvalid("q.npy", BLOBS.test(), true);
        for (String name : List.of("x.ids", "q.ids")) {
            List<String> ids = new ArrayList<>(Files.readAllLines(root.resolve(name)));
            ids.add(0, "zero");
            ids.add(6, "nan");
            ids.add("infinite");
            Files.write(root.resolve(name), ids);
        }
        Files.writeString(root.resolve("test.tsv"), "zero\tzero\t3\nq0\tnan\t3\n", StandardOpenOption.APPEND);
        for (String name : List.of("y.npy", "qy.npy")) {
            ClassLabels valid = (ClassLabels) (name.equals("y.npy") ? BLOBS.trainLabels() : BLOBS.testLabels());
            int[] classes = new int[valid.size() + 3];
            IntStream.range(0, valid.size()).forEach(i -> classes[place(i)] = valid.get(i));
            LabelArrays.write(root.resolve(name), ClassLabels.of(classes));
        }
        JsonNode json = json(options + " --skip-invalid");
        assertThat(measured(json)).isEqualTo(measured(expected));
        assertThat(json.at("/vectors/skippedVectors"))
                .extracting(JsonNode::asInt)
                .containsExactly(0, 6, 302);
        assertThat(json.at("/vectors/skippedQueries"))
                .extracting(JsonNode::asInt)
                .containsExactly(0, 6, 32);
        // All vectors are read, and not a sample alone.
        refused(
                "q.npy has a wrong value in row 6, column 1",
                options.replace("--max-vectors=100", "--max-vectors=1000"));
    }

    /** A command with options of vectors. */
    @Command
    private static final class Reading {
        @Mixin
        private final MeasuredVectors vectors = new MeasuredVectors();
    }

    @Test
    void invalidVectorsAreListed() throws IOException {
        writeWithInvalid("x.npy", BLOBS.train(), true);
        List<String> notes = new ArrayList<>();
        Path file = root.resolve("x.npy");
        MeasuredVectors vectors =
                CommandLine.populateCommand(new Reading(), "--vectors=" + file, "--skip-invalid").vectors;
        assertThat(vectors.read(file, Progress.notes(notes::add)).vectors()).isEqualTo(BLOBS.train());
        assertThat(notes)
                .containsExactly(file + ": left out 3 of 303 vectors; not finite: rows 6, 302; only zeros: rows 0");
    }

    @Test
    void drawnQueriesAreDrawnAmongValidVectors() throws IOException {
        String options = "--bytes=4 --quantizers=rotated-sign";
        JsonNode expected = json(options);
        writeWithInvalid("x.npy", BLOBS.train(), true);
        JsonNode json = json(options + " --skip-invalid --out=F/out");
        assertThat(measured(json)).isEqualTo(measured(expected));
        assertThat(Files.readString(root.resolve("out/index.html"))).contains("3 vectors and 0 queries, excluded");
        // A vector of zeros has distances, though it has no cosines.
        json = json("--bytes=4 --quantizers=sign --similarity=euclidean --skip-invalid");
        assertThat(json.at("/vectors/skippedVectors"))
                .extracting(JsonNode::asInt)
                .containsExactly(6, 302);
        writeWithInvalid("x.npy", BLOBS.train(), false);
        refused("x.npy has a wrong value in row 0, column 0", "--quantizers=sign");
        assertThat(badInput("advise --vectors=%s --skip-invalid", zeros()))
                .contains("zeros.npy: expected valid vectors, found none among 40");
    }

    @Test
    void aFolderThatAnotherProcessWritesIsRefused() throws IOException {
        Path folder = root.resolve("shared");
        String options = "--bytes=4 --quantizers=sign --out=" + folder;
        try (OutputFolder other = OutputFolder.openForFiles(folder)) {
            refused("output folder " + other.path() + " is used by process ", options);
        }
        assertThat(folder.resolve("advice.json")).doesNotExist();
        succeed(ADVISE + options);
        refused("--out: expected a new file, or --force to replace it", options);
    }

    private static List<String> names(JsonNode json) {
        return json.findParents("nanosPerDistance").stream()
                .map(quantizer -> quantizer.path("name").asText())
                .distinct()
                .toList();
    }

    @Test
    void anEngineIsMeasuredUnderItsNamesAndAnswersWithWhatToPaste() throws IOException {
        String options = "--engine=pgvector --table=shop.Items --column=vector --key-column=uuid --queries=F/q.npy ";
        JsonNode json = json(options + "--k=5 --out=F/out");
        assertThat(json.path("engine").asText()).isEqualTo("pgvector");
        assertThat(names(json)).containsExactly("halfvec", "binary_quantize");
        assertThat(json.path("quantizers")).hasSize(3);
        assertThat(json.path("leftOut")).isEmpty();
        String page = Files.readString(root.resolve("out/index.html"));
        String listing = succeed(ADVISE + options + "--k=5");
        assertThat(listing).doesNotContain("linfhash quantize");
        assertThat(json.path("advice")).hasSize(2).allSatisfy(target -> {
            String paste = target.path("paste").asText();
            int candidates = 5 * target.path("oversampling").asInt();
            assertThat(paste)
                    .contains(
                            "\"shop\".\"Items\"",
                            "SELECT \"uuid\" FROM (",
                            "LIMIT " + candidates
                                    + ") candidates\nORDER BY \"vector\" <=> :'query'::vector LIMIT 5;\n");
            assertThat(paste.lines()).allSatisfy(line -> {
                assertThat(listing).contains("\n" + line + "\n");
                assertThat(page)
                        .contains(line.replace("\"", "&quot;")
                                .replace("'", "&#39;")
                                .replace("<", "&lt;")
                                .replace(">", "&gt;"));
            });
        });
        assertThat(page)
                .containsOnlyOnce("In each session:")
                .containsOnlyOnce("EXPLAIN names the index")
                .containsOnlyOnce("linfhash measure --engine pgvector --database URL --vectors x.npy --queries q.npy")
                .contains(">today</th>");
        assertThat(listing)
                .containsOnlyOnce("In each session:")
                .contains("95% (the graph of an index finds less):\n\n"
                        + json.at("/advice/0/paste").asText());
        JsonNode today = json.path("today");
        assertThat(today.path("quantizer").asText()).isEqualTo("vector");
        assertThat(today.path("bytes").asInt()).isEqualTo(128);
        assertThat(today.path("memoryBytes").asInt())
                .isEqualTo(128 * json.at("/vectors/givenRows").asInt());
        assertThat(today.path("indexBytes").asInt())
                .isGreaterThan(json.at("/answer/0/indexBytes").asInt());
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(
                        Path.of(System.getProperty("linfhash.home"), "docs/schemas/linfhash-advice-2.schema.json")));
        assertThat(schema.validate(json.toString(), InputFormat.JSON)).isEmpty();
    }

    @Test
    void sizesAndCodesThatAnEngineLacksAreNamed() throws IOException {
        String options = "--engine=pgvector --bytes=2,3,4 --queries=F/q.npy ";
        String[] notes = {
            "pgvector has no code of 2 or 3 bytes for vectors of dimension 32.",
            "Not measured because of --bytes: halfvec (64 bytes)."
        };
        JsonNode json = json(options + "--out=F/out");
        assertThat(json.path("notes")).extracting(JsonNode::asText).startsWith(notes);
        assertThat(Files.readString(root.resolve("out/index.html"))).contains(notes);
        assertThat(succeed(ADVISE + options)).contains(String.join("\n", notes) + "\n");
        assertThat(json("--engine=pgvector --quantizers=binary_quantize --bytes=4")
                        .path("notes")
                        .toString())
                .doesNotContain("pgvector has", "Not measured because");
        assertThat(json("--engine=pgvector").path("notes").toString())
                .doesNotContain("pgvector has", "Not measured because");
    }

    @Test
    void whatAnEngineCannotDoIsOneSentence() throws IOException {
        refused("--table requires --engine pgvector: add it, or leave out the names of your table", "--table=items");
        refused("--column requires --engine pgvector", "--engine=faiss --column=embedding");
        refused("--key-column requires --engine pgvector", "--key-column=id");
        refused(
                "--table: expected a name of letters, digits and underscores, or another one in double quotes without \\ and $, of at"
                        + " most 63 bytes, with a schema and a dot before it or not, found 'items;drop'",
                "--engine=pgvector --table=items;drop");
        refused(
                "--quantizers: expected names of halfvec, binary_quantize, found 'rabitq'",
                "--engine=pgvector --quantizers=rabitq");
        refused(
                "--bytes: expected code sizes for which a quantizer exists in dimension 32, found [3]; pgvector has halfvec"
                        + " (64 bytes), binary_quantize (4 bytes)",
                "--engine=pgvector --bytes=3");
        refused(
                "--engine: expected one of pgvector, lucene, faiss, elasticsearch, opensearch, qdrant, weaviate, redis, sqlite-vec, found 'milvus'",
                "--engine=milvus");
        refused(
                "--engine: expected one with codes for vectors of dimension 32 and --similarity dot, found redis, whose Q8, BIN are for"
                        + " others. Choose another engine or similarity.",
                "--engine=redis --similarity=dot");
        FeatureArrays.write(root.resolve("wide.npy"), FeatureMatrix.owning(40, 4001, normal(40 * 4001)));
        JsonNode json =
                new JsonMapper().readTree(succeed("advise --vectors=F/wide.npy --format=json --k=2 --engine=pgvector"));
        assertThat(names(json)).containsExactly("binary_quantize");
        assertThat(json.at("/refused/0/reason").asText())
                .isEqualTo(
                        "expected vectors of at most 4000 dimensions, which is the limit of the engine's index, found 4001");
    }

    private static float[] normal(int length) {
        float[] values = new float[length];
        Random random = new Random(4);
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private String zeros() throws IOException {
        FeatureArrays.write(root.resolve("zeros.npy"), FeatureMatrix.owning(40, 2, new float[80]));
        return root.resolve("zeros.npy").toString();
    }
}
