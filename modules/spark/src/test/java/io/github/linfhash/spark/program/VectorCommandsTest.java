package io.github.linfhash.spark.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.io.input.RowSelectionCollector;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.NeighborArrays;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpzFile;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands about vectors as a user calls them, beside the classes and the command of one machine. */
class VectorCommandsTest {
    private static final Blobs BLOBS = Blobs.classes(new Blobs.Sizes(5, 16, 400, 30), 1);

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private CalledProgram program;

    @BeforeEach
    void write() throws IOException {
        program = new CalledProgram(folder);
        FeatureArrays.write(folder.resolve("all.npy"), BLOBS.train());
        FeatureArrays.write(folder.resolve("q.npy"), BLOBS.test());
        Shards.features(folder.resolve("f"), BLOBS.train(), 10, 0, 200);
    }

    private String neighbors(String more) {
        return program.succeed("spark neighbors --master local[2] --vectors F/f --queries F/q.npy " + more);
    }

    @Test
    void neighborsAreWrittenWithTheirScores() {
        neighbors("--k 7 --similarity euclidean --out F/n.npz");
        NpyArray ids = NpzFile.of(folder.resolve("n.npz")).ids();
        FeatureMatrix scores =
                NpzFile.of(Path.of(folder + "/n.npz:scores")).features(RowSelectionCollector.all(), note -> {});
        FloatNeighbors expected = FloatNeighbors.find(BLOBS.train(), BLOBS.test(), 7, Similarity.EUCLIDEAN);
        assertThat(ids.shape()).containsExactly(30, 7);
        for (int at = 0; at < 210; at++) {
            assertThat(ids.integer(at)).isEqualTo(expected.id(at / 7, at % 7));
            assertThat(scores.get(at / 7, at % 7)).isEqualTo(expected.score(at / 7, at % 7));
        }
    }

    @ParameterizedTest
    @CsvSource({"int8, 20, cosine, 10", "pq, 4, euclidean, 3", "rabitq, 10, dot, 10"})
    void recallIsThatOfOneMachine(String name, int bytes, String similarity, int k) throws IOException {
        String quantizer = " --bytes " + bytes + " --similarity " + similarity;
        String recall = "spark recall --master local[2] --vectors F/f --queries F/q.npy --train F/all.npy --quantizer "
                + name + quantizer + " --k " + k;
        String searched = program.succeed(recall);
        JsonNode found = new JsonMapper().readTree(searched);
        assertThat(found.get("name").asText()).isEqualTo(name);
        assertThat(found.get("bytes").asInt()).isEqualTo(bytes);
        assertThat(found.get("vectors").get("rows").asInt()).isEqualTo(400);
        Map<Integer, CrossedMean> expected =
                recall(name, bytes, Similarity.valueOf(similarity.toUpperCase(Locale.ROOT)), k);
        assertThat(found.get("recall").size()).isEqualTo(expected.size());
        expected.forEach((factor, mean) -> {
            assertThat(found.at("/recall/" + factor).asDouble()).isEqualTo(mean.mean());
            assertThat(found.at("/interval/" + factor + "/0").asDouble()).isEqualTo(mean.low());
            assertThat(found.at("/interval/" + factor + "/1").asDouble()).isEqualTo(mean.high());
        });

        neighbors("--k 10 --similarity " + similarity + " --out F/n.npz");
        assertThat(program.succeed(recall + " --ground-truth F/n.npz")).isEqualTo(searched);
    }

    /** Of the first options of a quantizer, fitted to the database and searched there. */
    private static Map<Integer, CrossedMean> recall(String name, int bytes, Similarity similarity, int k) {
        FeatureMatrix database = PreparedVectors.of(similarity, BLOBS.train(), "database");
        FeatureMatrix queries = PreparedVectors.of(similarity, BLOBS.test(), "queries");
        Quantizer quantizer = Quantizers.ALL.stream()
                .filter(one -> one.name().equals(name))
                .flatMap(one -> one.within(database.dimension(), bytes).stream())
                .findFirst()
                .orElseThrow()
                .quantizer();
        Quantizer.Encoded codes =
                quantizer.fit(database, similarity, new RandomStreams(0)).encode(database);
        List<Integer> factors = List.of(1, 2, 3, 5, 10);
        double[][] recall = new NeighborRecall(factors)
                .of(FloatNeighbors.find(database, queries, k, similarity), codes, codes.estimates(queries));
        Map<Integer, CrossedMean> means = new TreeMap<>();
        for (int o = 0; o < recall.length; o++) {
            means.put(
                    factors.get(o),
                    CrossedMean.crossed(new double[][][] {{recall[o]}}, CrossedMean.Range.FRACTION)
                            .orElseThrow());
        }
        return means;
    }

    @Test
    void badInputGetsOneSentenceAndWritesNothing() throws IOException {
        FeatureArrays.write(folder.resolve("narrow.npy"), FeatureMatrix.copyOf(new float[][] {{1, 2}, {2, 1}}));
        float[] values = BLOBS.train().toArray();
        Arrays.fill(values, 16 * 250, 16 * 251, 0);
        Shards.features(folder.resolve("zero"), FeatureMatrix.owning(400, 16, values), 100);
        values[16 * 250 + 5] = Float.NaN;
        Shards.features(folder.resolve("nan"), FeatureMatrix.owning(400, 16, values), 100);
        NeighborArrays.write(folder.resolve("few.npz"), 1, new long[30], new float[30]);
        NeighborArrays.write(folder.resolve("others.npz"), 10, new long[200], new float[200]);
        NeighborArrays.write(folder.resolve("twice.npz"), 10, new long[300], new float[300]);
        String on = " --master local[2] --vectors F/f --queries ";
        String out = " --out F/o.npz";
        program.refuse("spark neighbors" + on + "F/narrow.npy" + out, "narrow.npy", "dimension 16 as in", "found 2");
        program.refuse("spark neighbors" + on + "F/q.npy --k 401" + out, "--k: expected from 1 to 400", "found 401");
        program.refuse("spark neighbors" + on + "F/q.npy --k 0" + out, "--k: expected at least 1", "found 0");
        program.refuse("spark neighbors" + on + "F/q.npy --out F/o.npy", "ends in .npz");
        String zero = " --master local[2] --vectors F/zero --queries F/q.npy";
        program.refuse("spark neighbors" + zero + out, "zero: expected non-zero vectors", "row of id 250");
        String nan = " --master local[2] --vectors F/nan --queries F/q.npy";
        program.refuse("spark neighbors" + nan + out, "row 150, column 5", "found NaN");

        String recall = "spark recall" + on + "F/q.npy --train F/all.npy";
        program.refuse(recall, "--quantizer: expected one of", "opq", "found none");
        program.refuse(recall + " --quantizer osq --bytes 20", "--quantizer: expected one of", "found 'osq'");
        program.refuse(recall + " --quantizer pq", "recall: expected --bytes", "as --option, found neither");
        program.refuse(recall + " --quantizer pq --bytes 17", "--bytes: expected a size that pq can fill", "found 17");
        String pq = " --quantizer pq --bytes 4";
        program.refuse(
                "spark recall" + on + "F/q.npy --train F/narrow.npy" + pq, "narrow.npy", "dimension 16", "found 2");
        program.refuse(recall + pq + " --ground-truth F/few.npz", "few.npz: expected at least 10 neighbors", "found 1");
        program.refuse(recall + pq + " --ground-truth F/others.npz", "expected neighbors of the 30 queries", "of 20");
        program.refuse(recall + pq + " --ground-truth F/twice.npz", "each neighbor of a query once", "twice in row 0");
        program.refuse(recall + pq + " --ground-truth F/all.npy", "all.npy", "zip archive");
        program.refuse(recall + pq + " --k 401", "--k: expected from 1 to 400", "found 401");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("o.npz", "o.npy");
        }
    }
}
