package io.github.linfhash.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.examples.RobustnessStudy.Damaged;
import io.github.linfhash.examples.RobustnessStudy.Quantized;
import io.github.linfhash.experiment.Experiment;
import io.github.linfhash.experiment.Selection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RobustnessStudyTest {
    private static final int RANGE = 0;
    private static final int ERROR = 2;
    private static final int THEOREM = 3;
    private static final int PROVEN = 4;
    private static final int REBUILT = 5;
    private static final int SIGNAL = 6;
    private static final int UNFINISHED = 7;

    @Test
    void errorsAreThoseOfTheQuantizedCoefficientsByHand() {
        Matrix identity = Matrix.owning(2, 2, new double[] {1, 0, 0, 1});
        Matrix signal = Matrix.owning(1, 2, new double[] {0.6, -0.5});
        List<Quantized> all = RobustnessStudy.quantize(identity, 0.4, signal);
        assertThat(all).hasSize(3 * 7);
        // Box: (0.4, -0.4), in two levels (0.2, -0.2).
        assertThat(all.get(0).representation()).isEqualTo("box");
        assertThat(all.get(0).numbers().get(ERROR)).isCloseTo(0.2 * Math.sqrt(2), within(1e-6));
        assertThat(all.get(0).numbers().get(SIGNAL)).isCloseTo(0.5, within(1e-6));
        // Least squares: (0.6, -0.5), in two levels (0.5, -0.5) on [-1, 1] and (0.3, -0.3) on [-0.6, 0.6].
        assertThat(all.get(7).numbers().get(ERROR)).isCloseTo(0.1, within(1e-12));
        assertThat(all.get(14).numbers().get(RANGE)).isCloseTo(0.6, within(1e-12));
        assertThat(all.get(14).numbers().get(SIGNAL)).isCloseTo(Math.sqrt(0.13), within(1e-12));
    }

    /** lambda sqrt(N) = 2 and sqrt(n) = 5.66 by hand; half the range of least squares is 1, and sqrt(N) = 8. */
    @Test
    void boundsAreThoseOfTheTheoremAndNoErrorExceedsTheProvenOne() {
        UniformRandomProvider random = new RandomStreams(4).stream("frames");
        Matrix frame = RobustnessStudy.tightFrame(32, 64, random);
        Matrix gram = frame.times(frame.transpose());
        for (int i = 0; i < 32; i++) {
            for (int j = 0; j < 32; j++) {
                assertThat(gram.get(i, j)).isCloseTo(i == j ? 1 : 0, within(1e-13));
            }
        }
        Matrix signals = RobustnessStudy.signals(RobustnessStudy.tightFrame(32, 32, random));
        for (Quantized found : RobustnessStudy.quantize(frame, 2 / Math.sqrt(64), signals)) {
            List<Double> numbers = found.numbers();
            boolean box = found.representation().equals("box");
            assertThat(numbers.get(THEOREM) * found.levels()).isCloseTo(box ? 2 : Math.sqrt(32), within(1e-12));
            if (!found.representation().endsWith("fitted")) {
                assertThat(numbers.get(PROVEN) * found.levels()).isCloseTo(box ? 2 : 8, within(1e-12));
            }
            assertThat(numbers.get(ERROR)).isLessThanOrEqualTo(numbers.get(PROVEN) * (1 + 1e-12));
            // A tight frame does not lengthen a vector, and represents these signals exactly.
            assertThat(numbers.get(REBUILT)).isLessThanOrEqualTo(numbers.get(ERROR) * (1 + 1e-12));
            assertThat(numbers.get(SIGNAL)).isCloseTo(numbers.get(REBUILT), within(1e-4));
            assertThat(numbers.get(UNFINISHED)).isZero();
        }
    }

    /** Three levels on [-1, 1] are -2/3, 0 and 2/3; what is outside goes into the last cell. */
    @Test
    void valuesAreRoundedToTheMiddleOfTheirCell() {
        assertThat(RobustnessStudy.round(0.3, 1, 3)).isCloseTo(0, within(1e-12));
        assertThat(RobustnessStudy.round(0.4, 1, 3)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(RobustnessStudy.round(-7, 1, 3)).isCloseTo(-2 / 3.0, within(1e-12));
    }

    /** Of 1,000 rows the 500 are every second one; (3, 4) has norm 5, and zeros stay. */
    @Test
    void signalsAreSpreadAndScaled() {
        double[] values = new double[2000];
        for (int i = 0; i < 1000; i++) {
            values[2 * i] = i % 2 == 0 ? 3 : 1;
            values[2 * i + 1] = i % 2 == 0 ? 4 : 0;
        }
        values[0] = 0;
        values[1] = 0;
        Matrix signals = RobustnessStudy.signals(Matrix.owning(1000, 2, values));
        assertThat(signals.rows()).isEqualTo(500);
        assertThat(signals.get(0, 1)).isZero();
        for (int i = 1; i < 500; i++) {
            assertThat(signals.get(i, 0)).isCloseTo(0.6, within(1e-12));
            assertThat(signals.get(i, 1)).isCloseTo(0.8, within(1e-12));
        }
    }

    private static List<Damaged> damaged(BinaryCodes database, int... labels) {
        Relevance relevance = Relevance.bySimilarLabels(ClassLabels.of(0, 1), ClassLabels.of(labels));
        return RobustnessStudy.damage(database.select(new int[] {0, 1}), database, relevance, new RandomStreams(1));
    }

    /**
     * Class 0 has the code 1...1 of 16 bits, class 1 the code 0...0. Loss changes no zero, and no code of ones comes within 2 of 0...0,
     * so that both balls stay pure.
     */
    @Test
    void lossLeavesZerosAsTheyAre() {
        float[] outputs = new float[100 * 16];
        int[] labels = new int[100];
        for (int i = 0; i < outputs.length; i++) {
            labels[i / 16] = i / 16 % 2;
            outputs[i] = i / 16 % 2 == 0 ? 1 : -1;
        }
        List<Damaged> all = damaged(BinaryCodes.ofSigns(100, 16, outputs), labels);
        assertThat(all).extracting(Damaged::percent).containsExactly(0, 1, 2, 5, 10, 20, 0, 1, 2, 5, 10, 20);
        assertThat(all)
                .filteredOn(one -> one.damage().equals("loss") || one.percent() == 0)
                .hasSize(7)
                .allSatisfy(one -> assertThat(one.map()).isCloseTo(1, within(1e-12)))
                .allSatisfy(one -> assertThat(one.precision()).isCloseTo(1, within(1e-12)));
    }

    /** Codes 1 and 0 of one bit: a ball of radius 2 holds all. Of 20,000 ones a fifth is flipped, and a relevant one is nearer by 0.8. */
    @Test
    void asManyEntriesAreDamagedAsWereAskedFor() {
        int rows = 20_000;
        float[] outputs = new float[rows];
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = i % 2;
            outputs[i] = i % 2 == 0 ? 1 : -1;
        }
        for (Damaged one : damaged(BinaryCodes.ofSigns(rows, 1, outputs), labels)) {
            double share = one.percent() / 100.0;
            double lost = one.damage().equals("loss") ? 0 : share;
            // Relevant shares at distance 0 and 1 for the queries 1 and 0; ranks within a distance are tied.
            double ofOnes = expectedMap(1 - share, lost);
            double ofZeros = expectedMap(1 - lost, share);
            assertThat(one.map()).as(one.toString()).isCloseTo((ofOnes + ofZeros) / 2, within(0.01));
            assertThat(one.precision()).isEqualTo(0.5);
        }
    }

    /**
     * Many rows, half relevant: a share of the relevant ones and a share of the others are at distance 0. Average precision is the mean of
     * precision over relevant rows; in a tie, precision goes evenly from that before to that behind it.
     */
    private static double expectedMap(double relevant, double others) {
        double near = relevant / (relevant + others);
        double sum = relevant * near;
        int steps = 10_000;
        for (int step = 0; step < steps; step++) {
            double part = (step + 0.5) / steps;
            double hits = relevant + part * (1 - relevant);
            sum += (1 - relevant) / steps * hits / (hits + others + part * (1 - others));
        }
        return sum;
    }

    /** Without damage the mean average precision is that of the same run of an experiment. */
    @Test
    void theTablesArePrintedAndWritten(@TempDir Path folder) throws IOException {
        String protocol = SmallFashion.write(folder);
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            RobustnessStudy.main(new String[] {protocol, "12", "0", "2", folder.toString(), "lsh"});
        } finally {
            System.setOut(before);
        }
        Double map = Experiment.of(protocol)
                .with(Selection.ALL.ofMethods("lsh").atBits(12).withSeeds(0L))
                .run(folder.resolve("runs"))
                .runs()
                .get(0)
                .metrics()
                .get("map");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("| bits | dictionary | representation | levels | range |", "| 12 | lsh | flip | 0 | ");
        assertThat(Files.readAllLines(folder.resolve("quantization.csv"))).hasSize(1 + 2 * 3 * 7);
        List<String> damage = Files.readAllLines(folder.resolve("damage.csv"));
        assertThat(damage).hasSize(1 + 2 * 6).first().isEqualTo("bits,method,damage,percent,map,precision@2");
        assertThat(Double.parseDouble(damage.get(1).split(",", -1)[4])).isEqualTo(map);
    }

    @Test
    void wrongWordsAreRefusedInOneSentence() {
        assertThatThrownBy(() -> RobustnessStudy.main(new String[] {"cifar10", "0", "0", "2", "out"}))
                .isInstanceOf(InputException.class)
                .hasMessage("expected cifar10 48,64 0 2 folder, found [cifar10, 0, 0, 2, out]");
    }
}
