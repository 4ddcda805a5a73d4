package io.github.linfhash.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.HammingNeighbors;
import io.github.linfhash.codes.HammingSearch;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.HammingScan;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NearerCodes;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import io.github.linfhash.quantizers.product.ProductQuantizer;
import io.github.linfhash.spark.blocks.LabelKind;
import io.github.linfhash.spark.encoding.BlockEncoding;
import io.github.linfhash.spark.encoding.BroadcastModel;
import io.github.linfhash.spark.evaluation.DistributedEvaluation;
import io.github.linfhash.spark.evaluation.EvaluationQueries;
import io.github.linfhash.spark.program.DrawnCodes;
import io.github.linfhash.spark.program.KeptModels;
import io.github.linfhash.spark.program.Shards;
import io.github.linfhash.spark.recall.DistributedRecall;
import io.github.linfhash.spark.recall.NeighborIds;
import io.github.linfhash.spark.search.DistributedFloatSearch;
import io.github.linfhash.spark.search.DistributedSearch;
import io.github.linfhash.spark.search.ScoredNeighbors;
import io.github.linfhash.spark.shards.ShardCodes;
import io.github.linfhash.spark.shards.ShardFeatures;
import io.github.linfhash.spark.shards.ShardWriter;
import io.github.linfhash.spark.shards.TaskFolder;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;

/** Two executors, each a process of its own; one is killed while it works, and the result is that of one machine. Starting and losing processes takes long. */
@Tag("slow")
class KilledExecutorTest {
    private static final int FILES = 12;
    private static final int ROWS_OF_FILE = 50_000;

    @SuppressWarnings("NullAway.Init")
    private static SparkSession session;

    @SuppressWarnings("NullAway.Init")
    private static JavaSparkContext context;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startCluster() throws IOException {
        // Executors are started as if Spark were installed here; the class path of this process has all that they need.
        Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        session = SparkSession.builder()
                .master("local-cluster[2,1,768]")
                .appName("test")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.executor.memory", "768m")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .config("spark.executorEnv.OMP_NUM_THREADS", "1")
                .config("spark.scheduler.minRegisteredResourcesRatio", 1)
                .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "120s")
                .getOrCreate();
        context = JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    @AfterAll
    static void stopCluster() {
        session.stop();
    }

    /** The process ids of the executors that are there now. */
    private static Map<String, Long> processes() {
        Map<String, Long> processes = new HashMap<>();
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (processes.size() < 2 && System.nanoTime() < deadline) {
            processes.clear();
            List<Integer> numbers = IntStream.range(0, 16).boxed().toList();
            for (Tuple2<String, Long> found : context.parallelize(numbers, numbers.size())
                    .map(number -> {
                        Thread.sleep(20);
                        return new Tuple2<>(
                                SparkEnv.get().executorId(),
                                ProcessHandle.current().pid());
                    })
                    .collect()) {
                processes.put(found._1(), found._2());
            }
        }
        return processes;
    }

    /** A job that reads or writes files. */
    @FunctionalInterface
    private interface Job<T> {
        T get() throws IOException;
    }

    private static <T> T withOneKilled(Job<T> job) throws IOException, TimeoutException {
        Map<String, Long> processes = processes();
        assertThat(processes.values())
                .hasSize(2)
                .doesNotContain(ProcessHandle.current().pid());
        ExecutorKiller killer = new ExecutorKiller(processes, 4);
        context.sc().addSparkListener(killer);
        T result = job.get();
        context.sc().listenerBus().waitUntilEmpty();
        context.sc().removeSparkListener(killer);
        assertThat(killer.removed()).as("executors that were lost").isEqualTo(1);
        assertThat(killer.lostTasks()).as("tasks that were lost").isPositive();
        return result;
    }

    @Test
    void evaluationAndSearch() throws IOException, TimeoutException {
        DrawnCodes drawn = DrawnCodes.draw(400, FILES * ROWS_OF_FILE, 64, true);
        int[] sizes = new int[FILES - 1];
        Arrays.fill(sizes, ROWS_OF_FILE);
        Path codes = Shards.codes(folder.resolve("codes"), drawn.database(), sizes);
        Path labels = Shards.labels(folder.resolve("labels"), drawn.databaseLabels(), sizes);
        ShardCodes database = ShardCodes.open(context, codes, labels, LabelKind.of(drawn.queryLabels()), 64);

        Retrieval many = withOneKilled(() -> DistributedEvaluation.evaluate(
                context, new EvaluationQueries(drawn.queries(), drawn.queryLabels()), database));
        DistanceHistograms one = HammingScan.scan(drawn.queries(), drawn.database(), drawn.relevance());
        assertThat(many.histograms().toAll()).isEqualTo(one.toAll());
        assertThat(many.histograms().toRelevant()).isEqualTo(one.toRelevant());
        assertThat(many.uniqueCodes()).isEqualTo(drawn.database().unique());

        HammingNeighbors found = withOneKilled(() -> DistributedSearch.nearest(context, drawn.queries(), database, 50));
        HammingNeighbors expected = HammingSearch.nearest(drawn.queries(), drawn.database(), 50);
        assertThat(found.toIds()).isEqualTo(expected.toIds());
        assertThat(found.toDistances()).isEqualTo(expected.toDistances());
    }

    /** The codes are those of a product quantizer, which each executor is sent. */
    @Test
    void floatNeighborsAndRecall() throws IOException, TimeoutException {
        Blobs blobs = Blobs.classes(new Blobs.Sizes(5, 64, FILES * 5000, 200), 1);
        int[] sizes = new int[FILES - 1];
        Arrays.fill(sizes, 5000);
        Path features = Shards.features(folder.resolve("vectors"), blobs.train(), sizes);
        ShardFeatures source = ShardFeatures.open(context, features, null);
        FeatureMatrix queries = blobs.test();
        Similarity similarity = Similarity.EUCLIDEAN;
        FloatNeighbors expected = FloatNeighbors.find(blobs.train(), queries, 10, similarity);
        ScoredNeighbors found =
                withOneKilled(() -> DistributedFloatSearch.nearest(context, queries, source, 10, similarity));
        assertThat(found.toIds())
                .isEqualTo(IntStream.range(0, 200)
                        .flatMap(query -> Arrays.stream(expected.ids(query)))
                        .asLongStream()
                        .toArray());

        PortableQuantizer fitted = new ProductQuantizer(new ProductQuantizer.Options(8, 5, 2000, null))
                .fit(blobs.train(), similarity, new RandomStreams(0));
        NearerCodes counts = withOneKilled(
                () -> new DistributedRecall(fitted, queries, similarity).count(context, source, NeighborIds.of(found)));
        Quantizer.Encoded codes = fitted.encode(blobs.train());
        NeighborRecall recall = new NeighborRecall(List.of(1, 3));
        double[][] one = recall.of(expected, codes, codes.estimates(queries));
        for (int query = 0; query < 200; query++) {
            assertThat(recall.of(counts, query)).containsExactly(one[0][query], one[1][query]);
        }
    }

    /** The encoder is of ND4J, which each executor loads when it restores the model. */
    @Test
    void encoding() throws IOException, TimeoutException {
        Blobs blobs = Blobs.classes(new Blobs.Sizes(5, 32, 6000, 60), 1);
        Path model = KeptModels.train(folder, "nnh", blobs);
        int[] sizes = new int[FILES - 1];
        Arrays.fill(sizes, 500);
        Path features = Shards.features(folder.resolve("features"), blobs.train(), sizes);
        BlockEncoding encoding = new BlockEncoding(context.broadcast(BroadcastModel.read(model)), "features");
        ShardFeatures source = ShardFeatures.open(context, features, null);
        TaskFolder tasks = new TaskFolder(folder.resolve("tasks").toString());
        List<String> written = withOneKilled(
                () -> new ShardWriter(tasks, 16, false).write(source.blocks().map(encoding::encode)));
        assertThat(written).hasSize(FILES).doesNotHaveDuplicates();
        Path out = folder.resolve("out");
        tasks.moveTo(out, written);

        BinaryCodes expected = Models.read(model).encode(blobs.train(), "here");
        for (int part = 0; part < FILES; part++) {
            int first = 500 * part;
            assertThat(CodeArrays.read(out.resolve(written.get(part)), 16))
                    .isEqualTo(
                            expected.select(IntStream.range(first, first + 500).toArray()));
        }
    }
}
