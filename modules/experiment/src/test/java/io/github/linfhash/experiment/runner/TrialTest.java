package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.protocols.protocol.Preprocessor;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.results.schema.DatasetSummary;
import io.github.linfhash.results.schema.FeatureSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final int ROWS = 60;
    private static final List<Integer> PLACES = List.of(3, 17, 59);

    private final FeatureMatrix database = features(ROWS);
    private final ClassLabels labels = ClassLabels.of(classes());

    private static FeatureMatrix features(int rows) {
        UniformRandomProvider random = new RandomStreams(5).stream("rows");
        float[] values = new float[rows * 6];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return FeatureMatrix.owning(rows, 6, values);
    }

    private static int[] classes() {
        int[] classes = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            classes[i] = i % 4;
        }
        return classes;
    }

    private Trial trial(@Nullable List<Integer> queryRows) {
        int[] places = PLACES.stream().mapToInt(Integer::intValue).toArray();
        return new Trial(
                new TrainingSet(database, labels, database),
                database.select(places),
                database,
                labels.select(places),
                labels,
                "split",
                Preprocessor.fit(
                        new Preprocessing(null, Preprocessing.Centre.NONE, Preprocessing.Norm.NONE), database, places),
                queryRows,
                null,
                List.of());
    }

    /**
     * Rows 0 and 1 are trained on, so that (2, 0) is taken away from every row before it is scaled to length 1; row 4 is the query, and
     * far off. The mean of all rows, or of the database, would be another one.
     */
    @Test
    void theMeanIsThatOfTheTrainingRowsAlone() throws IOException {
        Protocol protocol =
                new ProtocolFiles(Path.of(System.getProperty("linfhash.home"), "protocols")).read("fashion-mnist");
        assertThat(protocol.preprocessing())
                .isEqualTo(new Preprocessing(null, Preprocessing.Centre.TRAINING_MEAN, Preprocessing.Norm.L2));
        FeatureData data = new FeatureData(
                FeatureMatrix.owning(5, 2, new float[] {1, 0, 3, 0, 5, 4, 2, -7, 2, 90}),
                null,
                ClassLabels.of(new int[] {0, 1, 0, 1, 0}),
                new DatasetSummary("d", "D", "0".repeat(64), 5, false, false, List.of()),
                new FeatureSummary("f", "0".repeat(64), 2));
        Split split = Split.of(5, new int[] {0, 1}, new int[] {4}, new int[] {0, 1, 2, 3});

        Trial trial = Trial.withoutNeighbours(protocol, data, split);

        assertThat(trial.training().labelled().toArray()).containsExactly(-1, 0, 1, 0);
        assertThat(trial.database().toArray())
                .containsExactly(new float[] {-1, 0, 1, 0, 0.6f, 0.8f, 0, -1}, within(1e-6f));
        assertThat(trial.queries().toArray()).containsExactly(new float[] {0, 1}, within(1e-6f));
        assertThat(trial.training().unlabelled()).isEqualTo(trial.database());
    }

    private static BinaryCodes signs(FeatureMatrix rows) {
        return BinaryCodes.ofSigns(rows.rows(), rows.dimension(), rows.toArray());
    }

    /** Of Hamming distances, the ranking by any distance is that of a search: with the query itself where that finds it. */
    @Test
    void theRankingByHammingDistancesIsThatOfASearch() {
        BinaryCodes codes = signs(database);
        for (Trial trial : List.of(trial(null), trial(PLACES))) {
            BinaryCodes queries = signs(trial.queries());
            double found = trial.map(q -> {
                float[] distances = new float[ROWS];
                for (int i = 0; i < ROWS; i++) {
                    distances[i] = queries.distance(q, codes, i);
                }
                return distances;
            });
            assertThat(found)
                    .isCloseTo(trial.search(queries, codes).ranks().map(), within(1e-12))
                    .isBetween(0.2, 0.8);
        }
    }
}
