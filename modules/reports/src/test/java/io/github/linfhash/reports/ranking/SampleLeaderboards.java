package io.github.linfhash.reports.ranking;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.QueryValues;
import io.github.linfhash.results.schema.SubmissionCard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Boards of results that nobody measured. */
public final class SampleLeaderboards {
    private SampleLeaderboards() {}

    /** A results file of the suite's own in a folder of its own. */
    public static SubmittedResults own(String label, Results results) {
        return new SubmittedResults(
                Path.of(label, "results.json"), label, results, Optional.empty(), Optional.empty(), QueryValues.NONE);
    }

    /** A results file that somebody sent. */
    public static SubmittedResults sent(String label, Results results, SubmissionCard about) {
        return new SubmittedResults(
                Path.of(label, "results.json"), label, results, Optional.of(about), Optional.empty(), QueryValues.NONE);
    }

    /** Who sent results, and an address of code. */
    public static SubmissionCard about(String name, String author, String code) {
        return new SubmissionCard(
                SubmissionCard.SCHEMA,
                name,
                name,
                List.of(author),
                code,
                "MIT",
                null,
                "a laptop",
                new SubmissionCard.Seconds(1.5, null),
                null,
                "None.");
    }

    /** The board of some results, of protocols that are not known. */
    public static Leaderboards of(SubmittedResults... given) {
        return Leaderboards.of(List.of(given), Map.of());
    }

    /** Returns results under another protocol's name and rules. */
    public static Results renamed(Results results, String protocol, String title) {
        return MadeResults.named(results, protocol, title, Digests.sha256(protocol));
    }

    /** Returns results under other rules of their protocol. */
    public static Results underRules(Results results, String rules) {
        ProtocolSummary p = results.protocol();
        return MadeResults.named(results, p.name(), p.title(), Digests.sha256(rules));
    }

    /** Returns results of methods whose codes were made elsewhere. */
    public static Results external(Results results) {
        List<Configuration> methods = new ArrayList<>();
        for (Configuration method : results.protocol().methods()) {
            methods.add(new Configuration(
                    method.name(), method.title(), method.citation(), Supervision.EXTERNAL, Map.of(), Map.of()));
        }
        return new Results(
                results.protocol()
                        .withRuns(results.protocol().bits(), results.protocol().seeds(), methods),
                results.environment(),
                results.runs());
    }

    /**
     * Many methods under several protocols with five seeds, at 32 and 64 bits, for pages of a size that is worth measuring.
     *
     * @param methods how many
     * @param protocols how many
     */
    public static Leaderboards large(int methods, int protocols) {
        List<String> names = new ArrayList<>();
        for (int m = 0; m < methods; m++) {
            names.add("method-" + m);
        }
        List<SubmittedResults> given = new ArrayList<>();
        for (int p = 0; p < protocols; p++) {
            Results made = MadeResults.of(names, List.of(32, 64), 5, SampleLeaderboards::value);
            given.add(own("results-" + p, renamed(made, "protocol-" + p, "Protocol " + p)));
        }
        return Leaderboards.of(given, Map.of());
    }

    private static double value(String method, int bits, long seed) {
        int number = Integer.parseInt(method.substring(method.indexOf('-') + 1));
        double noise = Math.floorMod(Integer.hashCode(number * 31 + (int) seed * 17), 13) / 2000.0;
        return 0.2 + 0.003 * (number % 180) + bits / 1000.0 + noise;
    }
}
