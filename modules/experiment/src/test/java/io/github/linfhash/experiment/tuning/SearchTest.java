package io.github.linfhash.experiment.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.method.SharedWork;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.tuning.SearchSpace.Configuration;
import io.github.linfhash.experiment.tuning.SearchSpace.SearchRange;
import io.github.linfhash.experiment.tuning.TrialResult.Balls;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
    private static final RandomStreams RANDOM = new RandomStreams(3);
    private static final TrainingSet BLOBS =
            Blobs.classes(new Blobs.Sizes(3, 16, 60, 10), 1).trainingSet();
    private static final List<Criterion> ALL =
            List.of(Criterion.MAP, Criterion.PRECISION_2, Criterion.RECALL_2, Criterion.PRECISION_0);

    private static Configuration ksh(int trial, int anchors) {
        Map<String, Object> options = Map.of("anchors", anchors);
        return new Configuration(trial, options, MethodRegistry.standard().configure("ksh", options, "test"));
    }

    private static HeldOutJudge judge(int folds, int trainings) {
        return new HeldOutJudge(
                Fold.divide(new TuningData(BLOBS, null, 1000), folds, RANDOM), 3, trainings, SharedWork.NONE, 1000);
    }

    @Test
    void theBetterHalfIsJudgedOnTwiceAsMuch() {
        List<Configuration> configurations = List.of(ksh(0, 1), ksh(1, 20), ksh(2, 1), ksh(3, 16), ksh(4, 2));
        AtomicLong trainings = new AtomicLong();
        List<Score> ranking =
                new SuccessiveHalving(judge(2, 2), ALL, 8, Journal.none(), 2).run(configurations, trainings::addAndGet);

        // Five on one training, three on two, two on four.
        assertThat(trainings).hasValue(5 + 3 + 2 * 2).hasValue(SuccessiveHalving.trainings(5, 4));
        assertThat(ranking).extracting(Score::trainings).containsExactly(4, 4, 2, 1, 1);
        assertThat(ranking.subList(0, 2)).extracting(Score::trial).containsExactlyInAnyOrder(1, 3);
    }

    /** Both folds with both seeds, each once: the same training four times would measure something else. */
    @Test
    void whatIsJudgedOnEverythingIsJudgedOnEachTrainingOnce() {
        Configuration configuration = ksh(0, 16);
        TrialResult all = TrialResult.NONE;
        Set<Double> maps = new TreeSet<>();
        for (int unit = 0; unit < 4; unit++) {
            TrialResult one = judge(2, 2).judge(configuration.method(), 8, unit);
            maps.add(one.map());
            all = all.plus(one);
        }
        assertThat(maps).hasSizeGreaterThan(1);

        Score score = new SuccessiveHalving(judge(2, 2), ALL, 8, Journal.none(), 1)
                .runWhole(List.of(configuration), Progress.Task.SILENT)
                .get(0);

        for (Criterion criterion : ALL) {
            assertThat(score.criteria().get(criterion.key())).isEqualTo(criterion.of(all, 1000));
        }
    }

    /** Ranks by hand: the first is best in three criteria and last in one, the second and third are tied in one. */
    @Test
    void theMeanOfTheRanksDecidesAndEqualValuesShareTheirs() {
        Map<Configuration, TrialResult> measured = new LinkedHashMap<>();
        measured.put(ksh(0, 10), measured(0.5, ball(10, 9), ball(10, 1)));
        measured.put(ksh(1, 11), measured(0.4, ball(10, 5), ball(10, 6)));
        measured.put(ksh(2, 12), measured(0.4, ball(10, 2), ball(10, 8)));
        measured.put(ksh(3, 13), TrialResult.failed("diverged"));

        List<Score> ranked = Score.ranked(measured, ALL, 1000);

        assertThat(ranked).extracting(Score::trial).containsExactly(0, 1, 2, 3);
        assertThat(ranked.get(0).meanRank()).isEqualTo((1 + 1 + 1 + 3) / 4.0);
        assertThat(ranked.get(1).meanRank()).isEqualTo((2.5 + 2 + 2 + 2) / 4.0);
        assertThat(ranked.get(2).meanRank()).isEqualTo((2.5 + 3 + 3 + 1) / 4.0);
        assertThat(ranked.get(3).failure()).isEqualTo("diverged");
    }

    private static TrialResult measured(double map, Balls within2, Balls within0) {
        return new TrialResult(1, map, within2, within0, null, null);
    }

    /** Ten images, each with one neighbor in its ball on average. */
    private static Balls ball(long found, long hits) {
        return new Balls(10, 900, found, hits, 100, 6, 6.0 * hits / found);
    }

    /** Two images, the second with an empty ball. */
    @Test
    void ballsAreSummedOverImagesAndTrainings() {
        DistanceHistograms histograms =
                new DistanceHistograms(2, 3, new int[] {1, 1, 2, 6, 0, 0, 0, 10}, new int[] {1, 0, 1, 2, 0, 0, 0, 4});
        TrialResult twice = TrialResult.of(histograms).plus(TrialResult.of(histograms));

        assertThat(twice.trainings()).isEqualTo(2);
        assertThat(twice.within2()).isEqualTo(new Balls(4, 40, 8, 4, 16, 2, 1));
        assertThat(twice.within2().recall()).isEqualTo(0.25);
        assertThat(twice.within0()).isEqualTo(new Balls(4, 40, 2, 2, 16, 2, 2));
        assertThat(twice.map()).isCloseTo(TrialResult.of(histograms).map(), within(1e-15));
    }

    @Test
    void aTrainingThatFailsIsSaidAndComesLast() {
        // Principal components: 64 bits need 64 dimensions, the blobs have 16.
        TrialResult failed = judge(2, 1).judge(MethodRegistry.standard().configure("itq", Map.of(), "test"), 64, 0);
        assertThat(failed.failure()).isNotEmpty();
        assertThat(failed.plus(measured(0.9, ball(1, 1), ball(1, 1))).failure()).isNotEmpty();
    }

    @Test
    void aWinnerAtABorderWidensTheRange() {
        SearchRange anchors = new SearchRange(null, 1.0, 2.0, null, true, 1.0, null);
        SearchSpace space = space(Map.of("anchors", anchors));
        List<String> said = new ArrayList<>();
        TuningResult.Outcome outcome = search(space, Journal.none(), said).run();

        assertThat(outcome.ranking().get(0).values().get("anchors")).isNotEqualTo(2);
        assertThat(outcome.ranges().get("anchors")).extracting(SearchRange::to).isEqualTo(20.0);
        assertThat(outcome.notes())
                .singleElement()
                .asString()
                .contains(
                        "ksh, 8 bits: anchors was at the upper border of its range 1.0 to 2.0; the tuning run continued with 2.0 to 20.0");
        assertThat(said).isEqualTo(outcome.notes());
        assertThat(outcome.ranking())
                .extracting(Score::trial)
                .doesNotHaveDuplicates()
                .hasSize(1 + 8 + 4);
    }

    /** Of 40 numbers from 1 to 20, evenly in the logarithm, some would be 1. */
    @Test
    void whatIsAddedIsDrawnFromBeyondTheBorderAlone() {
        SearchRange anchors = new SearchRange(null, 1.0, 2.0, null, true, 1.0, null);
        TuningResult.Outcome outcome = search(
                        space(160, 1, List.of(), "ksh", Map.of("anchors", anchors)), Journal.none(), new ArrayList<>())
                .run();

        assertThat(outcome.ranking())
                .filteredOn(score -> score.trial() > 160)
                .hasSizeGreaterThanOrEqualTo(40)
                .extracting(score -> ((Number) score.values().getOrDefault("anchors", 0)).intValue())
                .allMatch(found -> found >= 2);
    }

    /** More epochs than a range has are tried by factors alone. */
    @Test
    void aNumberOfEpochsAtABorderWidensNothing() {
        SearchRange epochs = new SearchRange(null, 2.0, 3.0, SearchRange.Scale.LINEAR, true, 0.0, null);
        Map<String, SearchRange> ranges = Map.of(
                "training.epochs", epochs,
                "training.pairs", SearchRange.of(List.of("in-batch")),
                "training.batch.steps", SearchRange.of(List.of(5)));
        SearchSpace space = space(4, 1, List.of(), "nnh", ranges);
        SuccessiveHalving halving = new SuccessiveHalving(judge(2, 1), ALL, 8, Journal.none(), 1);
        TuningResult.Outcome outcome = new Search(
                        "nnh", space, halving, RANDOM.stream("t"), Progress.NONE, MethodRegistry.standard(), false)
                .run();

        assertThat(epochs.border(2)).isNotNull();
        assertThat(epochs.border(3)).isNotNull();
        assertThat(outcome.ranges().get("training.epochs")).isEqualTo(epochs);
        assertThat(outcome.ranking()).hasSize(4);
        assertThat(outcome.notes()).isEmpty();
    }

    /** A whole journal is left as it is, and a line of other bytes than UTF-8 loses that line alone. */
    @Test
    void aJournalWithOneDamagedLineKeepsTheOthers(@TempDir Path folder) throws IOException {
        SearchSpace space = space(Map.of("anchors", new SearchRange(null, 1.0, 40.0, null, true, 1.0, 40.0)));
        Path file = folder.resolve("trace.json.journal");
        search(space, Journal.in(file, "images"), new ArrayList<>()).run();
        byte[] content = Files.readAllBytes(file);
        int known = Journal.in(file, "images").size();
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        content[3] = (byte) 0xff;
        content[Files.readString(file).indexOf('\t') + 1] = (byte) 0xff;
        Files.write(file, content);
        assertThat(Journal.in(file, "images").size()).isEqualTo(known - 1);
        assertThat(Files.readString(file).lines()).hasSize(known - 1);
    }

    @Test
    void anInterruptedSearchGoesOnAndEndsAlike(@TempDir Path folder) throws IOException {
        SearchSpace space = space(Map.of("anchors", new SearchRange(null, 1.0, 40.0, null, true, 1.0, 40.0)));
        TuningResult.Outcome whole =
                search(space, Journal.none(), new ArrayList<>()).run();
        Path file = folder.resolve("trace.json.journal");
        search(space, Journal.in(file, "images"), new ArrayList<>()).run();
        String text = Files.readString(file);
        int lines = (int) text.lines().count();
        // Killed while the line after the first half was being written.
        List<String> half = text.lines().limit(lines / 2).toList();
        Files.writeString(file, String.join("\n", half) + "\n" + half.get(0).substring(0, 30));

        Journal journal = Journal.in(file, "images");
        assertThat(journal.size()).isEqualTo(lines / 2);
        TuningResult.Outcome resumed = search(space, journal, new ArrayList<>()).run();

        assertThat(resumed.ranking()).isEqualTo(whole.ranking());
        assertThat(Files.readString(file).lines()).hasSize(lines);
        AtomicInteger measured = new AtomicInteger();
        Journal.in(file, "other images").get(ksh(0, 3), 8, 0, () -> {
            measured.incrementAndGet();
            return TrialResult.NONE;
        });
        assertThat(measured).hasValue(1);
    }

    private static Search withDefaults(String method, SearchSpace space, HeldOutJudge judge, boolean tryingDefaults) {
        SuccessiveHalving halving = new SuccessiveHalving(judge, space.criteria(), 8, Journal.none(), 2);
        return new Search(
                method, space, halving, RANDOM.stream("t"), Progress.NONE, MethodRegistry.standard(), tryingDefaults);
    }

    /** The other configurations are those that the stream gives where nothing else draws from it, and last as long as without the defaults. */
    @Test
    void theDefaultsAreConfigurationZeroAndAreJudgedOnEverything() {
        Map<String, SearchRange> ranges = Map.of("iterations", new SearchRange(null, 1.0, 40.0, null, true, 1.0, 40.0));
        SearchSpace space = space(6, 2, List.of(), "itq", ranges);
        HeldOutJudge judge = judge(2, 2);
        List<Score> ranking = withDefaults("itq", space, judge, true).run().ranking();

        UniformRandomProvider stream = RANDOM.stream("t");
        Map<Integer, Map<String, Object>> expected = new LinkedHashMap<>(Map.of(0, Map.of()));
        for (int trial = 1; trial <= 6; trial++) {
            expected.put(trial, SearchSpace.draw(ranges, stream));
        }
        assertThat(ranking).extracting(Score::trial).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
        assertThat(ranking).allSatisfy(score -> assertThat(score.values()).isEqualTo(expected.get(score.trial())));
        TrialResult all = TrialResult.NONE;
        for (int unit = 0; unit < 4; unit++) {
            all = all.plus(judge.judge(MethodRegistry.standard().configure("itq", Map.of(), "test"), 8, unit));
        }
        Score defaults =
                ranking.stream().filter(score -> score.trial() == 0).findFirst().orElseThrow();
        assertThat(defaults.trainings()).isEqualTo(4);
        for (Criterion criterion : ALL) {
            assertThat(defaults.at(criterion.key())).isEqualTo(criterion.of(all, 1000));
        }
        List<Score> without = withDefaults("itq", space, judge, false).run().ranking();
        assertThat(without).hasSize(6).noneMatch(score -> score.trial() == 0);
        for (Score score : without) {
            assertThat(ranking)
                    .filteredOn(one -> one.trial() == score.trial())
                    .extracting(Score::trainings)
                    .containsExactly(score.trainings());
        }
    }

    /** So large a weight of regularization leaves nothing of the classes. */
    @Test
    void theDefaultsWinWhereAllThatIsDrawnIsWorse() {
        Map<String, SearchRange> ranges = Map.of("gamma", SearchRange.of(List.of(100_000)));
        SearchSpace space = space(4, 1, List.of(2.0), "class-codes", ranges);

        TuningResult.Outcome outcome =
                withDefaults("class-codes", space, judge(2, 1), true).run();

        Score winner = outcome.ranking().get(0);
        assertThat(winner.values()).isEmpty();
        assertThat(winner.trial()).isZero();
        assertThat(winner.at("map")).isGreaterThan(outcome.ranking().get(1).at("map"));
        TuningResult result =
                new TuningResult("p", "h", 0, 10, "tune", space, Map.of("class-codes", Map.of(8, outcome)));
        assertThat(result.yaml()).isEqualTo("methods:\n- name: class-codes\n  tunedBy: tune\n");
        assertThat(result.winners())
                .singleElement()
                .asString()
                .startsWith("class-codes, 8 bits: the defaults win with map ")
                .doesNotContain("The defaults reach");
        assertThat(result.failures()).isEmpty();
    }

    @Test
    void theDefaultsWinATie() {
        Map<Configuration, TrialResult> measured = new LinkedHashMap<>();
        measured.put(ksh(1, 10), measured(0.5, ball(1, 1), ball(1, 1)));
        measured.put(ksh(Configuration.DEFAULTS, 11), measured(0.5, ball(1, 1), ball(1, 1)));
        assertThat(Score.ranked(measured, ALL, 100)).extracting(Score::trial).containsExactly(0, 1);
    }

    private static Score score(int trial, Map<String, Object> values) {
        return new Score(trial, values, 2, Map.of("map", 0.5), 1, null);
    }

    /** Options of one length are added to those of all, so the defaults of a length can only stand where others add to them. */
    @Test
    void whereTheDefaultsWinAtOneLengthTheOthersHaveOptionsOfTheirOwn() {
        Map<Integer, TuningResult.Outcome> outcomes = new LinkedHashMap<>();
        Score found = score(3, Map.of("anchors", 20));
        outcomes.put(8, new TuningResult.Outcome(List.of(found, score(0, Map.of())), Map.of(), List.of()));
        outcomes.put(16, new TuningResult.Outcome(List.of(score(0, Map.of()), found), Map.of(), List.of()));
        outcomes.put(32, new TuningResult.Outcome(List.of(score(2, Map.of("anchors", 30))), Map.of(), List.of()));
        SearchSpace space = space(Map.of("anchors", SearchRange.of(List.of(1))));
        TuningResult result = new TuningResult("p", "h", 0, 10, "tune", space, Map.of("ksh", outcomes));

        assertThat(result.yaml()).isEqualTo("""
                methods:
                - name: ksh
                  optionsAt:
                    8:
                      anchors: 20
                    32:
                      anchors: 30
                  tunedBy: tune
                """);
        assertThat(result.winners())
                .containsExactly(
                        "ksh, 8 bits: configuration 3 wins with map 0.5000 on held-out data of 2 trainings; 1 of the 1"
                                + " others judged on the same data are as good in at least half of the criteria, so"
                                + " another tuning run may choose one of those. The defaults reach map 0.5000 on the"
                                + " same data",
                        "ksh, 16 bits: the defaults win with map 0.5000 on held-out data of 2 trainings; 1 of the 1"
                                + " others judged on the same data are as good in at least half of the criteria, so"
                                + " another tuning run may choose one of those",
                        "ksh, 32 bits: configuration 2 wins with map 0.5000 on held-out data of 2 trainings; 0 of the"
                                + " 0 others judged on the same data are as good in at least half of the criteria");
    }

    @Test
    void otherNumbersOfEpochsAreTriedForTheBest() {
        Map<String, SearchRange> ranges = Map.of(
                "training.epochs", SearchRange.of(List.of(2)),
                "training.pairs", SearchRange.of(List.of("in-batch")),
                "training.batch.steps", SearchRange.of(List.of(5)),
                "training.learningRate", SearchRange.logarithmic(0.001, 0.1));
        SearchSpace space = space(4, 1, List.of(0.5, 2.0), "nnh", ranges);
        SuccessiveHalving halving = new SuccessiveHalving(judge(2, 1), ALL, 8, Journal.none(), 1);
        TuningResult.Outcome outcome = new Search(
                        "nnh", space, halving, RANDOM.stream("t"), Progress.NONE, MethodRegistry.standard(), false)
                .run();

        assertThat(outcome.ranking().stream().map(score -> score.values().get("training.epochs")))
                .containsExactlyInAnyOrder(2, 2, 2, 2, 1, 4);
        assertThat(outcome.ranking()).extracting(Score::trial).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
        List<Score> judged =
                outcome.ranking().stream().filter(s -> s.trainings() == 2).toList();
        assertThat(judged.stream().map(score -> score.values().get("training.epochs")))
                .contains(1, 2, 4);
    }

    @Test
    void rangesHaveBordersWhereNatureHasNone() {
        SearchRange range = SearchRange.logarithmic(0.1, 10);
        assertThat(range.border(0.1)).isEqualTo(SearchRange.Side.LOW);
        assertThat(range.border(9.9)).isEqualTo(SearchRange.Side.HIGH);
        assertThat(range.border(1.0)).isNull();
        assertThat(range.widened(SearchRange.Side.LOW)).isEqualTo(SearchRange.logarithmic(0.01, 10));
        assertThat(range.beyond(SearchRange.Side.HIGH)).isEqualTo(SearchRange.logarithmic(10, 100));
        SearchRange share = new SearchRange(null, 0.0, 0.8, SearchRange.Scale.LINEAR, null, 0.0, 0.95);
        assertThat(share.border(0.0)).isNull();
        assertThat(share.border(0.8)).isEqualTo(SearchRange.Side.HIGH);
        assertThat(share.widened(SearchRange.Side.HIGH).to()).isEqualTo(0.95);
        assertThatThrownBy(() -> new SearchRange(null, 0.0, 1.0, null, null, null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SearchSpace space(Map<String, SearchRange> ranges) {
        return space(8, 1, List.of(), "ksh", ranges);
    }

    private static SearchSpace space(
            int trials, int trainings, List<Double> factors, String method, Map<String, SearchRange> ranges) {
        SearchSpace.Epochs epochs = new SearchSpace.Epochs(1, factors);
        return new SearchSpace(
                SearchSpace.SCHEMA, "for tests", trials, 2, trainings, ALL, epochs, List.of(8), Map.of(method, ranges));
    }

    private static Search search(SearchSpace space, Journal journal, List<String> said) {
        SuccessiveHalving halving = new SuccessiveHalving(judge(2, 1), ALL, 8, journal, 1);
        return new Search(
                "ksh", space, halving, RANDOM.stream("t"), Progress.notes(said::add), MethodRegistry.standard(), true);
    }
}
