package io.github.linfhash.engines.measure;

import static io.github.linfhash.engines.measure.FakeEngine.BIT;
import static io.github.linfhash.engines.measure.FakeEngine.EXACT;
import static io.github.linfhash.engines.measure.FakeEngine.GRAPH;
import static io.github.linfhash.engines.measure.FakeEngine.HALF;
import static io.github.linfhash.engines.measure.FakeEngine.INT8;
import static io.github.linfhash.engines.measure.FakeEngine.graph;
import static io.github.linfhash.engines.measure.FakeEngine.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Measurements of an engine that takes as long as a test chooses. */
class MeasurerTest {
    private static final Map<IndexType, Double> THREE = Map.of(HALF, 10.0, INT8, 10.0, BIT, 10.0);
    private static final Measurer.Filter FILTER = new Measurer.Filter(List.of(), List.of());

    private final List<Measurement> heard = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Measurer measurer(
            FakeEngine engine,
            double seconds,
            List<Double> targets,
            Measurer.@Nullable Filter filter,
            long databaseSize,
            int queries) {
        return new Measurer(
                engine,
                new Measurer.Request(
                        FakeEngine.vectors(FakeEngine.ROWS, "vectors"),
                        FakeEngine.vectors(queries, "queries"),
                        false,
                        Similarity.EUCLIDEAN,
                        10,
                        targets,
                        engine.types(),
                        seconds,
                        0,
                        filter,
                        databaseSize),
                Progress.notes(notes::add),
                heard::add,
                engine::nanos);
    }

    private Measurement measure(
            FakeEngine engine,
            double seconds,
            List<Double> targets,
            Measurer.@Nullable Filter filter,
            long databaseSize) {
        return measurer(engine, seconds, targets, filter, databaseSize, 40).measure();
    }

    private Measurement measure(FakeEngine engine, double seconds) {
        return measure(engine, seconds, List.of(0.5), null, 0);
    }

    private static List<String> types(Measurement measured) {
        return measured.types().stream().map(IndexType::toString).toList();
    }

    private static List<IndexSpec> built(Measurement measured) {
        return measured.points().stream()
                .map(one -> one.point().index())
                .distinct()
                .toList();
    }

    /**
     * Six builds of half of the rows take 30 of 160 seconds. The smallest index misses the target, so that a larger one of its type could be built
     * next: 2 x 35 seconds, which with the 35 of another type would leave 25 for the last one, whose build is expected to take 14 and be
     * measured for 25. In these 25 seconds the answer is built a second time.
     */
    @Test
    void noTypeIsLeftOutAsAnotherIsBuiltTwice() {
        Measurement measured = measure(new FakeEngine(THREE).measuring(25), 160);
        assertThat(types(measured)).containsExactly("flat-bit", "flat-half", "flat-int8");
        assertThat(measured.leftOut())
                .containsExactly(
                        "flat-bit with not merged: a build takes about 14 s and its searches 25 s, more than is left of --minutes.");
        assertThat(measured.seconds()).isEqualTo(145);
    }

    /** A build takes ten times as long as expected. */
    @Test
    void aBuildThatTakesTooLongLeavesTimeToOthers() {
        Measurement measured = measure(new FakeEngine(THREE).measuring(5).slow(BIT, 140), 160);
        assertThat(types(measured)).containsExactly("flat-half", "flat-int8");
        // Of 130 seconds, each of two others keeps half of its third.
        assertThat(measured.leftOut())
                .containsExactly(
                        "flat-bit with merged: the build was stopped after 87 s, so that other types have time.");
    }

    /** A type whose build is expected to take more than its share is built last, and named if no time is left for it. */
    @Test
    void aTypeThatNeedsMoreThanItsShareWaits() {
        Map<IndexType, Double> seconds = Map.of(HALF, 5.0, INT8, 5.0, BIT, 40.0);
        Measurement all = measure(new FakeEngine(seconds).measuring(5), 150);
        assertThat(types(all)).containsExactly("flat-bit", "flat-half", "flat-int8");
        Measurement measured = measure(new FakeEngine(seconds).measuring(5), 105);
        assertThat(types(measured)).containsExactly("flat-half", "flat-int8");
        assertThat(measured.leftOut())
                .containsExactly(
                        "flat-bit with merged: a build takes about 40 s and its searches 5 s, more than is left of --minutes.");
    }

    /** Two builds of half of the rows take 40 of 90 seconds, more than the time for choosing parameters. A third type is tried anyway. */
    @Test
    void eachTypeIsTriedOnAPartOfTheRows() {
        Measurement measured = measure(new FakeEngine(Map.of(HALF, 40.0, INT8, 40.0, BIT, 20.0)), 90);
        assertThat(types(measured)).containsExactly("flat-bit");
        assertThat(measured.leftOut())
                .contains(
                        "flat-half with merged: a build takes about 40 s and its searches 1 s, more than is left of --minutes.",
                        "flat-int8 with merged: a build takes about 40 s and its searches 1 s, more than is left of --minutes.");
    }

    /** Of 120 seconds, those of one bit are searched for more than half. The other types, whose searches are quick, are measured too. */
    @Test
    void aTypeWithSlowSearchesLeavesTimeToOthers() {
        Measurement measured = measure(
                new FakeEngine(Map.of(HALF, 1.0, INT8, 1.0, BIT, 1.0))
                        .searching(BIT, 1.5)
                        .searching(HALF, 0.01)
                        .searching(INT8, 0.01),
                120);
        assertThat(types(measured)).containsExactly("flat-bit", "flat-half", "flat-int8");
    }

    /** Both builds of the only type miss the target. The answer is built again, as its interval covers builds. */
    @Test
    void anAnswerIsBuiltASecondTimeBesideAnotherBuildOfItsType() {
        Measurement measured = measure(new FakeEngine(Map.of(BIT, 10.0)), 1000);
        assertThat(built(measured)).hasSize(2);
        assertThat(measured.answers()).hasSize(1).allMatch(answer -> answer.builds() == 2);
    }

    /** As a planner may, which does not hold what it did before. */
    @Test
    void aSecondBuildWhoseSearchesScanIsNoSecondBuild() {
        Measurement measured = measure(new FakeEngine(Map.of(BIT, 10.0)).failing("scans the second time"), 1000);
        assertThat(measured.answers()).hasSize(1).allMatch(answer -> answer.builds() == 1);
        assertThat(measured.leftOut()).anyMatch(one -> one.endsWith("the searches did not use the index."));
    }

    /** Each build and step is told of as it ends, as one of a measurement that is not complete. */
    @Test
    void whatIsMeasuredIsToldAtOnce() {
        Measurement measured = measure(new FakeEngine(THREE), 1000, List.of(0.5), FILTER, 20_000);
        assertThat(measured.complete()).isTrue();
        assertThat(measured.filters().all()).hasSize(3);
        assertThat(measured.filters().exactScan()).isEqualTo("scan");
        assertThat(measured.leftOut())
                .containsExactly(
                        "filters that 0.10% of the rows match: of 2000 rows, none of these groups has the 10 that are searched for.",
                        "partial indexes: no time.");
        assertThat(heard.get(0).types()).hasSize(1);
        assertThat(types(heard.get(2))).hasSize(3);
        assertThat(heard).allSatisfy(one -> {
            assertThat(one.complete()).isFalse();
            assertThat(one.leftOut()).last().isEqualTo("all that was still to come when this was written.");
            assertThat(one.answers()).hasSize(1);
        });
        assertThat(heard)
                .extracting(one -> one.filters().all().size())
                .startsWith(0)
                .containsSubsequence(1, 2, 3);
        assertThat(heard)
                .extracting(one -> one.answers().get(0).growth() != null)
                .startsWith(false)
                .endsWith(true);
        assertThat(measured.points()).allMatch(one -> one.clients().clients() == 1);
    }

    /** The searches of one type fail; the other types, the growth and the filters are measured. */
    @Test
    void aFailureIsASentenceBesideWhatWasMeasured() {
        Measurement measured =
                measure(new FakeEngine(THREE).failing(HALF, "filters"), 1000, List.of(0.5), FILTER, 20_000);
        assertThat(measured.complete()).isFalse();
        assertThat(types(measured)).containsExactly("flat-bit", "flat-int8");
        assertThat(measured.answers()).hasSize(1).allMatch(one -> one.growth() != null);
        assertThat(measured.filters().all()).hasSize(3);
        assertThat(measured.leftOut())
                .containsExactly(
                        "flat-half with merged: The server says while measuring flat-half with merged: flat-half is refused.",
                        "filters that 0.10% of the rows match: of 2000 rows, none of these groups has the 10 that are searched for.",
                        "partial indexes: no time.",
                        "searches with filters: The server says while filtering by 1 indexes: filters is refused.");
    }

    @Test
    void afterALostEngineNothingIsTried() {
        Measurement measured = measure(new FakeEngine(THREE).failing(HALF).gone(), 1000, List.of(0.5), FILTER, 20_000);
        assertThat(measured.complete()).isFalse();
        assertThat(types(measured)).doesNotContain("flat-half").isNotEmpty();
        assertThat(measured.answers()).hasSize(1).allMatch(one -> one.growth() == null && one.builds() == 1);
        assertThat(measured.filters().all()).isEmpty();
        assertThat(measured.leftOut())
                .contains(
                        "flat-half with merged, and all that was still to come: The server says while measuring flat-half with merged:"
                                + " flat-half is refused.");
    }

    /** If nothing was measured, the failure is all that there is to say. */
    @Test
    void whereNothingIsMeasuredTheReasonIsGiven() {
        assertThatThrownBy(() -> measure(new FakeEngine(Map.of(BIT, 1.0)).failing(BIT), 1000))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "Nothing was measured. flat-bit with merged: The server says while measuring flat-bit with merged: flat-bit is refused");
        assertThatThrownBy(() -> measure(new FakeEngine(Map.of(BIT, 1.0)).failing("load"), 1000))
                .isInstanceOf(InputException.class)
                .hasMessage("The server says while loading the vectors: load is refused");
        assertThatThrownBy(() -> measure(new FakeEngine(Map.of(BIT, 1.0)).failing("load", "interrupted"), 1000))
                .hasMessage("Interrupted while loading the vectors, before anything was measured");
        assertThatThrownBy(() -> measure(new FakeEngine(Map.of(BIT, 1.0)).failing(BIT, "interrupted"), 1000))
                .hasMessage("Interrupted before anything was measured");
        assertThatThrownBy(() -> measure(new FakeEngine(Map.of(INT8, 40.0)), 20))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--minutes: no index could be built in this time, expected more. flat-int8 with merged: a build takes about"
                                + " 40 s and its searches 0 s, more than is left of --minutes.");
        assertThatThrownBy(() -> measure(new FakeEngine(Map.of(INT8, 1.0)).failing("part"), 1000))
                .hasMessage(
                        "Nothing was measured. choosing parameters on 1000 rows: The server says while choosing parameters on 1000 rows:"
                                + " part is refused");
    }

    /** Two targets have the same answer, whose growth needs one build of each part; if one of these fails, the answer stays. */
    @Test
    void theGrowthOfAnIndexIsMeasuredOnce() {
        FakeEngine engine = new FakeEngine(Map.of(INT8, 1.0));
        Measurement measured = measure(engine, 1000, List.of(0.5, 0.6), null, 20_000);
        assertThat(measured.answers()).hasSize(2).allMatch(one -> one.growth() != null && one.builds() == 2);
        assertThat(engine.builds).filteredOn(one -> one.endsWith(" of 500")).hasSize(1);
        Measurement refused =
                measure(new FakeEngine(Map.of(INT8, 1.0)).failing("a fourth"), 1000, List.of(0.5, 0.6), null, 20_000);
        assertThat(refused.answers()).hasSize(2).allMatch(one -> one.growth() == null && one.builds() == 2);
        assertThat(refused.complete()).isFalse();
        assertThat(refused.leftOut())
                .containsExactly(
                        "the growth of flat-int8 with merged: The server says while building flat-int8 with 500 rows: a fourth is refused.");
    }

    /** Before parameters are chosen, a build that people use has all rows, and before it an exact scan. */
    @Test
    void anExactScanAndUsualBuildsComeFirst() {
        FakeEngine engine = new FakeEngine(Map.of(EXACT, 0.0, GRAPH, 10.0, INT8, 10.0))
                .usual(graph(16))
                .usual(scan(EXACT, true));
        Measurement measured = measure(engine, 1000);
        assertThat(engine.builds).startsWith("exact of 2000", "hnsw-vector with m = 16 of 2000");
        assertThat(engine.builds.get(2)).endsWith(" of 1000");
        assertThat(engine.builds).filteredOn(one -> one.startsWith("exact")).hasSize(1);
        assertThat(heard.get(0).types()).containsExactly(EXACT);
        assertThat(heard.get(0).answers().get(0).measured().type()).isEqualTo(EXACT);
        assertThat(types(measured)).containsExactly("exact", "flat-int8", "hnsw-vector");
        assertThat(measured.answers()).noneMatch(one -> one.measured().type().equals(EXACT));
        // A build that was measured is not measured again, but for the interval of an answer.
        assertThat(built(measured)).doesNotHaveDuplicates().contains(graph(16));
        assertThat(engine.builds)
                .filteredOn(one -> one.equals("hnsw-vector with m = 16 of 2000"))
                .hasSize(1);
    }

    /** A usual build may take a fourth of the time. */
    @Test
    void aUsualBuildThatTakesTooLongIsStopped() {
        Measurement measured = measure(
                new FakeEngine(Map.of(GRAPH, 1.0, INT8, 1.0)).usual(graph(16)).slow(GRAPH, 30), 100);
        assertThat(measured.leftOut())
                .first()
                .isEqualTo("hnsw-vector with m = 16: the build was stopped after 25 s, so that others have time.");
        assertThat(types(measured)).contains("flat-int8");
    }

    /** The better of two graphs is the usual one, which misses the target: a larger candidate is built as if this one had been built now. */
    @Test
    void aUsualBuildIsOneOfTheCandidates() {
        FakeEngine engine = new FakeEngine(Map.of(GRAPH, 10.0)).usual(graph(8));
        Measurement measured = measure(engine, 1000, List.of(0.5, 0.6), null, 0);
        assertThat(built(measured)).containsExactly(graph(8));
        FakeEngine poor = new FakeEngine(Map.of(GRAPH, 10.0)).usual(graph(16)).larger(20);
        assertThat(built(measure(poor, 1000))).containsExactly(graph(16));
        assertThat(poor.builds).filteredOn(one -> one.endsWith(" of 2000")).hasSize(2);
    }

    /** No candidate has more than 16 links, and 40 are needed. The smallest larger build that has them is the last one. */
    @Test
    void largerBuildsAreTriedUntilOneReachesTheTarget() {
        FakeEngine engine = new FakeEngine(Map.of(GRAPH, 10.0)).larger(40, 24, 48, 64);
        Measurement measured = measure(engine, 1000);
        assertThat(built(measured)).contains(graph(16), graph(24), graph(48)).doesNotContain(graph(64));
        assertThat(measured.answers())
                .singleElement()
                .satisfies(one -> assertThat(one.measured().point().index()).isEqualTo(graph(48)));
        FakeEngine enough = new FakeEngine(Map.of(GRAPH, 10.0)).larger(16, 24, 48, 64);
        assertThat(built(measure(enough, 1000))).doesNotContain(graph(24), graph(48), graph(64));
    }

    @Test
    void largerBuildsWithoutTimeAreNamed() {
        Measurement measured = measure(new FakeEngine(Map.of(GRAPH, 10.0)).larger(40, 24, 48), 45);
        assertThat(built(measured)).doesNotContain(graph(24), graph(48));
        assertThat(measured.leftOut())
                .contains(
                        "nothing reaches 0.5, and too little of --minutes is left for larger builds: hnsw-vector with m = 24;"
                                + " hnsw-vector with m = 48.");
    }

    /** Twenty queries that choose show a recall of 0.83 at best. */
    @Test
    void fewQueriesDoNotAskForLargerBuilds() {
        Measurement measured =
                measure(new FakeEngine(Map.of(GRAPH, 10.0)).larger(40, 24, 48), 1000, List.of(0.9), null, 0);
        assertThat(built(measured)).doesNotContain(graph(24), graph(48));
        assertThat(measured.leftOut()).isEmpty();
    }

    /** The builds of parts of one type fail. It is named once, and not tried again. */
    @Test
    void aTypeThatFailsIsLeftOut() {
        FakeEngine engine = new FakeEngine(THREE).failing("flat-half of a part");
        Measurement measured = measure(engine, 1000);
        assertThat(types(measured)).containsExactly("flat-bit", "flat-int8");
        assertThat(measured.complete()).isFalse();
        assertThat(measured.leftOut())
                .containsExactly(
                        "flat-half with merged: The server says while building flat-half with merged on 1000 rows: flat-half of a part is"
                                + " refused.");
        assertThat(engine.builds).filteredOn(one -> one.startsWith("flat-half")).hasSize(1);
    }

    @Test
    void aTypeWhoseUsualBuildFailsIsLeftOut() {
        FakeEngine engine = new FakeEngine(Map.of(GRAPH, 10.0, INT8, 10.0))
                .usual(graph(16))
                .usual(graph(8))
                .larger(40, 48)
                .failing(GRAPH);
        Measurement measured = measure(engine, 1000);
        assertThat(types(measured)).containsExactly("flat-int8");
        assertThat(measured.leftOut())
                .containsExactly(
                        "hnsw-vector with m = 16: The server says while measuring hnsw-vector with m = 16: hnsw-vector is refused.");
        assertThat(engine.builds)
                .filteredOn(one -> one.startsWith("hnsw"))
                .containsExactly("hnsw-vector with m = 16 of 2000");
    }

    /** Without an index there is nothing to choose: no part of the rows is made, and no scan is made twice. */
    @Test
    void anExactScanAloneIsTheAnswer() {
        FakeEngine engine = new FakeEngine(Map.of(EXACT, 0.0)).usual(scan(EXACT, true));
        Measurement measured =
                measurer(engine, 1000, List.of(0.99), FILTER, 20_000, 400).measure();
        assertThat(measured.complete()).isTrue();
        assertThat(engine.builds).containsExactly("exact of 2000");
        assertThat(engine.parts).isEmpty();
        assertThat(measured.answers()).singleElement().satisfies(one -> {
            assertThat(one.reached()).isTrue();
            assertThat(one.builds()).isEqualTo(1);
            assertThat(one.growth()).isNull();
            assertThat(one.recall().mean()).isEqualTo(1);
        });
        assertThat(measured.filters().all()).hasSize(3);
    }

    @Test
    void theTimeOfAllTypesIsNotedIfItIsTooLong() {
        measure(new FakeEngine(THREE), 1000);
        assertThat(notes).noneMatch(note -> note.contains("One build of each type"));
        measure(new FakeEngine(Map.of(HALF, 100.0, INT8, 100.0, BIT, 100.0)), 600);
        // Five builds of half of the rows, as choosing ends after 240 s, and 1.4 x 100 s for each type.
        assertThat(notes)
                .contains(
                        "One build of each type of index takes about 12 minutes, and --minutes allows 10: some types may be left out.");
    }

    @Test
    void anEngineWithoutFiltersSaysSo() {
        Measurement measured =
                measure(new FakeEngine(Map.of(INT8, 1.0)).failing("no filters"), 1000, List.of(0.5), FILTER, 0);
        assertThat(measured.complete()).isTrue();
        assertThat(measured.filters().all()).isEmpty();
        assertThat(measured.leftOut()).last().isEqualTo("searches with filters: fake has none here.");
    }

    /** Only a scan of the codes tells what they lose. The farthest rows have a recall of 0. */
    @Test
    void lossesAreMissingWithoutAScanOfCodes() {
        assertThat(measure(new FakeEngine(Map.of(BIT, 1.0)), 1000).points()).allSatisfy(one -> {
            assertThat(one.losses()).isEqualTo(new Measurement.Losses(1, 0));
            assertThat(one.distanceRatio()).isGreaterThan(2);
        });
        assertThat(measure(new FakeEngine(Map.of(BIT, 1.0)).failing("no scans of codes"), 1000)
                        .points())
                .isNotEmpty()
                .allMatch(one -> one.losses() == null);
        assertThat(measure(new FakeEngine(Map.of(INT8, 1.0)), 1000).points())
                .allSatisfy(one -> assertThat(one.distanceRatio()).isCloseTo(1, within(1e-6)));
    }

    @Test
    void chosenPointsAreMeasuredAgain() {
        OperatingPoint good = new OperatingPoint(scan(INT8, true), IndexType.NO_EFFORT, 10);
        OperatingPoint bad = new OperatingPoint(scan(BIT, true), IndexType.NO_EFFORT, 10);
        Measurer.Checked checked =
                measurer(new FakeEngine(THREE), 1000, List.of(), null, 0, 40).check(List.of(good, bad));
        assertThat(checked.leftOut()).isEmpty();
        assertThat(checked.found().get(good).recall().mean()).isEqualTo(1);
        assertThat(checked.found().get(bad).recall().mean()).isZero();
        Measurer.Checked failed = measurer(new FakeEngine(THREE).failing(BIT), 1000, List.of(), null, 0, 40)
                .check(List.of(good, bad));
        assertThat(failed.found()).containsOnlyKeys(good);
        assertThat(failed.leftOut())
                .containsExactly(
                        "flat-bit with merged: The server says while building flat-bit with merged: flat-bit is refused.");
        assertThatThrownBy(() -> measurer(new FakeEngine(THREE).failing(BIT), 1000, List.of(), null, 0, 40)
                        .check(List.of(bad)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Nothing was measured. flat-bit with merged: ");
    }
}
