package io.github.linfhash.reports.ranking;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.io.files.SafeName;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that was measured by one version of the rules of a protocol, and so may be ranked.
 *
 * @param version the rules
 * @param given at least one
 * @param participants their methods in the order of the submissions
 * @param rankings of every number at every code length that somebody has it at, by number, then ascending by length
 */
public record Leaderboard(
        RulesVersion version,
        List<SubmittedResults> given,
        List<RankedConfiguration> participants,
        List<Ranking> rankings) {
    public Leaderboard {
        given = List.copyOf(given);
        participants = List.copyOf(participants);
        rankings = List.copyOf(rankings);
    }

    /**
     * Ranks the participants of results of one version.
     *
     * @throws InputException if two of them draw other splits with one seed
     */
    static Leaderboard of(RulesVersion version, List<SubmittedResults> given) {
        requireSameSplits(given);
        List<RankedConfiguration> participants = participants(given);
        List<Integer> lengths = participants.stream()
                .flatMap(participant -> participant.bits().stream())
                .distinct()
                .sorted()
                .toList();
        List<Ranking> rankings = new ArrayList<>();
        for (Quantity quantity : quantities(given)) {
            for (int bits : lengths) {
                Ranking ranking = Ranking.of(participants, quantity, bits);
                if (!ranking.places().isEmpty()) {
                    rankings.add(ranking);
                }
            }
        }
        return new Leaderboard(version, given, participants, rankings);
    }

    /** Returns the protocol that all were measured by, as the first results describe it. */
    public ProtocolSummary protocol() {
        return first().protocol();
    }

    /** The first results. */
    public Results first() {
        return given.get(0).results();
    }

    /** The code lengths of all, ascending. */
    public List<Integer> bits() {
        return List.copyOf(rankings.stream().map(Ranking::bits).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The numbers that anybody has: those that the protocol shows first, then the others in the order of results.json. */
    public List<Quantity> quantities() {
        return rankings.stream().map(Ranking::quantity).distinct().toList();
    }

    /** The numbers that the protocol shows. */
    public List<Quantity> headline() {
        List<String> keys = protocol().headline();
        return quantities().stream()
                .filter(quantity -> keys.contains(quantity.key()))
                .toList();
    }

    /** The rankings of one code length. */
    public List<Ranking> at(int bits) {
        return rankings.stream().filter(ranking -> ranking.bits() == bits).toList();
    }

    /** Who was run at a code length, whether all of it failed or not; in the order of the participants. */
    public List<RankedConfiguration> runAt(int bits) {
        return participants.stream()
                .filter(participant -> !participant.runs(bits).isEmpty())
                .toList();
    }

    private static List<RankedConfiguration> participants(List<SubmittedResults> given) {
        Map<String, Long> called = given.stream()
                .flatMap(one -> one.results().protocol().configurations().stream())
                .flatMap(method -> Stream.of(method.entry(), method.label()).distinct())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        List<RankedConfiguration> participants = new ArrayList<>();
        for (SubmittedResults one : given) {
            Map<String, String> configurations = one.results().protocol().methods().stream()
                    .collect(Collectors.toMap(Configuration::entry, Configuration::configuration));
            Map<String, List<RunResult>> runs = one.results().runs().stream()
                    .collect(Collectors.groupingBy(
                            run -> Objects.requireNonNull(
                                    configurations.get(run.key().entry())),
                            LinkedHashMap::new,
                            Collectors.toList()));
            for (Configuration method : one.results().protocol().configurations()) {
                boolean alone =
                        Stream.of(method.entry(), method.label()).allMatch(name -> called.getOrDefault(name, 0L) == 1);
                participants.add(
                        new RankedConfiguration(one, method, alone, runs.getOrDefault(method.entry(), List.of())));
            }
        }
        return participants;
    }

    private static List<Quantity> quantities(List<SubmittedResults> given) {
        Set<String> present = new LinkedHashSet<>();
        for (SubmittedResults one : given) {
            one.results().runs().forEach(run -> present.addAll(run.metrics().keySet()));
        }
        Set<String> keys = new LinkedHashSet<>(given.get(0).results().protocol().headline());
        keys.addAll(StandardMetrics.keys());
        keys.addAll(present);
        keys.retainAll(present);
        return keys.stream().map(StandardMetrics::quantity).toList();
    }

    private static void requireSameSplits(List<SubmittedResults> given) {
        Map<Long, String> splits = new HashMap<>();
        Map<Long, String> where = new HashMap<>();
        for (SubmittedResults one : given) {
            for (RunResult run : one.results().runs()) {
                long seed = run.key().seed();
                String known = splits.putIfAbsent(seed, run.splitHash());
                String first = where.computeIfAbsent(seed, unused -> one.label());
                if (known != null && !known.equals(run.splitHash())) {
                    throw new InputException("Results of the protocol "
                            + one.results().protocol().name() + " in " + first + " and " + one.label()
                            + ": expected the same hash of the split of seed " + seed + ", found "
                            + known.substring(0, 12) + " and "
                            + run.splitHash().substring(0, 12));
                }
            }
        }
    }

    /**
     * All that has to be the same before two numbers may be ranked.
     *
     * @param protocol the protocol's name
     * @param rules the hash of the protocol
     * @param data the hash of the data
     * @param features the hash of the features
     * @param evaluator the version of the evaluator
     */
    public record RulesVersion(String protocol, String rules, String data, String features, int evaluator) {
        private static final int DIGITS = 8;

        /** Returns the version of the rules of some results. */
        public static RulesVersion of(Results results) {
            ProtocolSummary protocol = results.protocol();
            return new RulesVersion(
                    protocol.name(),
                    protocol.hash(),
                    protocol.dataset().hash(),
                    protocol.features().hash(),
                    results.environment().evaluator());
        }

        /** A short name of it, of digits, letters and hyphens: the evaluator, then eight digits that stand for all hashes. */
        public String shortName() {
            return "e" + evaluator + "-"
                    + Digests.sha256(rules + "/" + data + "/" + features).substring(0, DIGITS);
        }

        /** A safe name of a file of results: the protocol and the short name. */
        public String fileName() {
            return SafeName.of(protocol) + "-" + shortName();
        }
    }
}
