package io.github.linfhash.experiment.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.HashModel;
import io.github.linfhash.codes.OutputRule;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.training.NetworkHashFunction;
import io.github.linfhash.encoders.training.TrainingOptions;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelsOfEveryMethodTest {
    private static final Blobs BLOBS = Blobs.classes(new Blobs.Sizes(5, 32, 300, 60), 1);

    @TempDir
    private Path folder;

    static List<MethodSpec<?>> all() {
        return MethodRegistry.standard().all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void savedAndLoadedItGivesTheSameCodes(MethodSpec<?> spec) throws IOException {
        boolean trainsLong = Arrays.stream(spec.optionsType().getRecordComponents())
                .anyMatch(option -> option.getType() == TrainingOptions.class);
        requireTheSame(
                spec.name(),
                trainsLong ? Map.of("training", Map.of("epochs", 1, "pairsPerEpoch", 1280)) : Map.of(),
                BLOBS);
    }

    /** All classifiers, and the scores of labels that do not exclude each other. */
    @ParameterizedTest
    @CsvSource({"linear, false", "network, false", "kernel, true", "linear, true"})
    void classifiersGiveTheSameCodes(String classifier, boolean sets) throws IOException {
        Blobs.Sizes sizes = new Blobs.Sizes(5, 32, 300, 60);
        requireTheSame("class-codes", Map.of("classifier", classifier), sets ? Blobs.labelSets(sizes, 1) : BLOBS);
    }

    @ParameterizedTest
    @CsvSource({"agh1, 2", "agh1, 5", "agh2, 2", "agh2, 5"})
    void anchorGraphsWithLocalAnchorEmbeddingGiveTheSameCodes(String method, int nearest) throws IOException {
        requireTheSame(method, Map.of("weights", "lae", "anchors", 40, "nearest", nearest), BLOBS);
    }

    private void requireTheSame(String name, Map<String, Object> options, Blobs blobs) throws IOException {
        ConfiguredMethod<?> method = MethodRegistry.standard().configure(name, options, "here");
        FeatureMatrix raw = blobs.train();
        TrainedModel model =
                new ModelTrainer("./linfhash train", Progress.NONE).onVectors(raw, blobs.trainLabels(), method, 16, 3);
        Path file = folder.resolve("m.linfhash");
        ModelFile.write(file, model);

        TrainedModel read = Models.read(file);
        assertThat(read.card()).isEqualTo(model.card());
        assertThat(read.card().method()).isEqualTo(name);
        for (FeatureMatrix rows : List.of(raw, blobs.test())) {
            assertThat(read.encode(rows, "here")).isEqualTo(model.encode(rows, "here"));
        }
        assertThat(read.encode(raw, "here").unique()).isGreaterThan(1);
        requireTheSameInAService(file, model, raw);
    }

    /** A service that has the module codes alone makes the same codes. */
    private static void requireTheSameInAService(Path file, TrainedModel model, FeatureMatrix raw) throws IOException {
        HashModel loaded = HashModel.load(file);
        assertThat(loaded.bits()).isEqualTo(16);
        assertThat(loaded.method()).isEqualTo(model.card().method());
        byte[] measured = model.encode(raw, "here").toBytes();
        float[] vector = new float[loaded.dimension()];
        for (int i = 0; i < raw.rows(); i++) {
            raw.copyRow(i, vector);
            byte[] code = loaded.encode(vector);
            assertThat(code).as("row %s", i).containsExactly(measured[2 * i], measured[2 * i + 1]);
            if (model.function() instanceof NetworkHashFunction network) {
                FeatureMatrix one = FeatureMatrix.owning(1, vector.length, vector.clone());
                float[] outputs =
                        network.frozen().apply(model.preprocessor().apply(one).toArray());
                String rule = network.state().words().getOrDefault(Network.CODES, "sign");
                float[] values =
                        OutputRule.valueOf(rule.toUpperCase(Locale.ROOT)).values(outputs, outputs.length);
                assertThat(code).isEqualTo(BinaryCodes.ofSigns(1, 16, values).toBytes());
            }
        }
        for (int j = 0; j < vector.length; j++) {
            for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
                raw.copyRow(0, vector);
                vector[j] = value;
                assertThatThrownBy(() -> loaded.encode(vector))
                        .as(value + " at " + j)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("expected a vector of finite values, found others");
            }
        }
    }
}
