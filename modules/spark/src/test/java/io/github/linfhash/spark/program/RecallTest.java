package io.github.linfhash.spark.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NeighborArrays;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NearerCodes;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.quantizers.sign.Sign;
import io.github.linfhash.spark.blocks.FeatureSource;
import io.github.linfhash.spark.parquet.ParquetFeatures;
import io.github.linfhash.spark.recall.DistributedRecall;
import io.github.linfhash.spark.recall.NeighborIds;
import io.github.linfhash.spark.search.DistributedFloatSearch;
import io.github.linfhash.spark.shards.ShardFeatures;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Counts over parts of a database must be those that one machine measures on all of it, to the last bit. */
class RecallTest extends OnLocalSpark {
    private static final int DIMENSION = 24;
    private static final int QUERIES = 12;
    private static final int K = 10;
    private static final int ROWS = 700;
    private static final int CUTS = 3;
    private static final Blobs BLOBS = Blobs.classes(new Blobs.Sizes(6, DIMENSION, ROWS / 2, QUERIES), 3);

    /** Every vector twice, so that distances are equal whatever the code is. */
    private static final FeatureMatrix DATABASE = FloatSearchTest.repeated(BLOBS.train(), ROWS);

    private static final NeighborRecall RECALL = new NeighborRecall(List.of(1, 2, 3, 5, 10));

    @TempDir
    private static Path folder;

    private static List<FeatureSource> sources = List.of();
    private static final Map<Similarity, NeighborIds> TRUTHS = new EnumMap<>(Similarity.class);

    /** The database, cut in three ways, and the true neighbors in it. */
    @BeforeAll
    static void cutDatabase() throws IOException {
        String table =
                VectorTables.write(session, DATABASE, 3, folder.resolve("p").toString());
        sources = List.of(cut("a", 300), cut("b", 1, 0, 99, 400), ParquetFeatures.open(session, table));
        for (Similarity similarity : Similarity.values()) {
            FeatureMatrix queries = PreparedVectors.of(similarity, BLOBS.test(), "queries");
            TRUTHS.put(
                    similarity,
                    NeighborIds.of(DistributedFloatSearch.nearest(context, queries, sources.get(2), K, similarity)));
        }
    }

    private static Stream<QuantizerSpec.Configured> portable(QuantizerSpec<?> spec) {
        return Stream.of(3, 11, 28)
                .flatMap(bytes -> spec.within(DIMENSION, bytes).stream())
                .distinct();
    }

    /** One of each quantizer with each similarity, in turns on each of the cut databases: a quantizer sees all of these, a similarity too. */
    static Stream<Arguments> inTurns() {
        List<QuantizerSpec.Configured> ofEach = Quantizers.PORTABLE.stream()
                .flatMap(spec -> portable(spec).limit(1))
                .toList();
        List<Similarity> similarities = List.of(Similarity.values());
        return IntStream.range(0, ofEach.size() * similarities.size())
                .mapToObj(i -> Arguments.of(
                        ofEach.get(i / similarities.size()),
                        similarities.get(i % similarities.size()),
                        (i / similarities.size() + i) % CUTS));
    }

    static Stream<Arguments> onEach() {
        return Quantizers.PORTABLE.stream()
                .flatMap(RecallTest::portable)
                .flatMap(one -> Stream.of(Similarity.values())
                        .flatMap(similarity ->
                                IntStream.range(0, CUTS).mapToObj(cut -> Arguments.of(one, similarity, cut))));
    }

    private static FeatureSource cut(String name, int... sizes) throws IOException {
        return ShardFeatures.open(context, Shards.features(folder.resolve(name), DATABASE, sizes), null);
    }

    @ParameterizedTest
    @MethodSource("inTurns")
    void recallIsThatOfOneMachine(QuantizerSpec.Configured one, Similarity similarity, int cut) {
        assertRecallOfOneMachine(one, similarity, cut);
    }

    @ParameterizedTest
    @MethodSource("onEach")
    @Tag("slow")
    void recallOnEachCutIsThatOfOneMachine(QuantizerSpec.Configured one, Similarity similarity, int cut) {
        assertRecallOfOneMachine(one, similarity, cut);
    }

    private static void assertRecallOfOneMachine(QuantizerSpec.Configured one, Similarity similarity, int cut) {
        FeatureMatrix database = PreparedVectors.of(similarity, DATABASE, "database");
        FeatureMatrix queries = PreparedVectors.of(similarity, BLOBS.test(), "queries");
        PortableQuantizer fitted = (PortableQuantizer) one.quantizer()
                .fit(PreparedVectors.of(similarity, BLOBS.train(), "sample"), similarity, new RandomStreams(4));
        Quantizer.Encoded codes = fitted.encode(database);
        FloatNeighbors neighbors = FloatNeighbors.find(database, queries, K, similarity);
        Quantizer.Estimates estimates = codes.estimates(queries);

        NeighborIds truth = Objects.requireNonNull(TRUTHS.get(similarity));
        NearerCodes counts =
                new DistributedRecall(sent(fitted), queries, similarity).count(context, sources.get(cut), truth);
        for (int query = 0; query < QUERIES; query++) {
            // Lists name K neighbors, so that others that are as near do not count.
            float[] distances = estimates.forQuery(query).first(codes.size());
            assertThat(RECALL.of(counts, query)).isEqualTo(RECALL.of(neighbors.ids(query), distances));
        }
    }

    /** As it arrives at an executor; a session of one process sends nothing. */
    private static PortableQuantizer sent(PortableQuantizer fitted) {
        SerializerInstance java = SparkEnv.get().closureSerializer().newInstance();
        ClassTag<PortableQuantizer> type = ClassTag$.MODULE$.apply(PortableQuantizer.class);
        return java.deserialize(java.serialize(fitted, type), type);
    }

    @Test
    void neighborsThatAreNoRowsAreRefused() throws IOException {
        Similarity similarity = Similarity.DOT;
        PortableQuantizer fitted = new Sign(new Sign.Options(DIMENSION, false, Distance.HAMMING))
                .fit(DATABASE, similarity, new RandomStreams(0));
        DistributedRecall recall = new DistributedRecall(fitted, BLOBS.test(), similarity);
        FeatureSource source = cut("c", 300);
        Path truth = folder.resolve("truth.npz");
        NeighborArrays.write(truth, 1, new long[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ROWS}, new float[QUERIES]);
        NeighborIds beyond = NeighborIds.read(truth, QUERIES, 1);
        assertThatThrownBy(() -> recall.count(context, source, beyond))
                .hasMessageContaining("truth.npz: expected ids of rows of")
                .hasMessageContaining("found 700, which none has");
    }
}
