package io.github.linfhash.reports.ranking;

import io.github.linfhash.core.evaluation.EvaluatorVersion;
import io.github.linfhash.reports.ranking.Leaderboard.RulesVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was handed in, by protocol and by version of its rules. Only what is of one version is ranked together.
 *
 * @param protocols in the order in which they occur first
 */
public record Leaderboards(List<Entry> protocols) {
    /**
     * A protocol.
     *
     * @param name its name
     * @param standings one for each version of its rules, the latest first
     * @param today the hash of the protocol as it is today; empty where it is not known
     */
    public record Entry(String name, List<Leaderboard> standings, Optional<String> today) {
        public Entry {
            standings = List.copyOf(standings);
        }

        /** That by the latest rules. */
        public Leaderboard latest() {
            return standings.get(0);
        }

        /** Whether a standing of this protocol is that by the latest rules. */
        public boolean isLatest(Leaderboard standing) {
            return latest().version().equals(standing.version());
        }

        /** Whether a standing was measured by another protocol or evaluator than today's. A protocol that is not known is no other. */
        public boolean isOfOtherRules(Leaderboard standing) {
            RulesVersion version = standing.version();
            return version.evaluator() != EvaluatorVersion.CURRENT
                    || today.filter(rules -> !rules.equals(version.rules())).isPresent();
        }

        /** Those by older rules, from new to old. */
        public List<Leaderboard> older() {
            return standings.subList(1, standings.size());
        }
    }

    public Leaderboards {
        protocols = List.copyOf(protocols);
    }

    /**
     * The board of some results. Of two versions of a protocol the later has the larger version of the evaluator; of those with
     * the same, the rules that are current; of others, those of the results that come later.
     *
     * @param today the hashes of the protocols as they are today, by name; one that is not in it is not known
     * @throws io.github.linfhash.core.errors.InputException if results of one version draw other splits with one seed
     */
    public static Leaderboards of(List<SubmittedResults> given, Map<String, String> today) {
        Map<String, Map<RulesVersion, List<SubmittedResults>>> grouped = new LinkedHashMap<>();
        for (SubmittedResults one : given) {
            RulesVersion version = one.version();
            grouped.computeIfAbsent(version.protocol(), unused -> new LinkedHashMap<>())
                    .computeIfAbsent(version, unused -> new ArrayList<>())
                    .add(one);
        }
        List<Entry> protocols = new ArrayList<>();
        grouped.forEach((name, versions) -> {
            List<RulesVersion> order = new ArrayList<>(versions.keySet());
            Collections.reverse(order);
            order.sort(Comparator.comparingInt((RulesVersion version) -> -version.evaluator())
                    .thenComparing(version -> !version.rules().equals(today.get(name))));
            protocols.add(new Entry(
                    name,
                    order.stream()
                            .map(version -> Leaderboard.of(version, versions.getOrDefault(version, List.of())))
                            .toList(),
                    Optional.ofNullable(today.get(name))));
        });
        return new Leaderboards(protocols);
    }

    /** All standings, by protocol, the latest of each first. */
    public List<Leaderboard> standings() {
        return protocols.stream().flatMap(entry -> entry.standings().stream()).toList();
    }

    /** Whether a standing was measured by another protocol or evaluator than today's. */
    public boolean isOfOtherRules(Leaderboard standing) {
        return protocols.stream()
                .filter(entry -> entry.name().equals(standing.version().protocol()))
                .anyMatch(entry -> entry.isOfOtherRules(standing));
    }
}
