package io.github.linfhash.results.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;

class LeadsTest {
    private static final Quantity MAP = StandardMetrics.quantity("map");

    /** Student's own example (Biometrika 6, 1908): hours of sleep gained by ten patients with each of two drugs. */
    private static final double[] FIRST = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};

    private static final double[] SECOND = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

    @Test
    void theTestIsThePairedOneOfStudent() {
        Lead lead = Leads.of(results(shifted(FIRST), shifted(SECOND)), List.of(MAP))
                .find(MAP, 48)
                .orElseThrow();
        assertThat(lead.method()).isEqualTo("nnh");
        assertThat(lead.runnerUp()).isEqualTo("ksh");
        // Mean difference 1.58, t = 4.0621 with 9 degrees of freedom, p = 0.002833.
        assertThat(lead.difference().mean()).isCloseTo(0.0158, within(1e-12));
        assertThat(lead.p().orElseThrow()).isCloseTo(0.002833, within(5e-7));
        assertThat(lead.significant()).isTrue();
    }

    @Test
    void equalValuesAreNoLead() {
        Lead lead = Leads.of(results(new double[] {0.3, 0.4}, new double[] {0.3, 0.4}), List.of(MAP))
                .find(MAP, 48)
                .orElseThrow();
        assertThat(lead.p()).hasValue(1);
        assertThat(lead.level()).containsExactly("nnh");
        assertThat(lead.significant()).isFalse();
    }

    @Test
    void oneSeedProvesNothing() {
        Lead lead = Leads.of(results(new double[] {0.3}, new double[] {0.9}), List.of(MAP))
                .find(MAP, 48)
                .orElseThrow();
        assertThat(lead.method()).isEqualTo("nnh");
        assertThat(lead.p()).isEmpty();
        assertThat(lead.significant()).isFalse();
    }

    @Test
    void onlySeedsOfBothMethodsAreCompared() {
        Lead lead = Leads.of(results(new double[] {0.3, 0.4, 0.5}, new double[] {0.6, 0.8}), List.of(MAP))
                .find(MAP, 48)
                .orElseThrow();
        assertThat(lead.difference().n()).isEqualTo(2);
        assertThat(lead.difference().mean()).isCloseTo(0.35, within(1e-12));
    }

    @Test
    void nobodyLeadsInADiagnosticNumber() {
        Quantity empty = StandardMetrics.quantity("emptyBalls@2");
        assertThat(Leads.of(SampleResults.comparison(), List.of(empty)).all()).isEmpty();
    }

    /**
     * In the mean, nnh leads by 0.01 on ksh, whose p is 0.58, by 0.02 on deep-linf, whose p is 0.32, and by 0.2 on itq seed by seed. The
     * runner-up is named once, and whom the leader beats is not named.
     */
    @Test
    void undecidedAreThoseBehindTheRunnerUp() {
        double[] nnh = {0.50, 0.60, 0.70};
        double[] ksh = {0.52, 0.57, 0.68};
        double[] deepLinf = {0.51, 0.56, 0.67};
        double[] itq = {0.30, 0.40, 0.501};
        TTest student = new TTest();
        assertThat(student.pairedTTest(nnh, ksh)).isCloseTo(0.58, within(0.005));
        assertThat(student.pairedTTest(nnh, deepLinf)).isCloseTo(0.32, within(0.005));
        assertThat(student.pairedTTest(nnh, itq)).isLessThan(0.001);

        Lead lead = Leads.of(results(ksh, nnh, deepLinf, itq), List.of(MAP))
                .find(MAP, 48)
                .orElseThrow();

        assertThat(lead.method()).isEqualTo("nnh");
        assertThat(lead.runnerUp()).isEqualTo("ksh");
        assertThat(lead.level()).isEmpty();
        assertThat(lead.undecided()).containsExactly("deep-linf");
    }

    private static double[] shifted(double[] hours) {
        double[] values = new double[hours.length];
        for (int i = 0; i < hours.length; i++) {
            values[i] = 0.5 + hours[i] / 100;
        }
        return values;
    }

    /** Values of ksh, nnh, deep-linf and itq, in this order, as far as they are there. */
    private static Results results(double[]... values) {
        Results sample = SampleResults.comparison();
        ProtocolSummary p = sample.protocol();
        int most = Arrays.stream(values)
                .mapToInt(ofMethod -> ofMethod.length)
                .max()
                .orElseThrow();
        List<Long> seeds = LongStream.range(0, most).boxed().toList();
        ProtocolSummary protocol = new ProtocolSummary(
                p.name(),
                p.title(),
                p.hash(),
                p.publishedTable(),
                p.dataset(),
                p.features(),
                p.sizes(),
                p.conventions(),
                p.headline(),
                List.of(48),
                seeds,
                p.methods());
        List<RunResult> runs = new ArrayList<>();
        for (int m = 0; m < values.length; m++) {
            add(runs, p.methodNames().get(m), values[m]);
        }
        return new Results(protocol, sample.environment(), runs);
    }

    private static void add(List<RunResult> runs, String method, double[] values) {
        for (int seed = 0; seed < values.length; seed++) {
            runs.add(SampleResults.measured(new RunKey(method, 48, seed), values[seed]));
        }
    }
}
