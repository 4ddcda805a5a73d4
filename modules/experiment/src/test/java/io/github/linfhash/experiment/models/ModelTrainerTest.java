package io.github.linfhash.experiment.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.testing.Blobs;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelTrainerTest {
    /** Methods that need no labels must learn the same without them. */
    @Test
    void methodsThatLearnWithoutLabelsNeedNone() {
        Blobs blobs = Blobs.classes(new Blobs.Sizes(5, 32, 120, 10), 4);
        ModelTrainer trainer = new ModelTrainer("train", Progress.NONE);
        ConfiguredMethod<?> itq = MethodRegistry.standard().configure("itq", Map.of(), "test");
        TrainedModel with = trainer.onVectors(blobs.train(), blobs.trainLabels(), itq, 8, 0);
        TrainedModel without = trainer.onVectors(blobs.train(), null, itq, 8, 0);
        assertThat(with.card().training().labeled()).isEqualTo(120);
        assertThat(without.card().training().labeled()).isZero();
        assertThat(without.card().training().unlabeled())
                .isEqualTo(with.card().training().unlabeled());
        assertThat(without.function().encode(blobs.test()))
                .isEqualTo(with.function().encode(blobs.test()));
    }
}
