package io.github.linfhash.advisor.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.testing.Filled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of vectors and codes with 0, 1, k - 1, k and k + 1 rows, and with as many queries: its results are right, or it ends with one
 * sentence, exit code 2 and nothing written.
 */
class SmallInputsTest extends AdvisorInFolder {
    private static final int K = 3;
    private static final int DIMENSION = 8;
    private static final int[] FEW = {0, 1, K - 1, K, K + 1};

    private static FeatureMatrix vectors(int rows, String stream) {
        UniformRandomProvider random = new RandomStreams(4).stream(stream);
        return FeatureMatrix.owning(rows, DIMENSION, Filled.floats(rows * DIMENSION, i -> random.nextFloat() - 0.5f));
    }

    private FeatureMatrix write(String name, int rows) throws IOException {
        FeatureMatrix vectors = vectors(rows, name);
        NpyFile.write(root.resolve(name), NpyArray.ofFloats(vectors.toArray(), rows, DIMENSION));
        return vectors;
    }

    private TreeSet<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> !name.startsWith("cache"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Runs a command; returns whether it did what it is for, after it has been seen that it else refused its input properly. */
    private boolean does(String command) throws IOException {
        TreeSet<String> before = files();
        int code = call(command);
        assertThat(code).as(command + ": " + err).isIn(0, ExitCodes.BAD_INPUT);
        assertThat(err.toString()).as(command).doesNotContain("Exception", "\tat ");
        if (code == 0) {
            return true;
        }
        List<String> said = err.toString()
                .lines()
                .filter(line -> line.startsWith("linfhash: "))
                .toList();
        assertThat(said)
                .as(command + ": " + err)
                .singleElement()
                .satisfies(sentence -> assertThat(sentence)
                        .matches("linfhash: .*(expected|needs) .*, found .*\\.|linfhash: .* has a wrong content: .*"));
        assertThat(out.toString()).as(command).isEmpty();
        assertThat(files()).as(command).isEqualTo(before);
        return false;
    }

    static Stream<Arguments> rowsAndQueries() {
        return Arrays.stream(FEW)
                .boxed()
                .flatMap(rows -> Arrays.stream(FEW).mapToObj(queries -> Arguments.of(rows, queries)));
    }

    @ParameterizedTest
    @MethodSource("rowsAndQueries")
    void recallOfExactListsIsOne(int rows, int queries) throws IOException {
        FeatureMatrix database = write("x.npy", rows);
        FeatureMatrix asked = write("q.npy", queries);
        boolean enough = rows >= K && queries > 0;
        FloatNeighbors exact = enough
                ? FloatNeighbors.find(
                        PreparedVectors.of(Similarity.COSINE, database, "x"),
                        PreparedVectors.of(Similarity.COSINE, asked, "q"),
                        K,
                        Similarity.COSINE)
                : null;
        Files.write(
                root.resolve("n.csv"),
                IntStream.range(0, queries)
                        .mapToObj(q -> exact == null
                                ? "0"
                                : IntStream.of(exact.ids(q))
                                        .mapToObj(Integer::toString)
                                        .collect(Collectors.joining(",")))
                        .toList());
        String recall = "recall --returned=F/n.csv --vectors=F/x.npy --queries=F/q.npy --format=csv --k=" + K;
        assertThat(does(recall)).isEqualTo(enough);
        if (enough) {
            assertThat(out.toString())
                    .contains("recall of the 3 nearest,3,1.0000,")
                    .endsWith("," + queries + "\n");
        }
    }

    @ParameterizedTest
    @MethodSource("rowsAndQueries")
    void searchFindsAllOrIsRefused(int rows, int queries) throws IOException {
        writeCodes("d.npy", rows);
        writeCodes("q.npy", queries);
        boolean enough = rows >= K && queries > 0;
        assertThat(does("search --database-codes=F/d.npy --query-codes=F/q.npy --bits=8 --k 3 --format=csv"))
                .isEqualTo(enough);
        if (enough) {
            assertThat(out.toString().lines()).hasSize(1 + queries * K).contains("0,0,0,0");
        }
        assertThat(does("search --database-codes=F/d.npy --query-codes=F/q.npy --bits=8 --k 3 --out=F/found.npz"))
                .isEqualTo(enough);
        assertThat(Files.exists(root.resolve("found.npz"))).isEqualTo(enough);
    }

    private void writeCodes(String name, int rows) throws IOException {
        NpyFile.write(
                root.resolve(name), NpyArray.owning(NpyType.UINT8, List.of(rows, 1), Filled.bytes(rows, i -> 37 * i)));
    }

    static Stream<Arguments> quantizersAndRows() {
        return Quantizers.PORTABLE.stream()
                .flatMap(spec -> spec.smallest(DIMENSION).stream())
                .flatMap(one -> Arrays.stream(FEW).mapToObj(rows -> Arguments.of(one, rows)));
    }

    /** One vector is enough to quantize with everything that learns no more of it than a mean. */
    @ParameterizedTest
    @MethodSource("quantizersAndRows")
    void quantizeWritesACodeOfEachVector(QuantizerSpec.Configured one, int rows) throws IOException {
        write("x.npy", rows);
        String options = StrictReader.convert("options", one.options(), Map.class)
                .entrySet()
                .toString();
        String words = options.substring(1, options.length() - 1).isEmpty()
                ? ""
                : " --option="
                        + options.substring(1, options.length() - 1)
                                .replace(", ", " --option=")
                                .toLowerCase(Locale.ROOT);
        String quantize = "quantize --vectors=F/x.npy --similarity=euclidean --quantizer=" + one.name() + words;
        boolean done = does(quantize + " --out=F/folder");
        assertThat(Files.exists(root.resolve("folder/quantizer.json"))).isEqualTo(done);
        if (rows == 0) {
            assertThat(done).isFalse();
        }
        if (done) {
            assertThat(NpyFile.read(root.resolve("folder/codes.npy")).rows()).isEqualTo(rows);
        }
        for (int queries : FEW) {
            write("q.npy", queries);
            assertThat(does(quantize + " --queries=F/q.npy --out=F/folder" + queries))
                    .isEqualTo(done && queries >= 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "4", "19", "20", "21"})
    void adviceIsGivenOrRefused(int rows) throws IOException {
        write("x.npy", rows);
        String advise = "advise --vectors=F/x.npy --k=3 --quantizers=sign,int8 --bytes=1,12 --format=json";
        assertThat(does(advise + " --out=F/advice")).isEqualTo(rows >= 20);
        assertThat(Files.exists(root.resolve("advice/advice.json"))).isEqualTo(rows >= 20);
        for (int queries : FEW) {
            write("q.npy", queries);
            boolean given = does(advise + " --queries=F/q.npy");
            assertThat(given).as("%d queries", queries).isEqualTo(rows >= K && queries >= 2);
            if (given) {
                for (JsonNode one : new JsonMapper().readTree(out.toString()).path("quantizers")) {
                    if (one.path("name").asText().equals("float32")
                            && one.path("bytes").asInt() == 4 * DIMENSION) {
                        assertThat(one.path("recall").path("1").asDouble()).isEqualTo(1);
                    }
                }
            }
        }
    }

    /** More ids than an array has room for. */
    @Test
    void moreNeighborsThanAnArrayHoldsAreRefused() throws IOException {
        writeCodes("d.npy", 300_000);
        writeCodes("q.npy", 1000);
        assertThat(badInput("search --database-codes=F/d.npy --query-codes=F/q.npy --bits=8 --k 300000"))
                .isEqualTo(
                        "linfhash: --k: expected at most 268435391 neighbors of all queries, found 1000 queries with 300000"
                                + " each; pass fewer queries or a smaller --k.\n");
    }
}
