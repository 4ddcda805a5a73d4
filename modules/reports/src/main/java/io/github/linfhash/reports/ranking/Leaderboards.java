package io.github.linfhash.reports.ranking;

import io.github.linfhash.core.evaluation.EvaluatorVersion;
import io.github.linfhash.reports.ranking.Leaderboard.RulesVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rankings of some results, one for each version of the rules of a protocol.
 *
 * @param standings by protocol, in the order of the results; of a protocol the latest rules first
 * @param today the hashes of today's protocols by name
 */
public record Leaderboards(List<Leaderboard> standings, Map<String, String> today) {
    public Leaderboards {
        standings = List.copyOf(standings);
        today = Map.copyOf(today);
    }

    /**
     * Groups results by the version of their rules and ranks each group. Of two versions, the later one has the larger version of the
     * evaluator; with the same evaluator, it is that of today's protocol, or else that of the results that come later.
     *
     * @param today the hashes of today's protocols by name
     * @throws io.github.linfhash.core.errors.InputException if results of one version draw different splits with one seed
     */
    public static Leaderboards of(List<SubmittedResults> given, Map<String, String> today) {
        Map<String, Map<RulesVersion, List<SubmittedResults>>> grouped = new LinkedHashMap<>();
        for (SubmittedResults one : given) {
            RulesVersion version = one.version();
            grouped.computeIfAbsent(version.protocol(), unused -> new LinkedHashMap<>())
                    .computeIfAbsent(version, unused -> new ArrayList<>())
                    .add(one);
        }
        List<Leaderboard> standings = new ArrayList<>();
        grouped.forEach((name, versions) -> {
            List<RulesVersion> order = new ArrayList<>(versions.keySet());
            Collections.reverse(order);
            order.sort(Comparator.comparingInt((RulesVersion version) -> -version.evaluator())
                    .thenComparing(version -> !version.rules().equals(today.get(name))));
            order.forEach(version -> standings.add(Leaderboard.of(version, versions.getOrDefault(version, List.of()))));
        });
        return new Leaderboards(standings, today);
    }

    /** Returns whether results were measured with another protocol or evaluator than today's; an unknown protocol is not another one. */
    public boolean isOfOtherRules(Leaderboard standing) {
        RulesVersion version = standing.version();
        return version.evaluator() != EvaluatorVersion.CURRENT
                || !today.getOrDefault(version.protocol(), version.rules()).equals(version.rules());
    }
}
