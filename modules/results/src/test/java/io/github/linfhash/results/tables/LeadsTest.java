package io.github.linfhash.results.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.MadeResults.Balls;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.QueryValues;
import io.github.linfhash.results.tables.Leads.Lead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
        Lead lead = Leads.of(results(shifted(FIRST), shifted(SECOND)), List.of(MAP), QueryValues.NONE)
                .find(MAP, 48)
                .orElseThrow();
        assertThat(lead.method()).isEqualTo("nnh");
        assertThat(lead.runnerUp().method()).isEqualTo("ksh");
        // Mean difference 1.58, t = 4.0621 with 9 degrees of freedom, p = 0.002833.
        assertThat(lead.runnerUp().test().difference().mean()).isCloseTo(0.0158, within(1e-12));
        assertThat(lead.runnerUp().test().p().orElseThrow()).isCloseTo(0.002833, within(5e-7));
        assertThat(lead.significant()).isTrue();
    }

    @Test
    void equalValuesAreNoLead() {
        Lead lead = Leads.of(
                        results(new double[] {0.3, 0.4, 0.5}, new double[] {0.3, 0.4, 0.5}),
                        List.of(MAP),
                        QueryValues.NONE)
                .find(MAP, 48)
                .orElseThrow();
        assertThat(lead.runnerUp().test().p()).hasValue(1);
        assertThat(lead.level()).containsExactly("nnh");
        assertThat(lead.significant()).isFalse();
    }

    @Test
    void oneSeedProvesNothing() {
        Lead lead = Leads.of(results(new double[] {0.3}, new double[] {0.9}), List.of(MAP), QueryValues.NONE)
                .find(MAP, 48)
                .orElseThrow();
        assertThat(lead.method()).isEqualTo("nnh");
        assertThat(lead.runnerUp().test().p()).isEmpty();
        assertThat(lead.significant()).isFalse();
    }

    @Test
    void onlySeedsOfBothMethodsAreCompared() {
        Lead lead = Leads.of(
                        results(new double[] {0.3, 0.4, 0.5}, new double[] {0.6, 0.8}), List.of(MAP), QueryValues.NONE)
                .find(MAP, 48)
                .orElseThrow();
        assertThat(lead.runnerUp().test().difference().n()).isEqualTo(2);
        assertThat(lead.runnerUp().test().difference().mean()).isCloseTo(0.35, within(1e-12));
    }

    @Test
    void nobodyLeadsInADiagnosticNumber() {
        Quantity empty = StandardMetrics.quantity("emptyBalls@2");
        assertThat(Leads.of(SampleResults.comparison(), List.of(empty), QueryValues.NONE)
                        .all())
                .isEmpty();
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

        Lead lead = Leads.of(results(ksh, nnh, deepLinf, itq), List.of(MAP), QueryValues.NONE)
                .find(MAP, 48)
                .orElseThrow();

        assertThat(lead.method()).isEqualTo("nnh");
        assertThat(lead.runnerUp().method()).isEqualTo("ksh");
        assertThat(lead.level()).isEmpty();
        assertThat(lead.undecided()).containsExactly("deep-linf");
    }

    private static final Quantity RECALL = StandardMetrics.quantity("recall@2");

    private static String leader(Map<String, List<Balls>> found) {
        return Leads.of(MadeResults.ofBalls(found, 0.1), List.of(RECALL), QueryValues.NONE)
                .find(RECALL, 48)
                .map(lead -> lead.method() + " before " + lead.runnerUp().method())
                .orElse("nobody");
    }

    /** Nearly the whole database in every ball: all is found, and one of ten finds is relevant, as of the database. */
    @Test
    void collapsedCodesDoNotLeadInRecall() {
        Map<String, List<Balls>> found = new LinkedHashMap<>();
        found.put("good", List.of(new Balls(0.6, 0.3, 0)));
        found.put("collapsed", List.of(new Balls(0.1001, 0.999, 0)));
        found.put("other", List.of(new Balls(0.4, 0.2, 0)));
        assertThat(leader(found)).isEqualTo("good before other");
        Leads leads = Leads.of(MadeResults.ofBalls(found, 0.1), List.of(RECALL), QueryValues.NONE);
        assertThat(leads.leftOut()).singleElement().satisfies(one -> {
            assertThat(one.method()).isEqualTo("collapsed");
            assertThat(one.ball().precision()).isEqualTo(0.1001);
            assertThat(one.ball().chance()).isEqualTo(0.1);
        });
        assertThat(leads.all().get(0).undecided()).isEmpty();
    }

    /** With one seed, 1,000 queries and chance 0.1, sampling explains 1.96 sqrt(0.1 x 0.9 / 1000) = 0.0186 above chance. */
    @Test
    void ofOneSeedTheQueriesSayWhatChanceExplains() {
        Map<String, List<Balls>> found = new LinkedHashMap<>();
        found.put("a", List.of(new Balls(0.5, 0.2, 0)));
        found.put("b", List.of(new Balls(0.4, 0.1, 0)));
        found.put("c", List.of(new Balls(0.1185, 0.9, 0)));
        assertThat(leader(found)).isEqualTo("a before b");
        found.put("c", List.of(new Balls(0.1187, 0.9, 0)));
        assertThat(leader(found)).isEqualTo("c before a");
        // Of 250 queries with a ball, twice as much: 0.0372; a precision of 0.13 of these is 0.0325 of all.
        found.put("c", List.of(new Balls(0.0325, 0.9, 0.75)));
        assertThat(leader(found)).isEqualTo("a before b");
        found.put("c", List.of(new Balls(0.0345, 0.9, 0.75)));
        assertThat(leader(found)).as("0.138 of the balls that are not empty").isEqualTo("c before a");
    }

    /** Differences from chance of 0.02, 0.1 and 0.3: mean 0.14, half width 4.3027 x 0.1442 / sqrt(3) = 0.358. */
    @Test
    void ofSeveralSeedsTheIntervalHasToLieAboveChance() {
        Map<String, List<Balls>> found = new LinkedHashMap<>();
        List<Balls> a = List.of(new Balls(0.5, 0.2, 0), new Balls(0.5, 0.2, 0), new Balls(0.5, 0.2, 0));
        found.put("a", a);
        found.put("b", List.of(new Balls(0.5, 0.1, 0), new Balls(0.5, 0.1, 0), new Balls(0.5, 0.1, 0)));
        found.put("c", List.of(new Balls(0.12, 0.9, 0), new Balls(0.2, 0.9, 0), new Balls(0.4, 0.9, 0)));
        assertThat(leader(found)).isEqualTo("a before b");
        // 0.15, 0.16, 0.17: half width 4.3027 x 0.01 / sqrt(3) = 0.0248.
        found.put("c", List.of(new Balls(0.25, 0.9, 0), new Balls(0.26, 0.9, 0), new Balls(0.27, 0.9, 0)));
        assertThat(leader(found)).isEqualTo("c before a");
    }

    @Test
    void inPrecisionEverybodyTakesPart() {
        Quantity precision = StandardMetrics.quantity("precision@2");
        Map<String, List<Balls>> found = new LinkedHashMap<>();
        found.put("a", List.of(new Balls(0.09, 0.2, 0)));
        found.put("b", List.of(new Balls(0.08, 0.1, 0)));
        Leads leads = Leads.of(MadeResults.ofBalls(found, 0.1), List.of(precision, RECALL), QueryValues.NONE);
        assertThat(leads.find(precision, 48).orElseThrow().method()).isEqualTo("a");
        assertThat(leads.find(RECALL, 48)).isEmpty();
        assertThat(leads.leftOut()).extracting(Leads.LeftOut::method).containsExactly("a", "b");
    }

    private static double[] shifted(double[] hours) {
        return IntStream.range(0, hours.length)
                .mapToDouble(i -> 0.5 + hours[i] / 100)
                .toArray();
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
        List<RunResult> runs = new ArrayList<>();
        for (int m = 0; m < values.length; m++) {
            add(runs, p.methodNames().get(m), values[m]);
        }
        return new Results(p.withRuns(List.of(48), seeds, p.methods()), sample.environment(), runs);
    }

    private static void add(List<RunResult> runs, String method, double[] values) {
        for (int seed = 0; seed < values.length; seed++) {
            runs.add(SampleResults.measured(new RunKey(method, 48, seed), values[seed]));
        }
    }
}
