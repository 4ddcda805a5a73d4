package io.github.linfhash.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.examples.FactorsStudy.Factor;
import io.github.linfhash.examples.FactorsStudy.Level;
import io.github.linfhash.examples.FactorsStudy.Term;
import io.github.linfhash.examples.FactorsStudy.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class FactorsStudyTest {
    private static final List<Factor> FACTORS = List.of(
            new Factor("encoder", List.of("a", "b", "c")),
            new Factor("loss", List.of("p", "q", "r", "s")),
            new Factor("features", List.of("x", "y")));
    private static final int SEEDS = 5;

    /** Values in the order encoder, loss, features, seed. */
    private static FactorsStudy study(double[] values) {
        return new FactorsStudy(
                FACTORS,
                IntStream.range(0, values.length)
                        .mapToObj(i -> new Value(List.of(i / 40, i / 10 % 4, i / 5 % 2, i % 5), values[i]))
                        .toList());
    }

    private static double[] measured(long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("values");
        double[] values = new double[3 * 4 * 2 * SEEDS];
        for (int i = 0; i < values.length; i++) {
            int encoder = i / 40;
            values[i] = random.nextDouble() + encoder + (i / 10 % 4 == 2 ? 0.8 : 0) + i / 5 % 2 * encoder * 0.4;
        }
        return values;
    }

    private static Term term(List<Term> terms, String name) {
        return terms.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    /** The residuals of least squares with and without the columns of a term: another way to the same sums. */
    @Test
    void sumsOfSquaresAreThoseOfNestedRegressions() {
        double[] values = measured(3);
        List<Term> terms = study(values).terms();
        List<IntUnaryOperator> encoder = indicators(i -> i / 40, 3);
        List<IntUnaryOperator> loss = indicators(i -> i / 10 % 4, 4);
        List<IntUnaryOperator> features = indicators(i -> i / 5 % 2, 2);
        List<List<IntUnaryOperator>> columns = List.of(
                indicators(i -> i % 5, 5),
                encoder,
                loss,
                features,
                products(encoder, loss),
                products(encoder, features),
                products(loss, features),
                products(products(encoder, loss), features));
        List<IntUnaryOperator> so = new ArrayList<>(columns.get(0));
        double before = residual(values, so);
        for (int t = 1; t < columns.size(); t++) {
            so.addAll(columns.get(t));
            double after = residual(values, so);
            assertThat(terms.get(t - 1).squares()).as(terms.get(t - 1).name()).isCloseTo(before - after, within(1e-9));
            assertThat(terms.get(t - 1).degrees()).isEqualTo(columns.get(t).size());
            before = after;
        }
        assertThat(term(terms, "rest").squares()).isCloseTo(before, within(1e-9));
        assertThat(terms.stream().mapToInt(Term::degrees).sum()).isEqualTo(values.length - SEEDS);
    }

    /** Columns of +1, 0, -1 whose sums over the levels are 0, so that no order of terms matters. */
    private static List<IntUnaryOperator> indicators(IntUnaryOperator level, int levels) {
        List<IntUnaryOperator> columns = new ArrayList<>();
        for (int l = 1; l < levels; l++) {
            int own = l;
            columns.add(i -> level.applyAsInt(i) == own ? 1 : level.applyAsInt(i) == 0 ? -1 : 0);
        }
        return columns;
    }

    private static List<IntUnaryOperator> products(List<IntUnaryOperator> a, List<IntUnaryOperator> b) {
        List<IntUnaryOperator> columns = new ArrayList<>();
        a.forEach(x -> b.forEach(y -> columns.add(i -> x.applyAsInt(i) * y.applyAsInt(i))));
        return columns;
    }

    private static double residual(double[] values, List<IntUnaryOperator> columns) {
        double[][] x = new double[values.length][columns.size()];
        for (int i = 0; i < values.length; i++) {
            for (int c = 0; c < columns.size(); c++) {
                x[i][c] = columns.get(c).applyAsInt(i);
            }
        }
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        regression.newSampleData(values, x);
        return regression.calculateResidualSumOfSquares();
    }

    /** A layout of two by two in two blocks, worked out by hand; 60.5 / 4.5 is F against the interaction, with 1 and 1 degrees. */
    @Test
    void aSmallLayoutByHand() {
        // f 0 g 0: 1, 3; f 0 g 1: 2, 4; f 1 g 0: 5, 7; f 1 g 1: 8, 12.
        double[] values = {1, 3, 2, 4, 5, 7, 8, 12};
        FactorsStudy study = new FactorsStudy(
                List.of(
                        new Factor("f", List.of("0", "1")),
                        new Factor("g", List.of("0", "1")),
                        new Factor("one", List.of("0"))),
                IntStream.range(0, 8)
                        .mapToObj(i -> new Value(List.of(i / 4, i / 2 % 2, 0, i % 2), values[i]))
                        .toList());
        List<Term> terms = study.terms();

        assertThat(terms).extracting(Term::name).containsExactly("f", "g", "f x g", "rest");
        assertThat(term(terms, "f").squares()).isCloseTo(60.5, within(1e-12));
        assertThat(term(terms, "g").squares()).isCloseTo(12.5, within(1e-12));
        assertThat(term(terms, "f x g").squares()).isCloseTo(4.5, within(1e-12));
        assertThat(term(terms, "rest").squares()).isCloseTo(1.5, within(1e-12));
        double beyond = 1 - new FDistribution(null, 1, 1).cumulativeProbability(60.5 / 4.5);
        assertThat(term(terms, "f").p()).isCloseTo(beyond, within(1e-9));
        assertThat(term(terms, "f x g").p()).isNaN();
        assertThat(term(terms, "rest").p()).isNaN();
        // f 0: 2.5, f 1: 8, each of four values; 12.706 sqrt(4.5 / 4) to both sides.
        List<Level> levels = study.levels();
        assertThat(levels).extracting(Level::level).containsExactly("0", "1", "0", "1");
        assertThat(levels.get(0).mean()).isCloseTo(2.5, within(1e-12));
        assertThat(levels.get(1).mean()).isCloseTo(8, within(1e-12));
        assertThat(levels.get(0).half()).isCloseTo(12.706 * Math.sqrt(4.5 / 4), within(1e-3));
    }

    /** An offset that a seed adds to all values must change no test. */
    @Test
    void testsDoNotDependOnHowDifferentSeedsAre() {
        double[] values = measured(5);
        double[] shifted = values.clone();
        Arrays.setAll(shifted, i -> values[i] + 100 * (i % SEEDS));
        List<Term> terms = study(values).terms();
        List<Term> others = study(shifted).terms();
        for (int t = 0; t < terms.size(); t++) {
            assertThat(others.get(t).squares()).isCloseTo(terms.get(t).squares(), within(1e-6));
        }
        // The last two terms have no test.
        for (int t = 0; t < terms.size() - 2; t++) {
            assertThat(others.get(t).p()).isCloseTo(terms.get(t).p(), within(1e-6));
        }
    }

    /** Without any effect p is uniform: about one in twenty tests is below 0.05. */
    @Test
    void testsHoldTheirLevel() {
        int below = 0;
        for (int trial = 0; trial < 400; trial++) {
            double[] values = new RandomStreams(trial)
                    .stream("noise").doubles(3 * 4 * 2 * SEEDS).toArray();
            Term loss = term(study(values).terms(), "loss");
            below += loss.p() < 0.05 ? 1 : 0;
        }
        assertThat(below).isBetween(8, 35);
    }

    @Test
    void equalValuesAndMissingOnesAreRefused() {
        assertThatThrownBy(() -> study(new double[120])).hasMessageContaining("all values of a seed are equal");
        assertThatThrownBy(() -> study(new double[119])).hasMessageContaining("24 combinations, found 119");
    }

    /** The row "GIST, 48 bits" of docs/encoder-or-loss.md and the means; the values were also computed with NumPy and SciPy. */
    @Test
    void keptResultsGiveTheTableOfThePage() throws IOException {
        Path results = Path.of(System.getProperty("linfhash.home"), "reports", "results");
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            FactorsStudy.main(new String[] {
                "map",
                "48",
                "lines=ksh:tuned",
                "beside=" + results.resolve("cifar10-e1-8ae73e77"),
                results.resolve("cifar10-losses-e1-8ae73e77").toString()
            });
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(
                        "| method | 2 | 0.76 |",
                        "| configuration | 6 | 0.00074 |",
                        "| method x configuration | 12 |  |",
                        "| method | deep-linf | 31.11 | 0.93 |",
                        "| method | nnh | 31.36 | 0.93 |",
                        "| method | snnh | 30.91 | 0.93 |",
                        "| configuration | greedyhash | 26.90 | 1.42 |",
                        "| beside | ksh:tuned (1 tuning run x 32, map) | 35.38 |")
                .contains("\nmethod,2,0.76");
    }
}
