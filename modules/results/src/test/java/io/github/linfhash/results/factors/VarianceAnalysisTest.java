package io.github.linfhash.results.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.results.factors.VarianceAnalysis.Factor;
import io.github.linfhash.results.factors.VarianceAnalysis.LevelMean;
import io.github.linfhash.results.factors.VarianceAnalysis.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class VarianceAnalysisTest {
    private static final List<Factor> FACTORS = List.of(
            new Factor("encoder", List.of("a", "b", "c")),
            new Factor("loss", List.of("p", "q", "r", "s")),
            new Factor("features", List.of("x", "y")));
    private static final int SEEDS = 5;

    private static double[] measured(long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("values");
        double[] values = new double[3 * 4 * 2 * SEEDS];
        for (int i = 0; i < values.length; i++) {
            int encoder = i / 40;
            int loss = i / 10 % 4;
            int features = i / 5 % 2;
            values[i] = random.nextDouble() + encoder + (loss == 2 ? 0.8 : 0) + features * encoder * 0.4;
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
        List<Term> terms = new VarianceAnalysis(FACTORS, SEEDS, values).terms();
        List<IntUnaryOperator> encoder = indicators(i -> i / 40, 3);
        List<IntUnaryOperator> loss = indicators(i -> i / 10 % 4, 4);
        List<IntUnaryOperator> features = indicators(i -> i / 5 % 2, 2);
        List<IntUnaryOperator> seed = indicators(i -> i % 5, 5);

        List<List<IntUnaryOperator>> columns = List.of(
                encoder,
                loss,
                features,
                products(encoder, loss),
                products(encoder, features),
                products(loss, features),
                products(products(encoder, loss), features),
                seed);
        List<IntUnaryOperator> so = new ArrayList<>();
        double before = residual(values, so);
        double total = before;
        double ofSeeds = 0;
        for (int t = 0; t < columns.size(); t++) {
            so.addAll(columns.get(t));
            double after = residual(values, so);
            if (t == columns.size() - 1) {
                ofSeeds = before - after;
            } else {
                assertThat(terms.get(t).squares()).as(terms.get(t).name()).isCloseTo(before - after, within(1e-9));
                assertThat(terms.get(t).degrees()).isEqualTo(columns.get(t).size());
            }
            before = after;
        }
        assertThat(term(terms, VarianceAnalysis.REST).squares()).isCloseTo(before, within(1e-9));
        assertThat(terms.stream().mapToDouble(Term::share).sum()).isCloseTo(1, within(1e-12));
        assertThat(terms.stream().mapToInt(Term::degrees).sum()).isEqualTo(values.length - SEEDS);
        assertThat(terms.stream().mapToDouble(Term::squares).sum()).isCloseTo(total - ofSeeds, within(1e-9));
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
        if (columns.isEmpty()) {
            double mean = Arrays.stream(values).average().orElseThrow();
            return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        }
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

    @Test
    void whatWasPutInIsFoundAndWhatWasNotIsNot() {
        List<Term> terms = new VarianceAnalysis(FACTORS, SEEDS, measured(4)).terms();

        assertThat(term(terms, "encoder").p()).isLessThan(1e-6);
        assertThat(term(terms, "loss").p()).isLessThan(1e-6);
        assertThat(term(terms, "encoder x features").p()).isLessThan(1e-3);
        assertThat(term(terms, "loss x features").p()).isGreaterThan(0.01);
        assertThat(term(terms, "encoder").share())
                .isGreaterThan(term(terms, "loss").share())
                .isBetween(term(terms, "encoder").low(), term(terms, "encoder").high());
        assertThat(term(terms, VarianceAnalysis.REST).p()).isNaN();
    }

    /** Without any effect p is uniform: about one in twenty tests is below 0.05. */
    @Test
    void testsHoldTheirLevel() {
        int below = 0;
        for (int trial = 0; trial < 400; trial++) {
            UniformRandomProvider random = new RandomStreams(trial).stream("noise");
            double[] values = random.doubles(3 * 4 * 2 * SEEDS).toArray();
            below += term(new VarianceAnalysis(FACTORS, SEEDS, values).terms(), "loss")
                                    .p()
                            < 0.05
                    ? 1
                    : 0;
        }
        assertThat(below).isBetween(8, 35);
    }

    /** A layout of two by two in two blocks, by hand. */
    @Test
    void aSmallLayoutByHand() {
        List<Factor> factors = List.of(new Factor("f", List.of("0", "1")), new Factor("g", List.of("0", "1")));
        // f 0 g 0: 1, 3; f 0 g 1: 2, 4; f 1 g 0: 5, 7; f 1 g 1: 8, 12.
        VarianceAnalysis analysis = new VarianceAnalysis(factors, 2, new double[] {1, 3, 2, 4, 5, 7, 8, 12});
        List<Term> terms = analysis.terms();

        assertThat(term(terms, "f").squares()).isCloseTo(60.5, within(1e-12));
        assertThat(term(terms, "g").squares()).isCloseTo(12.5, within(1e-12));
        assertThat(term(terms, "f x g").squares()).isCloseTo(4.5, within(1e-12));
        assertThat(term(terms, "f").share()).isCloseTo(60.5 / 79, within(1e-12));
        assertThat(term(terms, VarianceAnalysis.REST).squares()).isCloseTo(1.5, within(1e-12));
        assertThat(analysis.levelMeans())
                .extracting(LevelMean::factor, LevelMean::level, LevelMean::mean)
                .containsExactly(
                        tuple("f", "0", 2.5), tuple("f", "1", 8.0), tuple("g", "0", 4.0), tuple("g", "1", 6.5));
    }

    /** What a seed does to all alike changes no share. */
    @Test
    void sharesDoNotDependOnHowDifferentSeedsAre() {
        double[] values = measured(5);
        double[] shifted = values.clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += 100 * (i % SEEDS);
        }
        List<Term> terms = new VarianceAnalysis(FACTORS, SEEDS, values).terms();
        List<Term> others = new VarianceAnalysis(FACTORS, SEEDS, shifted).terms();

        for (int t = 0; t < terms.size(); t++) {
            assertThat(others.get(t).share()).isCloseTo(terms.get(t).share(), within(1e-9));
            assertThat(others.get(t).high()).isCloseTo(terms.get(t).high(), within(1e-9));
        }
    }

    @Test
    void equalValuesAndMissingOnesAreRefused() {
        assertThatThrownBy(() -> new VarianceAnalysis(FACTORS, SEEDS, new double[120]))
                .hasMessageContaining("all values of a seed are equal");
        assertThatThrownBy(() -> new VarianceAnalysis(FACTORS, SEEDS, new double[119]))
                .hasMessageContaining("120 values, found 119");
    }
}
