package io.github.linfhash.encoders.training;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.Optimizer.Decay;
import io.github.linfhash.encoders.layers.Optimizer.Sgd;
import io.github.linfhash.encoders.layers.Parameter;
import io.github.linfhash.encoders.training.ClassTargets.HashCenters;
import io.github.linfhash.encoders.training.LossKind.Labeling;
import io.github.linfhash.encoders.training.LossKind.Learns;
import io.github.linfhash.encoders.training.LossKind.LossOptions;
import io.github.linfhash.encoders.training.TrainingOptions.BatchOptions;
import io.github.linfhash.encoders.training.TrainingOptions.PairSupervision;
import io.github.linfhash.testing.Filled;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every registered loss: its value and gradient beside a twin, its limits, what it refuses, and that it can be interrupted. */
class LossKindTest {
    private static final int UNITS = 6;
    private static final int IMAGES = 24;
    private static final int CLASSES = 4;
    private static final long SEED = 5;
    private static final ClassLabels ONE_EACH = ClassLabels.of(
            IntStream.range(0, IMAGES).map(i -> (i + i * i / 5) % CLASSES).toArray());

    /** Larger weights of the terms that are small by default, so that a mistake in one shows. */
    private static final LossOptions OPTIONS = new LossOptions(
            new DshLoss.Options(0.6, 0.3),
            new HashNetLoss.Options(9, 3, 4),
            new DchLoss.Options(1.3, 0.7),
            new GreedyHashLoss.Options(0.8),
            new CsqLoss.Options(0.9),
            new OrthoHashLoss.Options(5, 0.3),
            new RegressionLoss.Options(20));

    static Stream<Arguments> lossesWithLabels() {
        return Arrays.stream(LossKind.values())
                .filter(kind -> kind != LossKind.CONTRASTIVE)
                .flatMap(kind -> Stream.of(ONE_EACH, severalEach())
                        .filter(labels -> labels == ONE_EACH || kind.labeling() == Labeling.SEVERAL)
                        .map(labels -> Arguments.of(kind, labels)));
    }

    /** None, one or several labels; each label somewhere. */
    private static LabelSets severalEach() {
        UniformRandomProvider random = new RandomStreams(2).stream("labels");
        boolean[] carried = new boolean[IMAGES * CLASSES];
        for (int i = 0; i < carried.length; i++) {
            carried[i] = i < CLASSES * CLASSES ? i / CLASSES == i % CLASSES : random.nextInt(3) == 0;
        }
        Arrays.fill(carried, carried.length - 2 * CLASSES, carried.length - CLASSES, false);
        return LabelSets.of(IMAGES, CLASSES, carried);
    }

    @ParameterizedTest
    @MethodSource("lossesWithLabels")
    void valueAndGradientAreThoseOfThePrintedEquation(LossKind kind, Labels labels) {
        Subject subject = new Subject(kind, OPTIONS, labels, UNITS);
        subject.loss.beginEpoch(2);
        float[] x = outputs(UNITS * IMAGES, 1);
        float[] gradient = new float[x.length];

        double value = subject.loss.gradient(x, subject.rows, gradient);

        PlainLosses twin = subject.twin(2);
        assertThat(value).isCloseTo(twin.value(doubles(x), new double[x.length]), within(1e-5 * Math.max(1, value)));
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            double expected = difference(twin, x, i);
            assertThat((double) gradient[i]).as("gradient of output %d", i).isCloseTo(expected, within(2e-5));
            largest = Math.max(largest, Math.abs(expected));
        }
        assertThat(largest).isGreaterThan(5e-3);
    }

    private static double difference(PlainLosses twin, float[] x, int at) {
        double step = 1e-6;
        double[] values = new double[2];
        for (int side = 0; side < 2; side++) {
            double[] there = doubles(x);
            double[] moved = new double[x.length];
            moved[at] = side == 0 ? step : -step;
            there[at] += moved[at];
            values[side] = twin.value(there, moved);
        }
        return (values[0] - values[1]) / (2 * step);
    }

    /** A batch leaves nothing behind but what the loss itself learned. */
    @ParameterizedTest
    @EnumSource(LossKind.class)
    void aBatchLeavesNothingToTheNextOne(LossKind kind) {
        BatchLoss loss = new Subject(kind, OPTIONS, ONE_EACH, UNITS).loss;
        float[] x = outputs(UNITS * IMAGES, 1);
        int[] rows = IntStream.range(0, IMAGES).toArray();
        float[] first = new float[x.length];
        float[] again = new float[x.length];

        double value = loss.gradient(x, rows, first);
        loss.gradient(outputs(x.length, 2), rows, again);

        assertThat(loss.gradient(x, rows, again)).isEqualTo(value);
        assertThat(again).isEqualTo(first);
        assertThat(x).isEqualTo(outputs(UNITS * IMAGES, 1));
    }

    /** Outputs that are all 0, all equal, or huge. */
    @ParameterizedTest
    @EnumSource(LossKind.class)
    void outputsOfAnySizeGiveFiniteNumbers(LossKind kind) {
        BatchLoss loss = new Subject(kind, OPTIONS, ONE_EACH, UNITS).loss;
        for (float size : new float[] {0, 1e-20f, 1, 1e4f}) {
            float[] x = new float[UNITS * IMAGES];
            Arrays.fill(x, size);
            float[] gradient = new float[x.length];
            assertThat(loss.gradient(x, IntStream.range(0, IMAGES).toArray(), gradient))
                    .as("loss of outputs of %s", size)
                    .isFinite()
                    .isNotNegative();
            for (float slope : gradient) {
                assertThat(slope).as("slope of outputs of %s", size).isFinite();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(LossKind.class)
    void thePenaltyOnSizesIsAddedToAnyLoss(LossKind kind) {
        float[] x = outputs(UNITS * IMAGES, 1);
        double sum =
                IntStream.range(0, x.length).mapToDouble(i -> Math.abs(x[i])).sum();
        int[] rows = IntStream.range(0, IMAGES).toArray();
        float[] without = new float[x.length];
        float[] with = new float[x.length];
        double value = make(kind, 0).gradient(x, rows, without);

        double penalized = make(kind, 0.02).gradient(x, rows, with);

        assertThat(penalized).isCloseTo(value + 2 * 0.02 * sum / IMAGES, within(1e-6));
        for (int i = 0; i < x.length; i++) {
            assertThat(with[i]).isCloseTo(without[i] + (float) (2 * 0.02 / IMAGES * Math.signum(x[i])), within(1e-6f));
        }
    }

    private static BatchLoss make(LossKind kind, double sparsity) {
        TrainingOptions options = training(kind, OPTIONS, 3, sparsity, PairSupervision.LABELS);
        return kind.withSparsity(new LossKind.Setting(
                options, features(IMAGES), ONE_EACH, solutions(IMAGES, UNITS), UNITS, IMAGES, new RandomStreams(SEED)));
    }

    @Test
    void theClassifierOfGreedyHashDescendsWithTheNetwork() {
        Subject subject = new Subject(LossKind.GREEDYHASH, OPTIONS, ONE_EACH, UNITS);
        float[] x = outputs(UNITS * IMAGES, 1);
        PlainLosses twin = subject.twin(1);
        float[] head = subject.loss.parameters().get(0).toArray();

        subject.loss.gradient(x, subject.rows, new float[x.length]);
        subject.loss.step(new Sgd(1, Decay.NONE));

        float[] after = subject.loss.parameters().get(0).toArray();
        for (int i = 0; i < head.length; i++) {
            double[] values = new double[2];
            for (int side = 0; side < 2; side++) {
                float[] moved = head.clone();
                moved[i] += side == 0 ? 0.0078125f : -0.0078125f;
                values[side] = twin.with(moved).value(doubles(x), new double[x.length]);
            }
            assertThat((double) head[i] - after[i]).isCloseTo((values[0] - values[1]) / 0.015625, within(1e-4));
        }
    }

    /** Two images of one class and one of another, at equal points; or two classes as far apart as codes can be. */
    @Test
    void dshHasItsMarginInSquaredDistances() {
        LossOptions options = LossOptions.DEFAULTS;
        Labels two = ClassLabels.of(0, 1);
        // m = 2 N = 8; squared distances 16, 4 and 0, outputs are signs, so that the penalty is 0.
        assertThat(value(LossKind.DSH, options, two, signs(1, 1, 1, 1), signs(-1, -1, -1, -1)))
                .isZero();
        assertThat(value(LossKind.DSH, options, two, signs(1, 1, 1, 1), signs(1, 1, 1, -1)))
                .isEqualTo(2);
        assertThat(value(LossKind.DSH, options, two, signs(1, 1, 1, 1), signs(1, 1, 1, 1)))
                .isEqualTo(4);
        Labels same = ClassLabels.of(3, 3);
        assertThat(value(LossKind.DSH, options, same, signs(1, 1, 1, 1), signs(1, 1, 1, -1)))
                .isEqualTo(2);
        // Outputs of 0 are 4 from signs in both images.
        assertThat(value(LossKind.DSH, options, same, signs(0, 0, 0, 0), signs(0, 0, 0, 0)))
                .isCloseTo(0.01 * 8, within(1e-7));
    }

    @Test
    void hashNetsOutputsBecomeSignsByStages() {
        HashNetLoss.Options options = new HashNetLoss.Options(10, 4, 3);
        assertThat(IntStream.rangeClosed(1, 8)
                        .mapToDouble(epoch -> options.beta(epoch, 8))
                        .toArray())
                .containsExactly(
                        new double[] {
                            1,
                            1,
                            Math.sqrt(1 + 8 / 3.0),
                            Math.sqrt(1 + 8 / 3.0),
                            Math.sqrt(1 + 16 / 3.0),
                            Math.sqrt(1 + 16 / 3.0),
                            3,
                            3
                        },
                        within(1e-12));
        assertThat(options.beta(1, 2)).isEqualTo(1);
        assertThat(options.beta(2, 2)).isEqualTo(3);
        assertThat(options.beta(1, 1)).isEqualTo(3);
        // With sharpness N, the loss of codes that are equal is log(1 + exp(N)) - N and log(1 + exp(N)).
        LossOptions sharp = OptionRecords.with(OPTIONS, "hashnet", new HashNetLoss.Options(4, 1, 1e4));
        float[] a = signs(0.3f, -0.1f, 0.2f, 0.9f);
        float[] b = signs(0.7f, -0.4f, 0.1f, 0.2f);
        assertThat(value(LossKind.HASHNET, sharp, ClassLabels.of(0, 0), a, b))
                .isCloseTo(Math.log(1 + Math.exp(-4)), within(1e-6));
        assertThat(value(LossKind.HASHNET, sharp, ClassLabels.of(0, 1), a, b))
                .isCloseTo(Math.log(1 + Math.exp(4)), within(1e-6));
    }

    @Test
    void cauchysProbabilityIsHalfAtGamma() {
        // Of two codes of 4 bits that differ in one, cos is 1/2 and d = 1.
        LossOptions options = dch(1);
        for (Labels labels : List.of(ClassLabels.of(0, 0), ClassLabels.of(0, 1))) {
            assertThat(value(LossKind.DCH, options, labels, signs(1, 1, 1, 1), signs(1, 1, 1, -1)))
                    .isCloseTo(Math.log(2), within(1e-6));
        }
        // Lengths do not matter; equal codes are surely similar; with a large gamma everything is.
        assertThat(value(LossKind.DCH, options, ClassLabels.of(0, 0), signs(2, 2, 2, 2), signs(5, 5, 5, 5)))
                .isCloseTo(0, within(1e-6));
        assertThat(value(LossKind.DCH, dch(1e9), ClassLabels.of(0, 0), signs(1, 1, 1, 1), signs(-1, -1, -1, -1)))
                .isCloseTo(0, within(1e-6));
    }

    private static LossOptions dch(double gamma) {
        return OptionRecords.with(OPTIONS, "dch", new DchLoss.Options(gamma, 0.1));
    }

    @Test
    void greedyHashPenalizesWhatIsNoSign() {
        Labels labels = ClassLabels.of(0, 1);
        double signs = value(LossKind.GREEDYHASH, OPTIONS, labels, signs(1, 1, -1, 1), signs(1, -1, -1, 1));
        double twice = value(LossKind.GREEDYHASH, OPTIONS, labels, signs(2, 2, -2, 2), signs(2, -2, -2, 2));
        assertThat(twice - signs).isCloseTo(0.8, within(1e-6));
    }

    @Test
    void csqsCrossEntropyVanishesAtTheCenter() {
        Labels labels = ClassLabels.of(0, 1);
        float[] first = center(0, 20);
        float[] second = center(1, 20);
        assertThat(value(LossKind.CSQ, OPTIONS, labels, first, second)).isCloseTo(0, within(1e-6));
        assertThat(value(LossKind.CSQ, OPTIONS, labels, signs(0, 0, 0, 0), signs(0, 0, 0, 0)))
                .isCloseTo(Math.log(2) + 0.9 * Math.log(Math.cosh(1)), within(1e-6));
        assertThat(value(LossKind.CSQ, OPTIONS, labels, center(0, -20), second)).isCloseTo(20, within(1e-4));
    }

    @Test
    void orthoHashsTemperatureAndMarginAreThoseOfSoftmax() {
        Labels labels = ClassLabels.of(0, 1);
        float[] first = center(0, 1);
        float[] second = center(1, 3);
        // Two rows of four bits are orthogonal or opposite.
        double other = (first[0] * second[0] + first[1] * second[1] + first[2] * second[2] + first[3] * second[3]) / 12;
        assertThat(other).isIn(0.0, -1.0);
        assertThat(value(LossKind.ORTHOHASH, ortho(1e-6, 0), labels, first, second))
                .isCloseTo(Math.log(2), within(1e-5));
        // At the targets, cosines are 1 and that of the two targets.
        assertThat(value(LossKind.ORTHOHASH, ortho(3, 0), labels, first, second))
                .isCloseTo(Math.log(1 + Math.exp(3 * (other - 1))), within(1e-6));
        assertThat(value(LossKind.ORTHOHASH, ortho(3, 0.4), labels, first, second))
                .isCloseTo(Math.log(1 + Math.exp(3 * (other + 0.4 - 1))), within(1e-6));
        assertThat(value(LossKind.ORTHOHASH, ortho(3, 1), labels, first, second))
                .isCloseTo(Math.log(1 + Math.exp(3 * other)), within(1e-6));
    }

    private static LossOptions ortho(double scale, double margin) {
        return OptionRecords.with(OPTIONS, "orthohash", new OrthoHashLoss.Options(scale, margin));
    }

    /** A center of two classes of four bits, times a number. */
    private static float[] center(int label, float factor) {
        byte[] bits = HashCenters.of(2, 4, new RandomStreams(SEED).stream("centres"))[label];
        return Filled.floats(4, bit -> factor * bits[bit]);
    }

    private static double value(LossKind kind, LossOptions options, Labels labels, float[] first, float[] second) {
        float[] x = Arrays.copyOf(first, 8);
        System.arraycopy(second, 0, x, 4, 4);
        BatchLoss loss = new Subject(kind, options, labels, 4).loss;
        loss.beginEpoch(3);
        return loss.gradient(x, new int[] {0, 1}, new float[8]);
    }

    private static float[] signs(float... values) {
        return values;
    }

    @Test
    void centersAreOnAverageHalfOfTheirBitsApart() {
        UniformRandomProvider random = new RandomStreams(1).stream("centres");
        for (int[] size :
                new int[][] {{1, 5}, {2, 1}, {2, 48}, {10, 32}, {10, 48}, {10, 64}, {50, 48}, {128, 48}, {150, 48}}) {
            byte[][] centers = HashCenters.of(size[0], size[1], random);
            assertThat(centers).hasDimensions(size[0], size[1]);
            long products = 0;
            for (int a = 0; a < centers.length; a++) {
                for (byte bit : centers[a]) {
                    assertThat(Math.abs(bit)).isEqualTo(1);
                }
                for (int b = 0; b < a; b++) {
                    products += product(centers[a], centers[b]);
                }
            }
            // A product is the number of bits less twice the distance.
            assertThat(products).as(size[0] + " of " + size[1] + " bits").isLessThanOrEqualTo(0);
        }
    }

    @Test
    void centersOfPowersOfTwoAreOrthogonalOrOpposite() {
        UniformRandomProvider random = new RandomStreams(2).stream("centres");
        byte[][] centers = HashCenters.of(12, 8, random);
        for (int a = 0; a < 12; a++) {
            for (int b = 0; b < a; b++) {
                assertThat(product(centers[a], centers[b])).isIn(0, -8);
            }
        }
    }

    /** The first rows of Hadamard's matrix of order 64 are codes of 16 bits four times, of which the first is the same for all. */
    @Test
    void bitsOfTenCentersDiffer() {
        UniformRandomProvider random = new RandomStreams(3).stream("centres");
        for (int bits : new int[] {32, 48, 64}) {
            byte[][] centers = HashCenters.of(10, bits, random);
            long different = IntStream.range(0, bits)
                    .mapToObj(bit -> IntStream.range(0, 10)
                            .map(c -> centers[c][bit])
                            .boxed()
                            .toList())
                    .distinct()
                    .count();
            assertThat(different).as(bits + " bits").isGreaterThan(bits * 3 / 4);
        }
    }

    private static int product(byte[] a, byte[] b) {
        return IntStream.range(0, a.length).map(i -> a[i] * b[i]).sum();
    }

    @Test
    void severalLabelsVoteForTheBitsOfACenterAndTiesAreDrawn() {
        int images = 400;
        boolean[] carried = new boolean[images * 3];
        for (int i = 0; i < images; i++) {
            Arrays.fill(carried, i * 3, i * 3 + (i % 2 == 0 ? 3 : 2), true);
        }
        ClassTargets targets = ClassTargets.of(LabelSets.of(images, 3, carried));
        byte[][] ofClasses = HashCenters.of(3, 4, new RandomStreams(1).stream("centres"));
        CsqLoss loss = new CsqLoss(CsqLoss.Options.DEFAULTS, targets, 4, new RandomStreams(1).stream("centres"));
        int ones = 0;
        int ties = 0;
        for (int i = 0; i < images; i++) {
            byte[] center = loss.center(i);
            for (int bit = 0; bit < 4; bit++) {
                int votes = ofClasses[0][bit] + ofClasses[1][bit] + (i % 2 == 0 ? ofClasses[2][bit] : 0);
                if (votes == 0) {
                    ties++;
                    ones += center[bit] > 0 ? 1 : 0;
                } else {
                    assertThat(center[bit]).isEqualTo((byte) Integer.signum(votes));
                }
            }
        }
        assertThat(ties).isGreaterThan(images / 2);
        // Five standard deviations of a fair coin.
        double deviation = Math.sqrt(ties) / 2;
        assertThat((double) ones).isBetween(ties / 2.0 - 5 * deviation, ties / 2.0 + 5 * deviation);
    }

    @ParameterizedTest
    @EnumSource(LossKind.class)
    void saysWhatItIsAndWhereItsOptionsComeFrom(LossKind kind) {
        assertThat(kind.title()).isNotBlank();
        assertThat(kind.citation()).containsPattern("20\\d\\d$");
        assertThat(kind.options()).isNotEmpty().allSatisfy(option -> {
            assertThat(option.name()).startsWith("training.");
            assertThat(option.origin()).isNotNull();
        });
        assertThat(kind.options()).extracting(OptionEntry::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(LossKind.class)
    void takesSeveralLabelsOrRefusesThemInASentence(LossKind kind) {
        FeatureMatrix features = features(IMAGES);
        TrainingSet several = new TrainingSet(features, severalEach(), features);
        TrainingOptions options = training(kind, OPTIONS, 1, 0, PairSupervision.LABELS);
        if (kind.learns() == Learns.SOLUTIONS) {
            TrainingSet sampled = options.rows(several, new RandomStreams(1));
            assertThat(sampled.labels()).isEqualTo(ClassLabels.of(new int[20]));
            assertThat(sampled.unlabeled()).isSameAs(features);
            return;
        } else if (kind.labeling() == Labeling.SEVERAL) {
            assertThat(options.rows(several, new RandomStreams(1))).isSameAs(several);
        } else {
            assertBadInput(() -> options.rows(several, new RandomStreams(1)))
                    .hasMessageContaining("training.loss: " + kind.word() + " takes one class of each image, found")
                    .hasMessageEndingWith("contrastive, dsh, hashnet, dch, csq, orthohash, regression take several");
        }
        boolean[] oneEach = new boolean[IMAGES * CLASSES];
        for (int i = 0; i < IMAGES; i++) {
            oneEach[i * CLASSES + i % CLASSES] = true;
        }
        TrainingSet single = new TrainingSet(features, LabelSets.of(IMAGES, CLASSES, oneEach), features);
        assertThat(options.rows(single, new RandomStreams(1))).isSameAs(single);
    }

    @ParameterizedTest
    @EnumSource(LossKind.class)
    void takesNearnessInThePlaceOfLabelsOrRefusesItInASentence(LossKind kind) {
        if (kind.learns() == Learns.SIMILARITY) {
            assertThat(training(kind, OPTIONS, 1, 0, PairSupervision.NEIGHBORS).loss())
                    .isEqualTo(kind);
        } else {
            assertBadInput(() -> training(kind, OPTIONS, 1, 0, PairSupervision.NEIGHBORS))
                    .hasMessage("loss: " + kind.word() + " learns from "
                            + kind.learns().name().toLowerCase(Locale.ROOT)
                            + " and takes no supervision: neighbors; the losses contrastive, dsh, hashnet, dch do");
        }
    }

    @ParameterizedTest
    @EnumSource(value = LossKind.class, mode = EnumSource.Mode.EXCLUDE, names = "CONTRASTIVE")
    void allButTheContrastiveOneNeedBatches(LossKind kind) {
        assertBadInput(() -> TrainingOptions.DEFAULTS.with("losses", OPTIONS).with("loss", kind))
                .hasMessage("loss: " + kind.word() + " needs pairs: in-batch, lossSign: corrected"
                        + " and validationShare: 0, not fixed-list, corrected and 0.0");
    }

    /** A loss, and what its twin has to know of it. */
    private static final class Subject {
        final LossKind kind;
        final LossOptions options;
        final Labels labels;
        final int units;
        final int[] rows;
        final BatchLoss loss;

        Subject(LossKind kind, LossOptions options, Labels labels, int units) {
            this.kind = kind;
            this.options = options;
            this.labels = labels;
            this.units = units;
            this.rows = IntStream.range(0, labels.size()).toArray();
            this.loss = kind.create(new LossKind.Setting(
                    training(kind, options, 3, 0, PairSupervision.LABELS),
                    features(labels.size()),
                    labels,
                    solutions(labels.size(), units),
                    units,
                    labels.size(),
                    new RandomStreams(SEED)));
        }

        PlainLosses twin(int epoch) {
            byte[][] codes = new byte[0][];
            if (loss instanceof CsqLoss csq) {
                codes = Arrays.stream(rows).mapToObj(csq::center).toArray(byte[][]::new);
            } else if (kind == LossKind.ORTHOHASH) {
                codes = HashCenters.of(CLASSES, units, new RandomStreams(SEED).stream("centres"));
            }
            float[] head = loss.parameters().stream()
                    .findFirst()
                    .map(Parameter::toArray)
                    .orElse(
                            kind == LossKind.REGRESSION
                                    ? solutions(rows.length, units).toArray()
                                    : new float[0]);
            return new PlainLosses(
                    kind, options, labels, units, options.hashnet().beta(epoch, 3), codes, head);
        }
    }

    private static TrainingOptions training(
            LossKind kind, LossOptions options, int epochs, double sparsity, PairSupervision supervision) {
        return TrainingOptions.RECOMMENDED
                .with("averagedEpochs", 2)
                .with("inputDropout", 0.2)
                .with("learningRate", 0.01)
                .with("epochs", epochs)
                .with("pairsPerEpoch", 128)
                .with("batchPairs", 20)
                .with("batch", new BatchOptions(20, 0, 10))
                .with("margin", 2)
                .with("sparsityPenalty", sparsity)
                .with("neighbors", 3)
                .with("losses", options)
                .with("supervision", supervision)
                .with("loss", kind);
    }

    private static FeatureMatrix solutions(int images, int units) {
        return FeatureMatrix.owning(images, units, outputs(images * units, 3));
    }

    /** Different rows, so that every pair counts. */
    private static FeatureMatrix features(int images) {
        return FeatureMatrix.owning(images, 1, Filled.floats(images, i -> i));
    }

    /** Between -1.5 and 1.5, and no output at a kink. */
    private static float[] outputs(int length, long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("outputs");
        return Filled.floats(length, i -> 3 * random.nextFloat() - 1.5f);
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
