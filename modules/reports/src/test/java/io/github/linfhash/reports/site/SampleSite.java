package io.github.linfhash.reports.site;

import io.github.linfhash.reports.ranking.Leaderboards;
import io.github.linfhash.reports.ranking.SampleLeaderboards;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.List;

/** Sites of results that nobody measured. */
public final class SampleSite {
    private SampleSite() {}

    /** Two protocols, one of which has older rules, a method with rows, and two submissions of one name. */
    public static Leaderboards small() {
        Results sample = SampleResults.lengthOptions();
        Results older = SampleLeaderboards.underRules(SampleResults.rows(), "older");
        List<String> many = new ArrayList<>(List.of("itq", "lsh", "ksh"));
        for (int i = 0; i < 9; i++) {
            many.add("method-" + i);
        }
        Results other = SampleLeaderboards.renamed(
                MadeResults.of(
                        many,
                        List.of(16, 32, 64),
                        4,
                        (method, bits, seed) ->
                                0.3 + bits / 500.0 + 0.01 * (many.indexOf(method) / 3.0) + noise(method, seed)),
                "other",
                "Another protocol");
        Results sent = SampleLeaderboards.external(SampleLeaderboards.renamed(
                MadeResults.of(List.of("ours"), List.of(16, 32), 4, (method, bits, seed) -> 0.35 + noise(method, seed)),
                "other",
                "Another protocol"));
        return SampleLeaderboards.of(
                SampleLeaderboards.own("old-results", older),
                SampleLeaderboards.own("results", sample),
                SampleLeaderboards.own("other-results", other),
                SampleLeaderboards.sent(
                        "sent-a",
                        sent,
                        SampleLeaderboards.about("ours", "A. Author", "https://a.example/code?x=1&y=2")),
                SampleLeaderboards.sent(
                        "sent-b", sent, SampleLeaderboards.about("ours", "B. Author", "https://b.example/")));
    }

    private static double noise(String method, long seed) {
        return Math.floorMod(method.hashCode() * 31 + (int) seed * 7919, 101) / 10_000.0;
    }

    /** A board whose texts are all one. */
    public static Leaderboards called(String name) {
        Results results = SampleResults.everythingCalled(name);
        return SampleLeaderboards.of(
                SampleLeaderboards.own(name, results), SampleLeaderboards.own(name + "2", results));
    }

    /** Many methods under several protocols. */
    public static Leaderboards large(int methods, int protocols) {
        return SampleLeaderboards.large(methods, protocols);
    }
}
