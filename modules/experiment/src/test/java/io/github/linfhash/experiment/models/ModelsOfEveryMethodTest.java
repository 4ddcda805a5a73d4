package io.github.linfhash.experiment.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.encoders.training.TrainingOptions;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        Map<String, Object> options =
                trainsLong ? Map.of("training", Map.of("epochs", 1, "pairsPerEpoch", 1280)) : Map.of();
        ConfiguredMethod<?> method = MethodRegistry.standard().configure(spec.name(), options, "here");
        FeatureMatrix raw = BLOBS.train();
        TrainedModel model =
                new ModelTrainer("./linfhash train", Progress.NONE).onVectors(raw, BLOBS.trainLabels(), method, 16, 3);
        Path file = folder.resolve("m.linfhash");
        ModelFile.write(file, model);

        TrainedModel read = Models.read(file);
        assertThat(read.card()).isEqualTo(model.card());
        assertThat(read.card().method()).isEqualTo(spec.name());
        for (FeatureMatrix rows : List.of(raw, BLOBS.test())) {
            assertThat(read.encode(rows, "here")).isEqualTo(model.encode(rows, "here"));
        }
        assertThat(read.encode(raw, "here").unique()).isGreaterThan(1);
    }
}
