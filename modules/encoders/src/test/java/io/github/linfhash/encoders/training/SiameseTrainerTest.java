package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.training.SiameseTrainer.HeldOut;
import io.github.linfhash.encoders.training.SiameseTrainer.HeldOutLoss;
import io.github.linfhash.encoders.training.TrainingOptions.LossSign;
import io.github.linfhash.encoders.training.TrainingOptions.PairSource;
import io.github.linfhash.testing.Filled;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SiameseTrainerTest {
    private static final TrainingSet IMAGES = Blobs.of(80, 12, 0.6);

    @Test
    void twoTrainingsAtOnceEndLikeTwoInTurn() {
        Network first = SmallNetworks.of(1);
        Network second = SmallNetworks.of(2);
        trainer(5).train(new SiameseMethod.Start(first, null), IMAGES, TrainingContext.quiet(1));
        trainer(5).train(new SiameseMethod.Start(second, null), IMAGES, TrainingContext.quiet(2));

        Network firstAtOnce = SmallNetworks.of(1);
        Network secondAtOnce = SmallNetworks.of(2);
        CompletableFuture<?> a = CompletableFuture.runAsync(
                () -> trainer(5).train(new SiameseMethod.Start(firstAtOnce, null), IMAGES, TrainingContext.quiet(1)));
        CompletableFuture<?> b = CompletableFuture.runAsync(
                () -> trainer(5).train(new SiameseMethod.Start(secondAtOnce, null), IMAGES, TrainingContext.quiet(2)));
        CompletableFuture.allOf(a, b).join();

        assertThat(SmallNetworks.weights(firstAtOnce)).isDeepEqualTo(SmallNetworks.weights(first));
        assertThat(SmallNetworks.weights(secondAtOnce)).isDeepEqualTo(SmallNetworks.weights(second));
    }

    @Test
    void theLossAsPrintedDrawsDissimilarPairsTogether() {
        TrainingOptions d = Blobs.shortTraining(20);
        Network corrected = SmallNetworks.of(1);
        Network printed = SmallNetworks.of(1);
        double before = SmallNetworks.meanDissimilar(SmallNetworks.of(1), IMAGES);

        new SiameseTrainer("test", d).train(new SiameseMethod.Start(corrected, null), IMAGES, TrainingContext.quiet(1));
        TrainingOptions asPrinted = small(0.02)
                .with("lossSign", LossSign.PRINTED)
                .with("firstDecay", 0.001)
                .with("laterDecay", 0.001)
                .with("patience", 1);
        new SiameseTrainer("test", asPrinted)
                .train(new SiameseMethod.Start(printed, null), IMAGES, TrainingContext.quiet(1));

        assertThat(SmallNetworks.meanDissimilar(corrected, IMAGES)).isGreaterThan(1.9);
        assertThat(SmallNetworks.meanDissimilar(printed, IMAGES)).isLessThan(before / 20);
    }

    @Test
    void divergenceStopsTheRunWithItsEpochAndARemedy() {
        TrainingOptions wild = small(1e30).with("epochs", 3).with("patience", 1);
        FeatureMatrix broken = FeatureMatrix.owning(4, 12, Filled.floats(48, i -> Float.NaN));
        TrainingSet images = new TrainingSet(broken, ClassLabels.of(0, 0, 1, 1), broken);

        assertThatThrownBy(() -> new SiameseTrainer("nnh", wild)
                        .train(new SiameseMethod.Start(SmallNetworks.of(1), null), images, TrainingContext.quiet(1)))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContainingAll("nnh", "epoch 1 of 3", "learningRate");
    }

    @Test
    void aRateFarTooHighIsFoundInTheWeights() {
        TrainingOptions wild = small(3e38).with("epochs", 3).with("patience", 1);

        assertThatThrownBy(() -> new SiameseTrainer("nnh", wild)
                        .train(new SiameseMethod.Start(SmallNetworks.of(1), null), IMAGES, TrainingContext.quiet(1)))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("epoch 1 of 3");
    }

    @Test
    void heldOutImagesChooseTheEpochAndTakeNoPartInTraining() {
        TrainingOptions options = small(0.3)
                .with("pairs", PairSource.RESAMPLED)
                .with("validationShare", 0.25)
                .with("epochs", 40)
                .with("pairsPerEpoch", 400)
                .with("patience", 3);
        Network network = SmallNetworks.of(1);
        TrainingSet noisy = Blobs.of(80, 12, 3);

        Map<String, double[]> curves = new SiameseTrainer("test", options)
                .train(new SiameseMethod.Start(network, null), noisy, TrainingContext.quiet(1));

        double[] validation = Objects.requireNonNull(curves.get("validation"));
        int best = 0;
        for (int e = 1; e < validation.length; e++) {
            best = validation[e] < validation[best] ? e : best;
        }
        assertThat(validation).hasSizeLessThan(40).hasSize(best + 1 + 3);
        HeldOut images = HeldOut.split(noisy, 0.25, new RandomStreams(1));
        assertThat(new HeldOutLoss(network, images, options, new RandomStreams(1)).measure())
                .isEqualTo(validation[best]);
        assertThat(images.heldOutFeatures().rows()).isEqualTo(20);
        assertThat(images.features().rows()).isEqualTo(60);
    }

    @Test
    void aFixedListAndResamplingDifferFromTheSecondEpochOn() {
        TrainingOptions list = Blobs.shortTraining(2);
        TrainingOptions fresh = list.with("pairs", PairSource.RESAMPLED);

        double[] a = losses(list);
        double[] b = losses(fresh);

        assertThat(a[1]).isNotEqualTo(b[1]);
    }

    private static double[] losses(TrainingOptions options) {
        Map<String, double[]> curves = new SiameseTrainer("test", options)
                .train(new SiameseMethod.Start(SmallNetworks.of(1), null), IMAGES, TrainingContext.quiet(1));
        return Objects.requireNonNull(curves.get("loss"));
    }

    private static TrainingOptions small(double learningRate) {
        TrainingOptions d = TrainingOptions.DEFAULTS.with("learningRate", learningRate);
        return d.with("pairsPerEpoch", 2000).with("batchPairs", 20).with("margin", 2);
    }

    private static SiameseTrainer trainer(int epochs) {
        TrainingOptions options = Blobs.shortTraining(epochs);
        return new SiameseTrainer("test", options);
    }
}
