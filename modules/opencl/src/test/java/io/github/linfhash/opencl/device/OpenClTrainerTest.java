package io.github.linfhash.opencl.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.encoders.backend.NetworkForm;
import io.github.linfhash.encoders.backend.Training;
import io.github.linfhash.encoders.backend.Training.Examples;
import io.github.linfhash.encoders.backend.Training.Trained;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OpenClTrainerTest {
    static Stream<NetworkForm> forms() {
        return SmallTrainings.forms();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void theSameBitsAloneAndBesideSixtyThreeOthers(NetworkForm form) {
        List<Training> many = SmallTrainings.trainings(form, 64);
        try (OpenClTrainer trainer = new OpenClTrainer(SmallTrainings.device())) {
            List<Trained> together = trainer.train(many, Progress.NONE);
            for (int m = 0; m < many.size(); m += 9) {
                Trained alone =
                        trainer.train(List.of(many.get(m)), Progress.NONE).get(0);
                assertThat(together.get(m).values()).isEqualTo(alone.values());
                assertThat(together.get(m).losses()).isEqualTo(alone.losses());
            }
        }
    }

    @Test
    void trainingsOfAllFormsComeBackInTheirOrder() {
        List<Training> mixed = SmallTrainings.forms()
                .map(form -> SmallTrainings.trainings(form, 3).get(2))
                .toList();
        try (OpenClTrainer trainer = new OpenClTrainer(SmallTrainings.device())) {
            List<Trained> together = trainer.train(mixed, Progress.NONE);
            for (int m = 0; m < mixed.size(); m++) {
                assertThat(together.get(m).values()).hasSize(mixed.get(m).form().size());
                assertThat(together.get(m).losses())
                        .isEqualTo(trainer.train(List.of(mixed.get(m)), Progress.NONE)
                                .get(0)
                                .losses());
            }
        }
    }

    @Test
    void theMeanOfTheLastEpochsIsTheMeanOfWhatShorterTrainingsEndWith() {
        NetworkForm form = SmallTrainings.forms().findFirst().orElseThrow();
        Examples examples = SmallTrainings.examples(1);
        List<Training> trainings = Stream.of(new int[] {3, 2}, new int[] {2, 1}, new int[] {3, 1})
                .map(of -> SmallTrainings.training(
                        form,
                        Training.Rule.ADAM,
                        examples,
                        4,
                        new Training.Schedule(of[0], SmallTrainings.STEPS, SmallTrainings.IMAGES, of[1])))
                .toList();
        try (OpenClTrainer trainer = new OpenClTrainer(SmallTrainings.device())) {
            List<Trained> trained = trainer.train(trainings, Progress.NONE);
            float[] mean = trained.get(0).values();
            for (int i = 0; i < mean.length; i++) {
                float sum = trained.get(1).values()[i] + trained.get(2).values()[i];
                assertThat(mean[i]).isEqualTo(sum / 2);
            }
        }
    }

    @Test
    void nothingIsTrainedWithoutEpochs() {
        NetworkForm form = SmallTrainings.forms().findFirst().orElseThrow();
        Training none = SmallTrainings.training(
                form, Training.Rule.ADAM, SmallTrainings.examples(1), 1, new Training.Schedule(0, 5, 33, 4));
        try (OpenClTrainer trainer = new OpenClTrainer(SmallTrainings.device())) {
            Trained trained = trainer.train(List.of(none), Progress.NONE).get(0);
            assertThat(trained.values()).isEqualTo(none.start().floats());
            assertThat(trained.losses()).isEmpty();
        }
    }

    @Test
    void oneSentenceWhereThereIsNoLibrary() {
        String before = System.getProperty(OpenClDevices.LIBRARY);
        System.setProperty(OpenClDevices.LIBRARY, "nowhere/libOpenCL.so.1");
        try {
            OpenClDevices none = OpenClDevices.find();
            assertThat(none.devices()).isEmpty();
            assertThatThrownBy(none::best)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("there is no OpenCL library")
                    .hasMessageContaining("install the driver");
        } finally {
            if (before == null) {
                System.clearProperty(OpenClDevices.LIBRARY);
            } else {
                System.setProperty(OpenClDevices.LIBRARY, before);
            }
        }
    }
}
