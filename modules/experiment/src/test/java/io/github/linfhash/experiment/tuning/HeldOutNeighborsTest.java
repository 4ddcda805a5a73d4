package io.github.linfhash.experiment.tuning;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.tuning.HeldOutJudge.HeldOutNeighbors;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import io.github.linfhash.results.schema.ProtocolSummary.FeatureSummary;
import io.github.linfhash.testing.Filled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recall of neighbors among held-out rows, beside plain loops, and the rows that such a search takes. */
class HeldOutNeighborsTest {
    private static final int ROWS = 40;
    private static final int DIMENSION = 3;
    private static final int K = 4;

    /** Small whole numbers, so that rows are equal and equally far, and none is 0. */
    private static FeatureMatrix grid(Similarity similarity) {
        UniformRandomProvider random = new RandomStreams(6).stream("grid");
        return PreparedVectors.of(
                similarity,
                FeatureMatrix.owning(ROWS, DIMENSION, Filled.floats(ROWS * DIMENSION, i -> 1 + random.nextInt(3))),
                "grid");
    }

    private static double score(FeatureMatrix vectors, int i, int j, Similarity similarity) {
        double score = 0;
        for (int c = 0; c < DIMENSION; c++) {
            double a = vectors.get(i, c);
            double b = vectors.get(j, c);
            score += similarity == Similarity.EUCLIDEAN ? -(a - b) * (a - b) : a * b;
        }
        // Equal to the last bit of float32 is equal.
        return Math.round(score * 1e5);
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void theNearestAreThoseOfPlainLoops(Similarity similarity) {
        FeatureMatrix vectors = grid(similarity);
        HeldOutNeighbors found = HeldOutNeighbors.of(vectors, similarity, K);
        for (int row = 0; row < ROWS; row++) {
            int of = row;
            List<Double> wanted = IntStream.range(0, ROWS)
                    .filter(other -> other != of)
                    .mapToObj(other -> score(vectors, of, other, similarity))
                    .sorted(Comparator.reverseOrder())
                    .limit(K)
                    .toList();
            assertThat(found.of(row)).hasSize(K).doesNotContain(row).doesNotHaveDuplicates();
            assertThat(IntStream.of(found.of(row))
                            .mapToObj(other -> score(vectors, of, other, similarity))
                            .toList())
                    .isEqualTo(wanted);
        }
    }

    /**
     * The expected number of neighbors among the first K of the others, where those at equal distance come in any order. Rows as near as the last
     * neighbor count like it.
     */
    @ParameterizedTest
    @EnumSource(Similarity.class)
    void recallIsThatOfPlainLoops(Similarity similarity) {
        FeatureMatrix vectors = grid(similarity);
        HeldOutNeighbors neighbors = HeldOutNeighbors.of(vectors, similarity, K);
        UniformRandomProvider random = new RandomStreams(8).stream("codes");
        float[] signs = Filled.floats(ROWS * 7, i -> random.nextInt(2) - 0.5f);
        BinaryCodes codes = BinaryCodes.ofSigns(ROWS, 7, signs);
        double sum = 0;
        int more = 0;
        for (int row = 0; row < ROWS; row++) {
            int of = row;
            int[] others = IntStream.range(0, ROWS).filter(other -> other != of).toArray();
            double last = IntStream.of(others)
                    .mapToDouble(other -> -score(vectors, of, other, similarity))
                    .sorted()
                    .toArray()[K - 1];
            int across = IntStream.of(others)
                    .map(other -> distance(signs, of, other))
                    .sorted()
                    .toArray()[K - 1];
            int surely = 0;
            int equal = 0;
            int nearer = 0;
            int nearerSurely = 0;
            int nearerAcross = 0;
            int asLast = 0;
            int asLastSurely = 0;
            int asLastAcross = 0;
            for (int other : others) {
                int distance = distance(signs, of, other);
                double far = -score(vectors, of, other, similarity);
                surely += distance < across ? 1 : 0;
                equal += distance == across ? 1 : 0;
                nearer += far < last ? 1 : 0;
                nearerSurely += far < last && distance < across ? 1 : 0;
                nearerAcross += far < last && distance == across ? 1 : 0;
                asLast += far == last ? 1 : 0;
                asLastSurely += far == last && distance < across ? 1 : 0;
                asLastAcross += far == last && distance == across ? 1 : 0;
            }
            int places = K - nearer;
            more += asLast > places ? 1 : 0;
            sum += nearerSurely
                    + (double) nearerAcross * (K - surely) / equal
                    + Math.min(asLastSurely, places)
                    + drawn(equal, asLastAcross, K - surely, places - asLastSurely);
        }
        assertThat(more).as("rows with more than K neighbors").isGreaterThan(15);
        double expected = sum / (ROWS * K);
        assertThat(expected).isBetween(0.05, 0.6);
        assertThat(neighbors.recall(codes)).isCloseTo(expected, within(1e-12));
    }

    /** The expected number of some among those drawn of all, one after another, until so many are drawn that count. */
    private static double drawn(int all, int some, int left, int count) {
        if (left <= 0 || count <= 0 || some == 0) {
            return 0;
        }
        double next = (double) some / all;
        return next * (1 + drawn(all - 1, some - 1, left - 1, count - 1))
                + (1 - next) * drawn(all - 1, some, left - 1, count);
    }

    /** Each vector 16 times: whatever copies come first, equal codes of them are the nearest. */
    @Test
    void copiesOfARowAreAsGoodAsAnother() {
        float[] values = Filled.floats(16 * 8, i -> i % 8);
        FeatureMatrix copies = FeatureMatrix.owning(16 * 8, 1, values);
        HeldOutNeighbors neighbors = HeldOutNeighbors.of(copies, Similarity.EUCLIDEAN, 10);
        BinaryCodes codes =
                BinaryCodes.ofSigns(16 * 8, 3, Filled.floats(16 * 8 * 3, i -> (i / 3 % 8 >> i % 3 & 1) - 0.5f));
        assertThat(neighbors.recall(codes)).isEqualTo(1);
    }

    private static int distance(float[] signs, int i, int j) {
        return (int) IntStream.range(0, 7)
                .filter(b -> signs[i * 7 + b] != signs[j * 7 + b])
                .count();
    }

    /** On a line, codes that count the places before a row find its nearest; codes that are all equal find them by chance. */
    @Test
    void codesThatKeepAllNeighborsHaveRecallOne() {
        int n = 9;
        float[] places = new float[n];
        float[] counting = new float[n * n];
        for (int i = 0; i < n; i++) {
            places[i] = i * i;
            for (int b = 0; b < n; b++) {
                counting[i * n + b] = b < i ? 1 : -1;
            }
        }
        HeldOutNeighbors nearest = HeldOutNeighbors.of(FeatureMatrix.owning(n, 1, places), Similarity.EUCLIDEAN, n - 1);
        assertThat(nearest.of(2)).containsExactly(1, 0, 3, 4, 5, 6, 7, 8);
        assertThat(nearest.recall(BinaryCodes.ofSigns(n, n, counting))).isEqualTo(1);
        HeldOutNeighbors one = HeldOutNeighbors.of(FeatureMatrix.owning(n, 1, places), Similarity.EUCLIDEAN, 1);
        assertThat(one.recall(BinaryCodes.ofSigns(n, 4, new float[n * 4]))).isCloseTo(1.0 / (n - 1), within(1e-12));
    }

    @Test
    void aFoldWithTooFewRowsIsRefused() {
        FeatureMatrix four = FeatureMatrix.owning(4, 1, new float[] {1, 2, 3, 4});
        assertBadInput(() -> HeldOutNeighbors.of(four, Similarity.DOT, 4))
                .hasMessageContaining("more rows than the 4 neighbors of each, found 4");
    }

    static Protocol protocol(String name) throws IOException {
        return new ProtocolFiles(Path.of(System.getProperty("linfhash.home"), "protocols")).read(name);
    }

    /** The angle of a row's vector tells its number, and the labels have one class for each ten rows. */
    private static FeatureData numbered(int n) {
        float[] values = new float[2 * n];
        for (int i = 0; i < n; i++) {
            values[2 * i] = (float) Math.cos(angle(n) * i);
            values[2 * i + 1] = (float) Math.sin(angle(n) * i);
        }
        return new FeatureData(
                FeatureMatrix.owning(n, 2, values),
                null,
                ClassLabels.of(IntStream.range(0, n).map(i -> i / 10).toArray()),
                new DatasetSummary("d", "D", "0".repeat(64), n, false, false, List.of()),
                new FeatureSummary("f", "0".repeat(64), 2),
                FloatNeighbors::find,
                n);
    }

    @Test
    void rowsAreSampledFromTheDatabaseAndNoneIsAQueryUnderAnySeed() throws IOException {
        Protocol protocol = protocol("clinc150-minilm");
        FeatureData data = numbered(13_000);
        TuningData images = TuningData.withNeighbors(protocol, data, 2);
        TuningData.Near near = Objects.requireNonNull(images.near());
        Set<Integer> rows = rowsOf(near, data);
        assertThat(rows).hasSize(TuningData.MOST_ROWS);
        assertThat(images.plain().labels()).isEqualTo(ClassLabels.of(new int[TuningData.MOST_ROWS]));
        assertThat(images.plain().unlabeled()).isSameAs(images.plain().labeled());
        assertThat(near.similarity()).isEqualTo(Similarity.COSINE);
        assertThat(near.count()).isEqualTo(10);
        assertThat(images.database()).isEqualTo(12_000);
        Splits splits = data.splits(protocol);
        for (long seed : protocol.seeds()) {
            assertThat(IntStream.of(splits.draw(seed).query()).filter(rows::contains))
                    .isEmpty();
        }
        assertThat(rows)
                .isNotEqualTo(rowsOf(
                        Objects.requireNonNull(
                                TuningData.withNeighbors(protocol, data, 3).near()),
                        data));
        assertThat(TuningData.withNeighbors(protocol, data, 2).hash()).isEqualTo(images.hash());
        assertThat(new TuningData(images.plain(), null, images.database()).hash())
                .isNotEqualTo(images.hash());
        for (Fold fold : Fold.divide(images, 4, new RandomStreams(2))) {
            assertThat(Objects.requireNonNull(fold.neighbors()).of(0)).hasSize(10);
            assertThat(fold.training().unlabeled().rows()).isEqualTo(3750);
        }
    }

    private static double angle(int n) {
        return Math.PI / 2 / n;
    }

    private static Set<Integer> rowsOf(TuningData.Near near, FeatureData data) {
        Set<Integer> rows = new HashSet<>();
        for (int i = 0; i < near.vectors().rows(); i++) {
            double found = Math.atan2(near.vectors().get(i, 1), near.vectors().get(i, 0));
            rows.add((int) Math.round(found / angle(data.raw().rows())));
        }
        return rows;
    }

    @Test
    void aProtocolWithoutNeighborsIsRefused() throws IOException {
        Protocol protocol = protocol("fashion-mnist");
        assertBadInput(() -> TuningData.withNeighbors(protocol, numbered(6000), 0))
                .hasMessageContaining("neighborRecall@1 needs a protocol with neighbors");
    }

    @Test
    void recallsAreSummedAndLinesOfOlderJournalsAreRead(@TempDir Path folder) throws IOException {
        TrialResult twice = TrialResult.NONE.plus(TrialResult.ofNeighbors(0.5)).plus(TrialResult.ofNeighbors(0.25));
        assertThat(twice.neighborRecall()).isEqualTo(0.375);
        assertThat(Criterion.NEIGHBOR_RECALL.of(twice, 1000)).isEqualTo(0.375);
        assertThat(Criterion.NEIGHBOR_RECALL.of(TrialResult.failed("diverged"), 1000))
                .isZero();
        Path file = folder.resolve("journal");
        String balls =
                "{\"images\":0,\"pairs\":0,\"found\":0,\"hits\":0,\"relevant\":0,\"filled\":0,\"precisions\":0.0}";
        Files.writeString(
                file,
                "key\t{\"trainings\":1,\"maps\":0.5,\"within2\":" + balls + ",\"within0\":" + balls
                        + ",\"failure\":null}\n");
        assertThat(Journal.in(file, "images").size()).isEqualTo(1);
    }

    @Test
    void neighborsDecideAlone() {
        List<Criterion> both = new ArrayList<>(List.of(Criterion.MAP, Criterion.NEIGHBOR_RECALL));
        assertBadInput(() -> SearchSpace.read(
                                Path.of(System.getProperty("linfhash.home"), "protocols/tuning/standard.yaml"))
                        .withCriteria(both))
                .hasMessageContaining("expected neighborRecall@1 only")
                .hasMessageEndingWith("found map, neighborRecall@1");
    }
}
