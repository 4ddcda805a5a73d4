package io.github.linfhash.advisor.command;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
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

    /** Returns the measurements of some quantizers; beside them are those that everybody knows. */
    private static List<JsonNode> named(JsonNode json, String... names) {
        return StreamSupport.stream(json.path("quantizers").spliterator(), false)
                .filter(one -> List.of(names).contains(one.path("name").asText()))
                .toList();
    }

    @Test
    void jsonHasWhatItsSchemaSays() throws IOException {
        JsonNode json = json("--bytes=4,16 --quantizers=sign,rabitq,pq --neighbors=5");
        assertThat(json.path("schema").asText()).isEqualTo("linfhash-advice/2");
        assertThat(json.at("/vectors/givenRows").asInt()).isEqualTo(270);
        assertThat(json.at("/vectors/rows").asInt()).isEqualTo(135);
        assertThat(json.at("/vectors/trainingRows").asInt()).isEqualTo(135);
        assertThat(json.at("/vectors/queries").asInt()).isEqualTo(30);
        assertThat(json.at("/vectors/dimension").asInt()).isEqualTo(32);
        assertThat(json.at("/vectors/similarity").asText()).isEqualTo("cosine");
        assertThat(json.path("neighbors").asInt()).isEqualTo(5);
        assertThat(named(json, "rabitq", "pq")).isNotEmpty().allSatisfy(quantizer -> {
            assertThat(quantizer.path("bytes").asInt()).isBetween(1, 16);
            double before = 0;
            for (String factor : List.of("1", "2", "3", "5", "10")) {
                double recall = quantizer.path("recall").path(factor).asDouble();
                assertThat(recall).isBetween(before, 1.0 + 1e-9);
                JsonNode interval = quantizer.path("interval").path(factor);
                assertThat(recall)
                        .isBetween(
                                interval.get(0).asDouble() - 1e-9,
                                interval.get(1).asDouble() + 1e-9);
                before = recall;
            }
        });
        assertThat(named(json, "pq"))
                .extracting(quantizer -> quantizer.path("options").path("bits").asInt())
                .contains(4, 8);
        JsonNode first = json.path("advice").get(0);
        assertThat(first.path("target").asDouble()).isEqualTo(0.95);
        assertThat(first.path("rescoredPerQuery").asLong())
                .isEqualTo(5L * first.path("oversampling").asLong());
        assertThat(first.path("sentence").asText())
                .startsWith("For a recall of 0.95: ")
                .endsWith(".");
    }

    /** Quantizers of prefixes are measured besides. */
    @Test
    void prefixesAreMeasuredWhereTheyAreAskedFor() throws IOException {
        JsonNode json = json("--bytes=2 --quantizers=truncated-sign --prefix=20,24 --neighbors=3");
        assertThat(json.path("quantizers"))
                .filteredOn(one -> one.path("name").asText().equals("truncated-sign"))
                .extracting(one -> one.path("options").path("prefix").asInt())
                .containsExactlyInAnyOrder(0, 0, 20, 20, 24, 24);
        assertThat(badInput(ADVISE + "--prefix=32")).contains("--prefix: expected numbers from 1 to 31, found 32");
        assertThat(badInput(ADVISE + "--prefix=16 --engine=pgvector")).contains("--prefix: expected no --engine");
        assertThat(badInput(ADVISE + "--max-oversampling=0"))
                .contains("--max-oversampling: expected at least 1, found 0");
    }

    /** Nothing is rescored by what takes no more bytes than its code. */
    @Test
    void codesAreRescoredByLargerOnes() throws IOException {
        JsonNode json = json("--bytes=2,36,64,128 --quantizers=truncated-sign,int8,float16,float32 --neighbors=3");
        for (JsonNode quantizer : json.path("quantizers")) {
            int bytes = quantizer.path("bytes").asInt();
            assertThat(quantizer.path("rescored").has("int8"))
                    .as(quantizer.toString())
                    .isEqualTo(bytes < 36);
            assertThat(quantizer.path("rescored").has("float16"))
                    .as(quantizer.toString())
                    .isEqualTo(bytes < 64);
        }
        assertThat(json.path("quantizers"))
                .extracting(quantizer -> quantizer.path("name").asText())
                .contains("truncated-sign", "int8", "float16", "float32");
    }

    /** 50 and 20 times as many codes are measured, and never recommended by default. */
    @Test
    void recommendsNoMoreThanTheLargestOversampling() throws IOException {
        JsonNode json = json("--bytes=1 --quantizers=truncated-sign --neighbors=2 --max-oversampling=3");
        JsonNode first = json.path("quantizers").get(0);
        assertThat(first.path("recall").path("50").asDouble())
                .isGreaterThan(first.path("recall").path("3").asDouble());
        assertThat(json.path("answer"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.path("oversampling").asInt()).isLessThanOrEqualTo(3));
    }

    /** Blobs are far apart, so that floats rank by class; int8 loses next to nothing of them, 8 signs do. */
    @Test
    void labelMetricsStandBesideThoseOfFloats() throws IOException {
        JsonNode json = json(
                "--bytes=2,36 --quantizers=int8,truncated-sign --labels=F/y.npy --queries=F/q.npy --query-labels=F/qy.npy");
        double ceiling = json.at("/floats/map").asDouble();
        assertThat(ceiling).isBetween(0.3, 1.0);
        assertThat(json.at("/floats/precision10").asDouble()).isGreaterThan(0.5);
        for (JsonNode quantizer : named(json, "int8", "truncated-sign")) {
            double map = quantizer.path("map").asDouble();
            assertThat(map)
                    .isBetween(
                            quantizer.path("mapInterval").get(0).asDouble() - 1e-9,
                            quantizer.path("mapInterval").get(1).asDouble() + 1e-9);
            if (quantizer.path("name").asText().equals("int8")
                    && quantizer.path("bytes").asInt() == 36) {
                assertThat(map).isCloseTo(ceiling, within(0.01));
            } else {
                assertThat(map).isLessThan(ceiling - 0.01);
            }
        }
        assertThat(succeed(ADVISE + "--bytes=36 --quantizers=int8 --labels=F/y.npy"))
                .contains("full-precision vectors: mAP", "mAP", "P@10");
    }

    /** Equal times show that nothing is measured again; other labels are measured. */
    @Test
    void whatIsMeasuredWithLabelsAndJudgmentsIsKept() throws IOException {
        String labeled =
                "--bytes=2 --quantizers=truncated-sign --queries=F/q.npy --labels=F/y.npy --query-labels=F/qy.npy";
        JsonNode first = json(labeled);
        assertThat(json(labeled)).isEqualTo(first);
        judge();
        String judged = JUDGED + "--bytes=2 --quantizers=truncated-sign";
        JsonNode withJudgments = json(judged);
        assertThat(withJudgments.at("/quantizers/0").has("ndcg10")).isTrue();
        assertThat(json(judged)).isEqualTo(withJudgments);
        int[] classes = ((ClassLabels) BLOBS.trainLabels()).toArray();
        Arrays.setAll(classes, row -> (classes[row] + 1) % 5);
        LabelArrays.write(root.resolve("y.npy"), ClassLabels.of(classes));
        assertThat(json(labeled).at("/quantizers/0/map").asDouble())
                .isNotEqualTo(first.at("/quantizers/0/map").asDouble());
    }

    /** Ids of rows, and for each query two judged rows of its class; the last query has none. */
    private void judge() throws IOException {
        StringBuilder ids = new StringBuilder();
        IntStream.range(0, 300).forEach(row -> ids.append("doc-").append(row).append('\n'));
        Files.writeString(root.resolve("x.ids"), ids);
        StringBuilder queries = new StringBuilder();
        StringBuilder qrels = new StringBuilder("query-id\tcorpus-id\tscore\nother\tdoc-1\t1\nq0\tdoc-300\t2\n");
        int asked = BLOBS.test().rows();
        ClassLabels ofQueries = (ClassLabels) BLOBS.testLabels();
        ClassLabels ofRows = (ClassLabels) BLOBS.trainLabels();
        for (int query = 0; query < asked; query++) {
            queries.append("q").append(query).append('\n');
            int label = ofQueries.get(query);
            int[] same = IntStream.range(0, 300)
                    .filter(row -> ofRows.get(row) == label)
                    .limit(2)
                    .toArray();
            int grade = query == asked - 1 ? 0 : 1;
            qrels.append(String.format(
                    Locale.ROOT,
                    "q%d\tdoc-%d\t%d\nq%d\tdoc-%d\t%d\n",
                    query,
                    same[0],
                    2 * grade,
                    query,
                    same[1],
                    grade));
        }
        Files.writeString(root.resolve("q.ids"), queries);
        Files.writeString(root.resolve("test.tsv"), qrels);
    }

    /** In plain loops: of the judged queries, whose first two rows of their class have the grades 2 and 1. */
    private static double gainOfFloats() {
        FeatureMatrix rows = BLOBS.train();
        FeatureMatrix queries = BLOBS.test();
        int counted = queries.rows() - 1;
        double sum = 0;
        for (int query = 0; query < counted; query++) {
            int asked = query;
            double[] cosines = IntStream.range(0, rows.rows())
                    .mapToDouble(row -> product(rows, row, queries, asked) / Math.sqrt(product(rows, row, rows, row)))
                    .toArray();
            int label = ((ClassLabels) BLOBS.testLabels()).get(query);
            int grade = 2;
            for (int row = 0; row < rows.rows() && grade > 0; row++) {
                if (((ClassLabels) BLOBS.trainLabels()).get(row) == label) {
                    double own = cosines[row];
                    long before = Arrays.stream(cosines)
                            .filter(cosine -> cosine > own)
                            .count();
                    sum += before < 10 ? grade * Math.log(2) / Math.log(before + 2.0) : 0;
                    grade--;
                }
            }
        }
        return sum / (2 + Math.log(2) / Math.log(3)) / counted;
    }

    private static double product(FeatureMatrix one, int i, FeatureMatrix other, int j) {
        return IntStream.range(0, one.dimension())
                .mapToDouble(k -> (double) one.get(i, k) * other.get(j, k))
                .sum();
    }

    @Test
    void judgmentsBringTheirGainBesideThatOfFloats() throws IOException {
        judge();
        JsonNode json = json(JUDGED + "--bytes=2,36 --quantizers=int8,rotated-sign --out=F/judged");
        assertThat(json.path("floats").has("map")).isFalse();
        double ceiling = json.at("/floats/ndcg10").asDouble();
        assertThat(ceiling).isCloseTo(gainOfFloats(), within(1e-6));
        assertThat(json.path("judgments"))
                .isEqualTo(new JsonMapper()
                        .readTree("{\"queries\": " + (BLOBS.test().rows() - 1)
                                + ", \"queriesLeftOut\": 1, \"ofOtherQueries\": 1, \"ofOtherVectors\": 1}"));
        assertThat(json.path("quantizers")).hasSizeGreaterThan(1).allSatisfy(quantizer -> {
            double gain = quantizer.path("ndcg10").asDouble();
            JsonNode interval = quantizer.path("ndcg10Interval");
            assertThat(gain)
                    .isBetween(
                            interval.get(0).asDouble() - 1e-9, interval.get(1).asDouble() + 1e-9);
            if (quantizer.path("name").asText().equals("int8")
                    && quantizer.path("bytes").asInt() == 36) {
                assertThat(gain).isCloseTo(ceiling, within(0.03));
            }
        });
        assertThat(Files.readString(root.resolve("judged/index.html")))
                .contains("nDCG@10", "1 judgments of other queries and 1 of other vectors");
        assertThat(succeed(ADVISE + JUDGED + "--bytes=36 --quantizers=int8 --labels=F/y.npy"))
                .contains(
                        "full-precision vectors: nDCG@10",
                        "nDCG@10",
                        "1 judgments of other queries, 1 of other vectors")
                .doesNotContain("mAP");
    }

    /** Judged vectors are measured whatever the size of the sample, but count for the gain alone. */
    @Test
    void judgedVectorsAreAlwaysInTheSample() throws IOException {
        judge();
        JsonNode all = json(JUDGED + "--bytes=36 --quantizers=int8");
        JsonNode sample = json(JUDGED + "--bytes=36 --quantizers=int8 --max-vectors=150");
        assertThat(sample.at("/vectors/rows").asInt()).isEqualTo(150);
        assertThat(sample.at("/judgments/queries")).isEqualTo(all.at("/judgments/queries"));
        // With fewer others before them, the judged vectors are not further behind.
        assertThat(sample.at("/floats/ndcg10").asDouble())
                .isGreaterThanOrEqualTo(all.at("/floats/ndcg10").asDouble());
        Files.writeString(root.resolve("two.qrels"), "q0 0 doc-3 1\nq1 0 doc-4 1\n");
        JsonNode others =
                json(JUDGED.replace("test.tsv", "two.qrels") + "--bytes=36 --quantizers=int8 --max-vectors=150");
        assertThat(sample.path("quantizers").get(0).path("recall"))
                .isEqualTo(others.path("quantizers").get(0).path("recall"));
    }

    @Test
    void judgmentsThatAreNotRightAreOneSentence() throws IOException {
        judge();
        refused("--qrels requires --queries", "--qrels=F/test.tsv");
        refused("--ids requires --qrels", "--queries=F/q.npy --ids=F/x.ids");
        refused("--query-ids requires --qrels", "--queries=F/q.npy --query-ids=F/q.ids");
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

    @Test
    void ofALargeDatabaseAPartIsMeasuredAndTheRestPredicted() throws IOException {
        JsonNode json = json("--bytes=8 --quantizers=rotated-sign,pq --max-vectors=160 --out=F/part");
        assertThat(json.at("/vectors/rows").asInt()).isEqualTo(135);
        assertThat(json.at("/vectors/givenRows").asInt()).isEqualTo(270);
        assertThat(json.at("/vectors/predictedRows").asInt()).isEqualTo(270);
        assertThat(named(json, "rotated-sign", "pq")).isNotEmpty().allSatisfy(quantizer -> {
            for (String factor : List.of("1", "2", "3", "5", "10")) {
                double predicted =
                        quantizer.at("/predicted/recall").path(factor).asDouble();
                JsonNode interval = quantizer.at("/predicted/interval").path(factor);
                assertThat(predicted)
                        .isBetween(interval.get(0).asDouble(), interval.get(1).asDouble());
            }
        });
        assertThat(Files.readString(root.resolve("part/index.html")))
                .contains(
                        "135 vectors were searched, and quantizers fitted to 135 others; recall is predicted for 270");
        JsonNode small = json("--bytes=8 --quantizers=pq --max-vectors=20 --neighbors=2");
        assertThat(small.at("/vectors/predictedRows").asInt()).isEqualTo(40);
        assertThat(small.path("advice").get(0).path("reached").asBoolean()).isFalse();
        assertThat(small.path("advice").get(0).path("sentence").asText())
                .contains(
                        "not predictable for 270 vectors, as 20 are searched and 135 have to be (--max-vectors). Among 40, ");
        assertThat(small.path("notes").toString())
                .contains("--max-vectors 135 and a file of at least 270 random vectors");
        // Signs have nothing to learn, so that all vectors can be searched.
        JsonNode whole = json("--bytes=4 --quantizers=sign,pq --max-vectors=270");
        assertThat(named(whole, "sign", "pq"))
                .isNotEmpty()
                .allSatisfy(quantizer -> assertThat(quantizer.has("predicted"))
                        .isEqualTo(quantizer.path("modelBytes").asLong() > 0)
                        .isEqualTo(quantizer.path("ofNewVectors").asBoolean()));
    }

    /** Quantizers that are screened out must be measured in full with {@code --no-screening}. */
    @Test
    void manyQuantizersAreScreened() throws IOException {
        JsonNode json = json("--bytes=4,8 --seeds=0");
        int finalists = json.path("quantizers").size();
        JsonNode dropped = json.at("/screening/dropped");
        assertThat(json.at("/screening/rows").asInt()).isEqualTo(135);
        assertThat(json.at("/screening/queries").asInt()).isEqualTo(15);
        assertThat(dropped).isNotEmpty().allSatisfy(one -> {
            assertThat(one.path("bytes").asInt()).isBetween(1, 8);
            assertThat(one.at("/recall/1").asDouble()).isBetween(0.0, 1.0);
            assertThat(one.path("options").isObject()).isTrue();
        });
        JsonNode all = json("--bytes=4,8 --seeds=0 --no-screening");
        assertThat(all.has("screening")).isFalse();
        assertThat(all.path("quantizers")).hasSize(finalists + dropped.size());
    }

    @Test
    void whatIsLeftOutIsNamed() throws IOException {
        JsonNode json = json("--bytes=8 --seeds=0 --no-screening");
        assertThat(json.path("leftOut")).extracting(JsonNode::asText).containsExactly("anti-sparse", "rq");
        assertThat(json.path("quantizers"))
                .extracting(quantizer -> quantizer.path("name").asText())
                .contains("pq", "opq")
                .doesNotContain("anti-sparse", "rq");
        JsonNode slow = json("--bytes=12 --seeds=0 --include-slow --no-screening");
        assertThat(slow.path("leftOut")).isEmpty();
        assertThat(slow.path("quantizers"))
                .extracting(quantizer -> quantizer.path("name").asText())
                .contains("anti-sparse", "rq");
    }

    /** Whichever quantizers are named, those that everybody knows stand beside them, but are not recommended. */
    @Test
    void namedQuantizersAreComparedWithTheKnownOnes() throws IOException {
        JsonNode json = json("--bytes=4 --quantizers=pq,rq");
        assertThat(json.path("answer"))
                .extracting(row -> row.path("quantizer").asText())
                .contains("float32", "int8", "sign", "rabitq");
        assertThat(json.path("answer"))
                .filteredOn(row -> row.has("target"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.path("quantizer").asText()).isIn("pq", "rq"));
        assertThat(json.path("advice"))
                .allSatisfy(row -> assertThat(row.path("quantizer").asText()).isIn("pq", "rq"));
        refused(
                "--bytes: expected code sizes for which a quantizer exists in dimension 32",
                "--bytes=1 --quantizers=int8");
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

    /** Queries that are rows of the database, too, are counted as such. */
    @Test
    void copiesOfQueriesAreCounted() throws IOException {
        FeatureArrays.write(root.resolve("copies.npy"), BLOBS.train());
        JsonNode json = json("--bytes=4 --quantizers=sign --similarity=euclidean --queries=F/copies.npy");
        // Of the searched vectors, which are half of those that are no sampled queries.
        assertThat(json.at("/vectors/exactDuplicatesOfQueries").asInt()).isEqualTo(135);
    }

    @Test
    void aFolderGetsTheJsonAndThePage() throws IOException {
        assertThat(succeed(ADVISE + "--bytes=4,8 --quantizers=sign,rotated-sign,pq --out=F/advice"))
                .contains("For a recall of 0.95: ", "For a recall of 0.99: ", "rotated-sign");
        assertThat(Files.readString(root.resolve("advice/index.html")))
                .contains("Quantizers for these vectors", "For a recall of 0.95", "recall-bytes-1", "<svg");
        assertThat(new JsonMapper()
                        .readTree(root.resolve("advice/advice.json").toFile())
                        .path("schema")
                        .asText())
                .isEqualTo("linfhash-advice/2");
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
        refused("--neighbors: expected numbers from 1 to 270, found 271", "--neighbors=271");
        refused("--quantizers: expected names of sign, truncated-sign", "--quantizers=gold");
        refused("--bytes: expected numbers from 1 to 4096, found 0", "--bytes=0");
        refused("--max-vectors: expected numbers from 20 to 2147483647, found 19", "--max-vectors=19");
        refused("--query-labels requires --queries and --labels", "--query-labels=F/qy.npy");
        refused(
                "y.npy: expected a label for each of the 30 vectors of " + root.resolve("q.npy") + ", found 300",
                "--queries=F/q.npy --labels=F/y.npy --query-labels=F/y.npy");
        assertThat(badInput("advise --vectors=%s", zeros()))
                .contains("zeros.npy: expected non-zero vectors", "found only zeros in row 0");
    }

    /** A sample of ten dense clusters is ten sparse ones, whose neighbors signs tell apart more easily. */
    @Test
    void aTargetThatOnlyASampleReachesDoesNotCountAsReached() throws IOException {
        Blobs dense = Blobs.classes(new Blobs.Sizes(10, 64, 2000, 200), 1);
        FeatureArrays.write(root.resolve("x.npy"), dense.train());
        FeatureArrays.write(root.resolve("q.npy"), dense.test());
        String words = "--queries=F/q.npy --bytes=8,68 --quantizers=";
        JsonNode truth = json(words + "sign --max-vectors=2000").path("advice").get(0);
        assertThat(truth.path("reached").asBoolean()).isFalse();
        assertThat(truth.has("reachedAmongPredicted")).isFalse();
        JsonNode json = json(words + "sign --max-vectors=500");
        assertThat(named(json, "sign"))
                .anySatisfy(one -> assertThat(one.at("/recall/10").asDouble()).isGreaterThan(0.95))
                .allSatisfy(one -> assertThat(one.at("/predicted/recall/1").asDouble())
                        .isLessThan(one.at("/recall/1").asDouble()));
        assertThat(json.path("advice").get(0).path("reached").asBoolean()).isFalse();
        JsonNode sure = json(words + "int8 --max-vectors=500").path("advice").get(0);
        assertThat(sure.path("reached").asBoolean()).isTrue();
        assertThat(sure.path("bytes").asInt()).isEqualTo(68);
        assertThat(sure.path("sentence").asText())
                .contains("is predicted to reach a recall@10 of", "among 1800 vectors");
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
    void validVectorsAreNumberedWithoutTheInvalidOnes() {
        BitSet invalid = new BitSet();
        new Random(7).ints(400, 0, 1000).forEach(invalid::set);
        invalid.set(0);
        invalid.set(999);
        MeasuredVectors.Valid valid = new MeasuredVectors.Valid(1000, invalid);
        assertThat(IntStream.range(0, valid.size()).map(valid::row).toArray())
                .containsExactly(IntStream.range(0, 1000)
                        .filter(row -> !invalid.get(row))
                        .toArray());
    }

    @Test
    void drawnQueriesAreDrawnAmongValidVectors() throws IOException {
        String options = "--bytes=4 --quantizers=rotated-sign";
        JsonNode expected = json(options);
        writeWithInvalid("x.npy", BLOBS.train(), true);
        JsonNode json = json(options + " --skip-invalid --out=F/out");
        assertThat(measured(json)).isEqualTo(measured(expected));
        assertThat(Files.readString(root.resolve("out/index.html")))
                .contains("Excluded because a value is not finite or the norm is 0: 3 vectors and 0 queries");
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
        JsonNode json = json(options + "--neighbors=5 --out=F/out");
        assertThat(json.path("engine").asText()).isEqualTo("pgvector");
        assertThat(names(json)).containsExactly("halfvec", "binary_quantize");
        assertThat(json.path("quantizers")).hasSize(3);
        assertThat(json.path("leftOut")).isEmpty();
        String page = Files.readString(root.resolve("out/index.html"));
        String listing = succeed(ADVISE + options + "--neighbors=5");
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
            assertThat(listing)
                    .contains(
                            " " + target.path("target").asText() + " (the graph of an index finds less):\n\n" + paste);
            assertThat(page).contains(paste.lines().findFirst().orElseThrow().replace("\"", "&quot;"));
        });
        assertThat(listing).endsWith(json.at("/advice/1/paste").asText());
    }

    /** Signs lose norms that differ; where norms are equal, decoded vectors lose what the cosine makes up for. */
    @Test
    void aDotProductIsToldWhatNormsMean() throws IOException {
        String options = "--bytes=2 --quantizers=truncated-sign ";
        String equal =
                "All norms are nearly equal, so that --similarity cosine has the same neighbors, of which pq, opq, int8 and"
                        + " scalar quantization find more.";
        assertThat(json(options + "--similarity=dot").path("notes").toString())
                .contains(equal)
                .doesNotContain("Norms differ");
        assertThat(json(options).path("notes").toString()).doesNotContain("norms");
        float[] values = BLOBS.train().toArray();
        for (int k = 0; k < values.length; k++) {
            values[k] *= 1 + k / 32 % 3;
        }
        FeatureArrays.write(root.resolve("x.npy"), FeatureMatrix.owning(values.length / 32, 32, values));
        assertThat(json(options + "--similarity=dot").path("notes").toString())
                .contains("Norms differ (1.00 to 3.00), and the dot product counts them. Signs keep directions alone: ")
                .doesNotContain(equal);
    }

    @Test
    void anEnginesOffersAreChosenByNameAndBytes() throws IOException {
        assertThat(names(json("--engine=lucene --quantizers=BBQ,int8"))).containsExactly("int8", "BBQ");
        // 4 bytes of bits and 14 beside them; 8 and 14.
        assertThat(names(json("--engine=lucene --bytes=18,22"))).containsExactly("int2", "BBQ");
        assertThat(names(json("--engine=faiss --quantizers=SQ8,binary-rotated,PQ")))
                .containsExactly("SQ8", "PQ", "binary-rotated");
        // hnsw.ef_search is at most 1000.
        JsonNode json = json("--engine=pgvector --neighbors=250 --quantizers=halfvec");
        assertThat(json.at("/quantizers/0/recall").fieldNames()).toIterable().containsExactly("1", "2", "3");
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
        refused("--table requires --engine pgvector", "--table=items");
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
                "--engine: expected one of pgvector, lucene, faiss, elasticsearch, opensearch, qdrant, weaviate, found 'milvus'",
                "--engine=milvus");
        FeatureArrays.write(root.resolve("wide.npy"), FeatureMatrix.owning(40, 4001, normal(40 * 4001)));
        JsonNode json = new JsonMapper()
                .readTree(succeed("advise --vectors=F/wide.npy --format=json --neighbors=2 --engine=pgvector"));
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
