package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.engines.measure.LuceneIndex.Codes;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Measurements of an engine that takes as long as a test chooses, by a clock of its own. */
class MeasurerTest {
    private static final int ROWS = 2_000;
    private static final int DIMENSION = 4;

    /**
     * An engine of three scans, of whose codes only those of one bit miss neighbors.
     *
     * @param seconds that a build of all rows takes, by codes; half of them for the rung of half of the rows
     * @param slow codes whose build of all rows takes longer than half of them lets expect
     * @param measuring seconds that a measurement of all rows takes beside the build
     * @param searching seconds that a scan of all rows takes, by codes; a measurement of all rows has fifty more of them
     * @param failing steps that fail, such as the searches of codes or "filters"
     * @param gone whether nothing works any more after the first of these
     * @param builds all of them with their rows
     */
    private record FakeEngine(
            Map<Codes, Double> seconds,
            Map<Codes, Double> slow,
            double measuring,
            Map<Codes, Double> searching,
            AtomicLong clock,
            Set<Object> failing,
            boolean gone,
            List<String> builds)
            implements Engine {
        FakeEngine(Map<Codes, Double> seconds, Set<Object> failing, boolean gone) {
            this(seconds, Map.of(), 1, Map.of(), new AtomicLong(), failing, gone, new ArrayList<>());
        }

        void fail(Object step) throws SQLException {
            if (failing.contains(step)) {
                throw new SQLException(step + " is refused", "XX000");
            }
        }

        @Override
        public boolean works() {
            return !gone;
        }

        @Override
        public Measurement.Server server() {
            return new Measurement.Server(Measurement.Name.LUCENE, "a fake", Map.of());
        }

        @Override
        public void load(Measurer.Request request, @Nullable FilterGroups groups) {}

        @Override
        public Indexed all(IndexSpec.Type type) {
            return new FakeRows(this, ((LuceneIndex.Type) type).codes(), ROWS);
        }

        @Override
        public void makePart(int rows) {}

        @Override
        public Indexed part(IndexSpec.Type type, int rows) {
            return new FakeRows(this, ((LuceneIndex.Type) type).codes(), rows);
        }

        @Override
        public void dropPart() {}

        @Override
        public void filters(Filters filters, List<Setting> settings, Consumer<String> doing)
                throws SQLException, IOException {
            filters.measure(Filtered.EXACT, null, (column, asked) -> {
                List<Indexed.Searched> nothing = new ArrayList<>();
                for (Filters.Asked one : asked) {
                    int queries = one.queries().size();
                    nothing.add(new Indexed.Searched(Collections.nCopies(queries, new int[0]), new double[queries]));
                }
                return new Filters.Found(nothing, null);
            });
            filters.leaveOut("partial indexes: no time.");
            fail("filters");
        }

        void pass(double time) {
            clock.addAndGet((long) (1e9 * time));
        }
    }

    private record FakeRows(FakeEngine engine, Codes codes, int rows) implements Indexed {
        @Override
        public Optional<Built> build(IndexSpec spec, double seconds) throws SQLException {
            engine.builds.add(spec.type() + " of " + rows);
            if (rows == ROWS / 4) {
                engine.fail("a fourth");
            }
            double usual = engine.seconds.getOrDefault(codes, 0.0);
            double takes = rows == ROWS ? engine.slow.getOrDefault(codes, usual) : usual * rows / ROWS;
            engine.pass(Math.min(takes, seconds));
            // An index that is not merged is larger.
            long bytes = rows * (codes == Codes.BIT ? 1L : 8L) * (((LuceneIndex) spec).merged() ? 1 : 2);
            return takes > seconds
                    ? Optional.empty()
                    : Optional.of(new Built(spec, rows, bytes, 8L * rows, takes, true, 0));
        }

        @Override
        public void dropIndex() {}

        /** The nearest rows, or for codes of one bit the farthest. */
        private List<int[]> lists(Queries queries, int from, int to, int count) {
            FeatureMatrix vectors = vectors(ROWS, "vectors");
            List<int[]> lists = new ArrayList<>();
            for (int q = from; q < to; q++) {
                float[] query = queries.vector(q);
                double[] distances = new double[rows];
                float[] row = new float[DIMENSION];
                for (int r = 0; r < rows; r++) {
                    vectors.copyRow(r, row);
                    for (int j = 0; j < DIMENSION; j++) {
                        distances[r] += (row[j] - query[j]) * (row[j] - query[j]);
                    }
                }
                lists.add(IntStream.range(0, rows)
                        .boxed()
                        .sorted((a, b) -> (codes == Codes.BIT ? -1 : 1) * Double.compare(distances[a], distances[b]))
                        .limit(count)
                        .mapToInt(Integer::intValue)
                        .toArray());
            }
            return lists;
        }

        @Override
        public List<int[]> byCode(Setting setting, Queries queries, int count, boolean exact) {
            engine.pass(engine.searching.getOrDefault(codes, 0.0) * rows / ROWS);
            return lists(queries, 0, count, setting.candidates());
        }

        @Override
        public List<Searched> search(List<Setting> settings, Queries queries, int from, int to, int neighbors)
                throws SQLException {
            if (rows == ROWS) {
                engine.fail(codes);
            }
            double[] millis = new double[to - from];
            Arrays.fill(millis, 1);
            List<int[]> lists = lists(queries, from, to, neighbors);
            return settings.stream().map(setting -> new Searched(lists, millis)).toList();
        }

        @Override
        public Measurement.@Nullable Plan plan(Setting setting, Queries queries, int count, int neighbors) {
            return null;
        }

        @Override
        public Throughput perSecond(
                List<Setting> settings, double[] seconds, Queries queries, int neighbors, int most) {
            assertThat(most).isBetween(1, 16);
            engine.pass(engine.measuring + 50 * engine.searching.getOrDefault(codes, 0.0));
            return new Throughput(settings.stream().map(setting -> 1000.0).toList(), 1);
        }
    }

    /** Keeps what it is told. */
    private record Heard(List<Measurement> soFar) implements Measurer.Listener {
        @Override
        public void begins(String step) {}

        @Override
        public void measured(Measurement measurement) {
            soFar.add(measurement);
        }

        @Override
        public String sentence(Exception failure) {
            return "The server says: " + failure.getMessage();
        }
    }

    private static FeatureMatrix vectors(int rows, String name) {
        UniformRandomProvider random = new RandomStreams(1).stream(name);
        float[] values = new float[rows * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return FeatureMatrix.owning(rows, DIMENSION, values);
    }

    private static Measurement measure(
            double seconds, double measuring, Map<Codes, Double> builds, Map<Codes, Double> slow)
            throws SQLException, IOException {
        return measure(seconds, measuring, builds, slow, Map.of());
    }

    private static Measurement measure(
            double seconds,
            double measuring,
            Map<Codes, Double> builds,
            Map<Codes, Double> slow,
            Map<Codes, Double> searching)
            throws SQLException, IOException {
        return measure(
                new FakeEngine(
                        builds, slow, measuring, searching, new AtomicLong(), Set.of(), false, new ArrayList<>()),
                seconds,
                List.of(0.5),
                null,
                0,
                new Heard(new ArrayList<>()));
    }

    private static Measurement measure(
            FakeEngine engine,
            double seconds,
            List<Double> targets,
            Measurer.@Nullable Filter filter,
            long databaseSize,
            Heard heard)
            throws SQLException, IOException {
        return new Measurer(
                        engine,
                        new Measurer.Request(
                                vectors(ROWS, "vectors"),
                                vectors(40, "queries"),
                                false,
                                Similarity.EUCLIDEAN,
                                10,
                                targets,
                                List.copyOf(LuceneIndex.Type.all().stream()
                                        .filter(type -> !type.graph() && engine.seconds.containsKey(type.codes()))
                                        .toList()),
                                seconds,
                                0,
                                filter,
                                databaseSize),
                        Progress.notes(note -> {}),
                        heard,
                        engine.clock::get)
                .measure();
    }

    private static List<String> types(Measurement measured) {
        return measured.types().stream().map(IndexSpec.Type::toString).toList();
    }

    /**
     * Six builds of half of the rows take 30 of 160 seconds. The smallest index misses the target, so that a larger one of its type could be built
     * next: 2 x 35 seconds, which with the 35 of another type would leave 25 for the last one, whose build is expected to take 14 and be
     * measured for 25. In these 25 seconds the answer is built a second time.
     */
    @Test
    void noTypeIsLeftOutAsAnotherIsBuiltTwice() throws SQLException, IOException {
        Measurement measured = measure(160, 25, Map.of(Codes.FLOAT, 10.0, Codes.INT8, 10.0, Codes.BIT, 10.0), Map.of());
        assertThat(types(measured)).containsExactly("flat-bit", "flat-float", "flat-int8");
        assertThat(measured.leftOut())
                .containsExactly(
                        "flat-bit with not merged: a build takes about 14 s and its searches 25 s, more than is left of --minutes.");
        assertThat(measured.seconds()).isEqualTo(145);
    }

    /** A build takes ten times as long as expected. */
    @Test
    void aBuildThatTakesTooLongLeavesTimeToOthers() throws SQLException, IOException {
        Measurement measured =
                measure(160, 5, Map.of(Codes.FLOAT, 10.0, Codes.INT8, 10.0, Codes.BIT, 10.0), Map.of(Codes.BIT, 140.0));
        assertThat(types(measured)).containsExactly("flat-float", "flat-int8");
        // Of 130 seconds, each of two others keeps half of its third.
        assertThat(measured.leftOut())
                .containsExactly(
                        "flat-bit with merged: the build was stopped after 87 s, so that other types have time.");
    }

    /** A type whose build is expected to take more than its share is built last, and named if no time is left for it. */
    @Test
    void aTypeThatNeedsMoreThanItsShareWaits() throws SQLException, IOException {
        Map<Codes, Double> seconds = Map.of(Codes.FLOAT, 5.0, Codes.INT8, 5.0, Codes.BIT, 40.0);
        Measurement all = measure(150, 5, seconds, Map.of());
        assertThat(types(all)).containsExactly("flat-bit", "flat-float", "flat-int8");
        Measurement measured = measure(105, 5, seconds, Map.of());
        assertThat(types(measured)).containsExactly("flat-float", "flat-int8");
        assertThat(measured.leftOut())
                .containsExactly(
                        "flat-bit with merged: a build takes about 40 s and its searches 5 s, more than is left of --minutes.");
    }

    /** Two builds of half of the rows take 40 of 90 seconds, more than the time for choosing parameters. A third type is tried anyway. */
    @Test
    void eachTypeIsTriedOnAPartOfTheRows() throws SQLException, IOException {
        Measurement measured = measure(90, 1, Map.of(Codes.FLOAT, 40.0, Codes.INT8, 40.0, Codes.BIT, 20.0), Map.of());
        assertThat(types(measured)).containsExactly("flat-bit");
        assertThat(measured.leftOut())
                .contains(
                        "flat-float with merged: a build takes about 40 s and its searches 1 s, more than is left of --minutes.",
                        "flat-int8 with merged: a build takes about 40 s and its searches 1 s, more than is left of --minutes.");
    }

    /** Of 120 seconds, those of one bit are searched for more than half. The other types, whose searches are quick, are measured too. */
    @Test
    void aTypeWithSlowSearchesLeavesTimeToOthers() throws SQLException, IOException {
        Measurement measured = measure(
                120,
                1,
                Map.of(Codes.FLOAT, 1.0, Codes.INT8, 1.0, Codes.BIT, 1.0),
                Map.of(),
                Map.of(Codes.BIT, 1.5, Codes.FLOAT, 0.01, Codes.INT8, 0.01));
        assertThat(types(measured)).containsExactly("flat-bit", "flat-float", "flat-int8");
    }

    /** Both builds of the only type miss the target. The answer is built again, as its interval covers builds. */
    @Test
    void anAnswerIsBuiltASecondTimeBesideAnotherBuildOfItsType() throws SQLException, IOException {
        Measurement measured = measure(1000, 1, Map.of(Codes.BIT, 10.0), Map.of());
        assertThat(measured.settings().stream()
                        .map(one -> one.setting().index())
                        .distinct())
                .hasSize(2);
        assertThat(measured.answers()).hasSize(1).allMatch(answer -> answer.builds() == 2);
    }

    private static final Map<Codes, Double> THREE = Map.of(Codes.FLOAT, 10.0, Codes.INT8, 10.0, Codes.BIT, 10.0);
    private static final Measurer.Filter FILTER = new Measurer.Filter(List.of(), List.of());

    /** Each build and step is told of as it ends, as one of a measurement that is not complete. */
    @Test
    void whatIsMeasuredIsToldAtOnce() throws SQLException, IOException {
        Heard heard = new Heard(new ArrayList<>());
        Measurement measured =
                measure(new FakeEngine(THREE, Set.of(), false), 1000, List.of(0.5), FILTER, 20_000, heard);
        assertThat(measured.complete()).isTrue();
        assertThat(measured.filters()).hasSize(3);
        assertThat(measured.leftOut())
                .containsExactly(
                        "filters that 0.10% of the rows match: of 2000 rows, none of these groups has the 10 that are searched for.",
                        "partial indexes: no time.");
        assertThat(heard.soFar.get(0).types()).hasSize(1);
        assertThat(types(heard.soFar.get(2))).hasSize(3);
        assertThat(heard.soFar).allSatisfy(one -> {
            assertThat(one.complete()).isFalse();
            assertThat(one.leftOut()).last().isEqualTo("all that was still to come when this was written.");
            assertThat(one.answers()).hasSize(1);
        });
        assertThat(heard.soFar)
                .extracting(one -> one.filters().size())
                .startsWith(0)
                .containsSubsequence(1, 2, 3);
        assertThat(heard.soFar)
                .extracting(one -> one.answers().get(0).growth() != null)
                .startsWith(false)
                .endsWith(true);
        assertThat(measured.settings()).allMatch(one -> one.clients() == 1);
    }

    /** The searches of one type fail; the other types, the growth and the filters are measured. */
    @Test
    void aFailureIsASentenceBesideWhatWasMeasured() throws SQLException, IOException {
        Measurement measured = measure(
                new FakeEngine(THREE, Set.of(Codes.FLOAT, "filters"), false),
                1000,
                List.of(0.5),
                FILTER,
                20_000,
                new Heard(new ArrayList<>()));
        assertThat(measured.complete()).isFalse();
        assertThat(types(measured)).containsExactly("flat-bit", "flat-int8");
        assertThat(measured.answers()).hasSize(1).allMatch(one -> one.growth() != null);
        assertThat(measured.filters()).hasSize(3);
        assertThat(measured.leftOut())
                .containsExactly(
                        "flat-float with merged: The server says: FLOAT is refused.",
                        "filters that 0.10% of the rows match: of 2000 rows, none of these groups has the 10 that are searched for.",
                        "partial indexes: no time.",
                        "searches with filters: The server says: filters is refused.");
    }

    @Test
    void afterALostEngineNothingIsTried() throws SQLException, IOException {
        Measurement measured = measure(
                new FakeEngine(THREE, Set.of(Codes.FLOAT), true),
                1000,
                List.of(0.5),
                FILTER,
                20_000,
                new Heard(new ArrayList<>()));
        assertThat(measured.complete()).isFalse();
        assertThat(types(measured)).doesNotContain("flat-float").isNotEmpty();
        assertThat(measured.answers()).hasSize(1).allMatch(one -> one.growth() == null && one.builds() == 1);
        assertThat(measured.filters()).isEmpty();
        assertThat(measured.leftOut())
                .contains("flat-float with merged, and all that was still to come: The server says: FLOAT is refused.");
    }

    /** If nothing was measured, the failure is all that there is to say. */
    @Test
    void aFailureOfTheFirstBuildIsThrown() {
        assertThatThrownBy(() -> measure(
                        new FakeEngine(Map.of(Codes.BIT, 1.0), Set.of(Codes.BIT), false),
                        1000,
                        List.of(0.5),
                        null,
                        0,
                        new Heard(new ArrayList<>())))
                .isInstanceOf(SQLException.class)
                .hasMessage("BIT is refused");
        assertThatThrownBy(() -> measure(20, 1, Map.of(Codes.INT8, 40.0), Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--minutes: no index could be built in this time, expected more. flat-int8 with merged: a build takes about"
                                + " 40 s and its searches 0 s, more than is left of --minutes.");
    }

    /** Two targets have the same answer, whose growth needs one build of each part; if one of these fails, the answer stays. */
    @Test
    void theGrowthOfAnIndexIsMeasuredOnce() throws SQLException, IOException {
        FakeEngine engine = new FakeEngine(Map.of(Codes.INT8, 1.0), Set.of(), false);
        Measurement measured = measure(engine, 1000, List.of(0.5, 0.6), null, 20_000, new Heard(new ArrayList<>()));
        assertThat(measured.answers()).hasSize(2).allMatch(one -> one.growth() != null && one.builds() == 2);
        assertThat(engine.builds).filteredOn(one -> one.endsWith(" of 500")).hasSize(1);
        Measurement refused = measure(
                new FakeEngine(Map.of(Codes.INT8, 1.0), Set.of("a fourth"), false),
                1000,
                List.of(0.5, 0.6),
                null,
                20_000,
                new Heard(new ArrayList<>()));
        assertThat(refused.answers()).hasSize(2).allMatch(one -> one.growth() == null && one.builds() == 2);
        assertThat(refused.complete()).isFalse();
        assertThat(refused.leftOut())
                .containsExactly("the growth of flat-int8 with merged: The server says: a fourth is refused.");
    }
}
