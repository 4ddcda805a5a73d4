package io.github.linfhash.reports.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.evaluation.EvaluatorVersion;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.testing.InputErrors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaderboardsTest {
    private static final Results SAMPLE = SampleResults.comparison();

    private static Results evaluatedBy(int evaluator) {
        return new Results(SAMPLE.protocol(), SampleResults.evaluatedBy(evaluator), SAMPLE.runs());
    }

    private static List<String> order(Leaderboards board) {
        return board.standings().stream()
                .map(standing -> standing.given().get(0).label())
                .toList();
    }

    @Test
    void versionsAreNeverRankedTogetherAndTheLaterEvaluatorComesFirst() {
        Leaderboards board = SampleLeaderboards.of(
                SampleLeaderboards.own("second", evaluatedBy(2)),
                SampleLeaderboards.own("unnamed", SAMPLE),
                SampleLeaderboards.own("third", evaluatedBy(3)));
        assertThat(order(board)).containsExactly("third", "second", "unnamed");
        assertThat(board.standings()).allSatisfy(standing -> {
            assertThat(standing.participants()).hasSize(4);
            assertThat(standing.rankings().get(0).places()).hasSize(4);
        });
    }

    @Test
    void resultsWithoutAnEvaluatorAreOfTheFirst() {
        Leaderboards board = SampleLeaderboards.of(
                SampleLeaderboards.own("unnamed", SAMPLE), SampleLeaderboards.own("named", evaluatedBy(1)));
        assertThat(board.standings()).hasSize(1);
        assertThat(board.standings().get(0).participants()).hasSize(8);
    }

    @Test
    void ofOneEvaluatorTheRulesOfTodayAreTheLatestAndElseTheOnesThatComeLast() {
        SubmittedResults old = SampleLeaderboards.own("old", SampleLeaderboards.underRules(SAMPLE, "old"));
        SubmittedResults today = SampleLeaderboards.own("today", SampleLeaderboards.underRules(SAMPLE, "today"));
        SubmittedResults older = SampleLeaderboards.own("older", SampleLeaderboards.underRules(SAMPLE, "older"));
        List<SubmittedResults> all = List.of(today, old, older);
        String protocol = SAMPLE.protocol().name();
        assertThat(order(Leaderboards.of(all, Map.of(protocol, Digests.sha256("today")))))
                .startsWith("today");
        assertThat(order(Leaderboards.of(all, Map.of()))).containsExactly("older", "old", "today");
        assertThat(old.version().shortName())
                .matches("e1-[0-9a-f]{8}")
                .isNotEqualTo(today.version().shortName());
    }

    @Test
    void rulesAreOtherThanTodaysByTheirHashOrTheirEvaluator() {
        String protocol = SAMPLE.protocol().name();
        String hash = SAMPLE.protocol().hash();
        assertThat(ofOtherRules(SAMPLE, Map.of(protocol, hash))).isFalse();
        assertThat(ofOtherRules(SAMPLE, Map.of(protocol, Digests.sha256("changed"))))
                .isTrue();
        assertThat(ofOtherRules(SAMPLE, Map.of("another", Digests.sha256("changed"))))
                .as("nothing is known of the protocol")
                .isFalse();
        assertThat(ofOtherRules(evaluatedBy(EvaluatorVersion.CURRENT), Map.of(protocol, hash)))
                .isFalse();
        assertThat(ofOtherRules(evaluatedBy(EvaluatorVersion.CURRENT + 1), Map.of(protocol, hash)))
                .isTrue();
    }

    private static boolean ofOtherRules(Results results, Map<String, String> today) {
        Leaderboards board = Leaderboards.of(List.of(SampleLeaderboards.own("one", results)), today);
        return board.isOfOtherRules(board.standings().get(0));
    }

    @Test
    void methodsOfOneNameInTwoFilesAreTwoRows() {
        Results mine = SampleLeaderboards.external(MadeResults.of(List.of("ours"), List.of(48), 2, (m, b, s) -> 0.5));
        Leaderboards board = SampleLeaderboards.of(
                SampleLeaderboards.sent("first", mine, SampleLeaderboards.about("ours", "A", "https://a.example/x")),
                SampleLeaderboards.sent("second", mine, SampleLeaderboards.about("ours", "B", "https://b.example/x")));
        List<RankedConfiguration> participants = board.standings().get(0).participants();
        assertThat(participants)
                .extracting(RankedConfiguration::label)
                .containsExactly("ours (first)", "ours (second)");
        assertThat(participants).extracting(RankedConfiguration::key).containsExactly("first/ours", "second/ours");
        assertThat(participants)
                .extracting(participant -> participant.given().source(participant.method()))
                .containsExactly("https://a.example/x", "https://b.example/x");
    }

    @Test
    void aSubmissionIsMarkedAndTheSuitesOwnMethodsAreNot() {
        Results mine = SampleLeaderboards.external(MadeResults.of(List.of("ours"), List.of(48), 2, (m, b, s) -> 0.5));
        Results own = MadeResults.of(List.of("itq"), List.of(48), 2, (m, b, s) -> 0.4);
        Leaderboards board = SampleLeaderboards.of(
                SampleLeaderboards.own("own", own),
                SampleLeaderboards.sent("sent", mine, SampleLeaderboards.about("ours", "A", "https://a.example/x")));
        assertThat(board.standings().get(0).participants())
                .extracting(RankedConfiguration::label)
                .containsExactly("itq", "ours (submission)");
    }

    @Test
    void otherSplitsWithOneSeedAreRefused() {
        // Made results draw a split for each seed, those of the sample one for all.
        Results other = MadeResults.of(List.of("ksh"), List.of(48), 2, (m, b, s) -> 0.5);
        InputErrors.assertOneSentence(
                () -> SampleLeaderboards.of(
                        SampleLeaderboards.own("one", SampleResults.reproduction()),
                        SampleLeaderboards.own("two", other)),
                "in one and two",
                "expected the same hash of the split of seed 0");
    }
}
