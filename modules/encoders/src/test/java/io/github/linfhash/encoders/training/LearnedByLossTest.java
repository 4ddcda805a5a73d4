package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.generic.Nnh;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.linf.DeepLinf;
import io.github.linfhash.encoders.lista.Snnh;
import io.github.linfhash.encoders.training.BatchSampler.InputDropout;
import io.github.linfhash.encoders.training.NetworkHashFunction.CodeRule;
import io.github.linfhash.encoders.training.SiameseTrainer.InBatchSteps;
import io.github.linfhash.encoders.training.SiameseTrainer.Steps;
import io.github.linfhash.encoders.training.TrainingOptions.BatchOptions;
import io.github.linfhash.testing.Blobs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every registered loss gives every encoder good codes of classes that are apart, and bad ones where it is followed upwards. */
class LearnedByLossTest {
    private static final int BITS = 16;
    private static final int EPOCHS = 6;
    private static final Blobs.Sizes SIZES = new Blobs.Sizes(5, 32, 200, 100);
    private static final Blobs CLASSES = Blobs.classes(SIZES, 1);
    private static final Blobs SETS = Blobs.labelSets(SIZES, 3);

    /** The encoders as on new data, which have equally many weights (EncodersTest). */
    private enum Encoder {
        NNH {
            @Override
            SiameseMethod with(TrainingOptions training) {
                return new Nnh(Nnh.Options.RECOMMENDED.with("training", training));
            }
        },
        SNNH {
            @Override
            SiameseMethod with(TrainingOptions training) {
                return new Snnh(Snnh.Options.RECOMMENDED.with("training", training));
            }
        },
        DEEP_LINF {
            @Override
            SiameseMethod with(TrainingOptions training) {
                return new DeepLinf(DeepLinf.Options.RECOMMENDED.with("training", training));
            }
        };

        abstract SiameseMethod with(TrainingOptions training);

        SiameseMethod with(LossKind loss, int epochs) {
            return with(training(loss, epochs));
        }
    }

    private static TrainingOptions training(LossKind loss, int epochs) {
        return TrainingOptions.RECOMMENDED
                .with("averagedEpochs", 1)
                .with("inputDropout", 0)
                .with("epochs", epochs)
                .with("batch", new BatchOptions(64, 0, 20))
                .with("loss", loss);
    }

    static Stream<Arguments> lossesOfEncoders() {
        // Regression learns from no label, and by one encoder alone.
        return Arrays.stream(LossKind.values())
                .filter(loss -> loss != LossKind.REGRESSION)
                .flatMap(loss -> Arrays.stream(Encoder.values()).map(encoder -> Arguments.of(loss, encoder)));
    }

    /**
     * Against the slope of a loss of similarity, classes come together. A loss of classes drives them away from their targets, which may tell
     * them apart as well: near the opposite of each, say; there the loss itself says that it went the wrong way.
     */
    @ParameterizedTest
    @MethodSource("lossesOfEncoders")
    void codesOfSeparateClassesAreGoodAndTheWrongSignsAreNot(LossKind loss, Encoder encoder) {
        SiameseMethod method = encoder.with(loss, EPOCHS);
        HashFunction learned = method.train(CLASSES.trainingSet(), BITS, TrainingContext.quiet(1));
        HashFunction again = method.train(CLASSES.trainingSet(), BITS, TrainingContext.quiet(1));
        HashFunction upwards = upwards(method);

        assertThat(again.state()).isEqualTo(learned.state());
        assertThat(map(learned, CLASSES)).isGreaterThan(0.95);
        assertThat(lastLoss(learned)).isLessThan(firstLoss(learned));
        assertThat(lastLoss(upwards)).isGreaterThan(firstLoss(upwards));
        if (loss.learns() == LossKind.Learns.SIMILARITY) {
            assertThat(map(upwards, CLASSES)).isLessThan(0.5);
        }
    }

    private static double firstLoss(HashFunction function) {
        return Objects.requireNonNull(function.curves().get("loss"))[0];
    }

    private static double lastLoss(HashFunction function) {
        return Objects.requireNonNull(function.curves().get("loss"))[EPOCHS - 1];
    }

    /** Trained by the same steps, but against the slope of the loss. */
    private static HashFunction upwards(SiameseMethod method) {
        TrainingContext context = TrainingContext.quiet(1);
        TrainingSet images = CLASSES.trainingSet();
        TrainingOptions options = method.schedule();
        Network network = method.network(images, BITS, context);
        RandomStreams random = context.random();
        Steps steps = new InBatchSteps(
                network,
                images.labeled(),
                new BatchSampler(images.labels(), options.batch(), random.counter("batches")),
                count -> new Against(options.loss()
                        .create(new LossKind.Setting(
                                options, images.labeled(), images.labels(), null, BITS, count, random))),
                new InputDropout(0, random.counter("dropout")),
                options.batch().steps());
        Optimizer optimizer = options.newOptimizer();
        double[] losses = new double[EPOCHS];
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            for (int step = 0; step < steps.count(); step++) {
                losses[epoch - 1] += steps.step(epoch, step, optimizer) / steps.count();
            }
        }
        return new NetworkHashFunction(network, CodeRule.SIGN, Map.of("loss", losses));
    }

    private record Against(BatchLoss loss) implements BatchLoss {
        @Override
        public double gradient(float[] x, int[] rows, float[] gradient) {
            double value = loss.gradient(x, rows, gradient);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = -gradient[i];
            }
            return value;
        }

        @Override
        public void beginEpoch(int epoch) {
            loss.beginEpoch(epoch);
        }
    }

    static Stream<Arguments> lossesOfSeveralLabels() {
        return lossesOfEncoders().filter(one -> ((LossKind) one.get()[0]).labeling() == LossKind.Labeling.SEVERAL);
    }

    /** Neighboring clusters share a label: better than before training. */
    @ParameterizedTest
    @MethodSource("lossesOfSeveralLabels")
    void codesOfSeveralLabelsAreBetterThanUntrainedOnes(LossKind loss, Encoder encoder) {
        List<Double> found = Stream.of(0, EPOCHS)
                .map(epochs ->
                        map(encoder.with(loss, epochs).train(SETS.trainingSet(), BITS, TrainingContext.quiet(1)), SETS))
                .toList();
        assertThat(found.get(1)).isGreaterThan(found.get(0) + 0.05);
    }

    private static double map(HashFunction function, Blobs blobs) {
        BinaryCodes database = function.encode(blobs.train());
        return Retrieval.of(function.encode(blobs.test()), database, blobs.relevance())
                .ranks()
                .map();
    }
}
