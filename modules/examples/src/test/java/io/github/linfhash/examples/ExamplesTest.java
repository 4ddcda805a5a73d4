package io.github.linfhash.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.cli.Main;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.SearchResult;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.quantizers.registry.QuantizerContract;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.testing.Blobs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));
    private static final Blobs BLOBS = Blobs.classes(new Blobs.Sizes(4, 24, 400, 40), 3);

    /** On 12,000 images. */
    @Test
    @Tag("slow")
    void aTableComesFromTenLines(@TempDir Path folder) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            TableInTenLines.main(new String[] {folder.toString()});
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("lsh", "itq", "ksh", "map");
        assertThat(folder.resolve("results.json")).content().contains("\"ksh\"");
    }

    @Test
    void oneMethodIsTrainedAndEvaluatedWithoutAProtocol() {
        Map<String, Double> ofKsh = metrics("ksh");
        Map<String, Double> ofLsh = metrics("lsh");
        assertThat(ofKsh.get("map")).isGreaterThan(ofLsh.get("map"));
        assertThat(metrics("median-bits").get("map")).isBetween(0.25, 1.0);
    }

    private static Map<String, Double> metrics(String method) {
        return OneMethod.evaluate(method, 12, BLOBS.train(), BLOBS.trainLabels(), BLOBS.test(), BLOBS.testLabels());
    }

    @Test
    void adviceNamesBytesAndRecall() {
        assertThat(WhichQuantizer.of(BLOBS.train(), BLOBS.test()))
                .contains(" bytes. For a recall of 95%: ", "recall@10");
    }

    /** A plug-in is found, named, measured and compared as a quantizer of linfhash is. */
    @Test
    void aQuantizerOfOnesOwnIsAdvisedAndRun(@TempDir Path folder) throws IOException {
        assertThat(QuantizerContract.faults(new EqualShares().quantizers().get(0)))
                .isEmpty();
        assertThat(printed("list", "quantizers")).contains("equal-shares", "Equal shares");
        Path file = folder.resolve("vectors.npy");
        FeatureArrays.write(file, BLOBS.train());
        JsonNode advice = new JsonMapper()
                .readTree(printed(
                        "advise",
                        "--vectors=" + file,
                        "--bytes=3,6",
                        "--quantizers=equal-shares,hash-median-bits",
                        "--format=json"));
        assertThat(advice.path("quantizers"))
                .filteredOn(one -> one.path("name").asText().equals("equal-shares"))
                .extracting(
                        one -> one.at("/options/bits").asInt(),
                        one -> one.path("bytes").asInt())
                .containsExactly(tuple(1, 3), tuple(2, 6));
        assertThat(advice.path("quantizers"))
                .extracting(one -> one.path("name").asText())
                .contains("hash-median-bits", "sign");
        assertThat(advice.path("advice"))
                .allSatisfy(one -> assertThat(one.path("quantizer").asText()).isIn("equal-shares", "hash-median-bits"));

        Path protocol = folder.resolve("mine.yaml");
        // As docs/quantizers.md says.
        Files.writeString(
                protocol,
                Files.readString(HOME.resolve("protocols/wordnet-minilm.yaml"))
                        .replaceFirst("name: .*\n", "")
                        .replaceFirst("\ndata:\n.*\n.*\n", "\ndata:\n  features: " + file + "\n")
                        .replace("queries: 1000", "queries: 20")
                        .replaceFirst("\nbits: .*\n", "\nbits: [24, 48]\n")
                        .replaceFirst("(?s)\n# What pages open with.*?\n\n", "\n")
                        .replaceFirst("(?s)\nquantizers:\n.*", "\nquantizers:\n  - name: equal-shares\n"));
        printed(
                "run",
                "--protocol=" + protocol,
                "--methods=equal-shares",
                "--seeds=0",
                "--out=" + folder.resolve("out"));
        Results results = ResultsJson.read(folder.resolve("out/results.json"));
        assertThat(results.runs()).hasSize(2).allSatisfy(run -> {
            assertThat(run.failed()).isFalse();
            assertThat(run.metrics().get("neighborRecall@10")).isGreaterThan(0.5);
        });
    }

    private static String printed(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
        assertThat(code).as(err.toString()).isZero();
        return out.toString();
    }

    private static Path quantized(Path vectors, Path folder) {
        String command =
                "quantize --quantizer int8 --bytes 28 --similarity euclidean --vectors " + vectors + " --out " + folder;
        assertThat(Main.commandLine().execute(command.split(" "))).isZero();
        return folder;
    }

    /** With int8 codes and rescoring, a vector's nearest neighbors are found as by brute force. */
    @Test
    void aServiceFindsTheNeighborsOfAVector(@TempDir Path folder) throws IOException, InterruptedException {
        FeatureMatrix vectors = BLOBS.train();
        Path file = folder.resolve("vectors.npy");
        NpyFile.write(file, NpyArray.ofFloats(vectors.toArray(), vectors.rows(), vectors.dimension()));
        Path index = quantized(file, folder.resolve("index"));
        float[][] queries = new float[5][vectors.dimension()];
        for (int q = 0; q < queries.length; q++) {
            BLOBS.test().copyRow(q, queries[q]);
        }
        float[] query = queries[4];
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (SearchService service = new SearchService(index, file)) {
            List<SearchResult> found = service.nearest(queries, threads);
            for (int q = 0; q < queries.length; q++) {
                assertThat(found.get(q).ids()).isEqualTo(nearest(vectors, queries[q], id -> true));
                assertThat(service.nearest(queries[q], id -> id % 2 == 0))
                        .isEqualTo(nearest(vectors, queries[q], id -> id % 2 == 0));
            }
            assertThat(service.add(query)).isEqualTo(vectors.rows());
            long[] withAdded = service.nearest(query, id -> true);
            assertThat(withAdded[0]).isEqualTo(vectors.rows());
            assertThat(service.delete(withAdded[1])).isTrue();
            assertThat(service.nearest(query, id -> true)).doesNotContain(withAdded[1]);
            service.flush();
            assertThat(service.add(queries[0])).isEqualTo(vectors.rows() + 1);
        } finally {
            threads.shutdown();
        }
        SearchService closed = new SearchService(index, file);
        closed.close();
        closed.close();
        long[] expected;
        try (SearchService service = new SearchService(index, file)) {
            expected = service.nearest(query, id -> true);
            assertThat(expected[0]).isEqualTo(vectors.rows());
            assertThat(service.nearest(queries[0], id -> true)[0]).isEqualTo(vectors.rows() + 1);
        }
        // As after a crash between the two appends.
        Files.delete(index.resolve("index.codes"));
        try (SearchService service = new SearchService(index, file)) {
            assertThat(service.nearest(query, id -> true)).contains(expected[0], expected[1]);
        }
    }

    /** Keys go with their vectors into files and back; the codes of int8, rescored, find the exact neighbors. */
    @Test
    void aServiceFindsKeysOfADatabase(@TempDir Path folder) throws IOException {
        FeatureMatrix vectors = BLOBS.train();
        Path file = folder.resolve("vectors.npy");
        NpyFile.write(file, NpyArray.ofFloats(vectors.toArray(), vectors.rows(), vectors.dimension()));
        Path index = quantized(file, folder.resolve("index"));
        float[] query = new float[vectors.dimension()];
        BLOBS.test().copyRow(0, query);
        long[] rows = nearest(vectors, query, id -> true);
        KeyedService.create(
                index,
                IntStream.range(0, vectors.rows())
                        .mapToLong(row -> 90_000_000_000L - row)
                        .toArray());
        try (KeyedService service = new KeyedService(index, file)) {
            assertThat(service.nearest(query))
                    .containsExactly(Arrays.stream(rows)
                            .map(row -> 90_000_000_000L - row)
                            .toArray());
            service.put(-7, query);
            service.flush();
        }
        try (KeyedService service = new KeyedService(index, file)) {
            assertThat(service.nearest(query)).startsWith(-7, 90_000_000_000L - rows[0]);
        }
    }

    private static long[] nearest(FeatureMatrix vectors, float[] query, LongPredicate allowed) {
        return IntStream.range(0, vectors.rows())
                .boxed()
                .filter(i -> allowed.test(i))
                .sorted(Comparator.comparing(i -> squaredDistance(vectors, i, query)))
                .limit(10)
                .mapToLong(Integer::longValue)
                .toArray();
    }

    private static double squaredDistance(FeatureMatrix vectors, int row, float[] query) {
        double squares = 0;
        for (int j = 0; j < query.length; j++) {
            squares += Math.pow((double) vectors.get(row, j) - query[j], 2);
        }
        return squares;
    }

    /** One query; relevant rows at distances 0, 1, 3, an irrelevant one at 2. */
    @Test
    void theMedianDistanceIsThatOfTheMiddleRelevantPair() {
        BinaryCodes query = BinaryCodes.ofBytes(1, 8, new byte[] {0});
        BinaryCodes database = BinaryCodes.ofBytes(4, 8, new byte[] {0, 1, 3, 7});
        Relevance relevance = Relevance.bySimilarLabels(ClassLabels.of(1), ClassLabels.of(1, 1, 0, 1));
        assertThat(MedianDistance.METRIC.of(Retrieval.of(query, database, relevance)))
                .isEqualTo(1);
        assertThat(MedianDistance.METRIC.quantity().direction().gain(-1)).isPositive();
    }

    /** The page about Java shows the files of this module as they are, from the class on. */
    @Test
    void thePageAboutJavaShowsTheseFiles() throws IOException {
        String page = Files.readString(HOME.resolve("docs/java.md"));
        Matcher shown = Pattern.compile("<!-- (\\w+)\\.java -->\n```java\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        int count = 0;
        while (shown.find()) {
            count++;
            String folder = shown.group(1).endsWith("Test") ? "test" : "main";
            String file = Files.readString(HOME.resolve("modules/examples/src/" + folder
                    + "/java/io/github/linfhash/examples/" + shown.group(1) + ".java"));
            assertThat(file).as(shown.group(1)).contains(shown.group(2));
        }
        assertThat(count).isEqualTo(6);
    }
}
