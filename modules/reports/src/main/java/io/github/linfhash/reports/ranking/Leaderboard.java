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
 * The results of one version of the rules of a protocol, ranked.
 *
 * @param version the version of the rules
 * @param given the results, at least one
 * @param participants their methods, in the order of the results
 * @param rankings a ranking for each metric and code length that any participant has, by metric, then ascending by length
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
     * @throws InputException if two of them have different splits for a seed
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

    /** Returns the protocol, as the first results describe it. */
    public ProtocolSummary protocol() {
        return first().protocol();
    }

    /** Returns the first results. */
    public Results first() {
        return given.get(0).results();
    }

    /** Returns the code lengths of all rankings, ascending. */
    public List<Integer> bits() {
        return List.copyOf(rankings.stream().map(Ranking::bits).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Returns all ranked metrics: first those that the protocol shows, then the others in the order of results.json. */
    public List<Quantity> quantities() {
        return rankings.stream().map(Ranking::quantity).distinct().toList();
    }

    /** Returns the ranked metrics that the protocol shows. */
    public List<Quantity> headline() {
        List<String> keys = protocol().headline();
        return quantities().stream()
                .filter(quantity -> keys.contains(quantity.key()))
                .toList();
    }

    /** Returns the rankings of a code length. */
    public List<Ranking> at(int bits) {
        return rankings.stream().filter(ranking -> ranking.bits() == bits).toList();
    }

    /** Returns the participants with runs at a code length, failed runs included, in their order. */
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
            Map<String, Set<Integer>> opened = new HashMap<>();
            one.results()
                    .protocol()
                    .bits()
                    .forEach(bits -> one.results()
                            .opened(bits)
                            .forEach(method -> opened.computeIfAbsent(method.entry(), unused -> new TreeSet<>())
                                    .add(bits)));
            for (Configuration method : one.results().protocol().configurations()) {
                boolean alone =
                        Stream.of(method.entry(), method.label()).allMatch(name -> called.getOrDefault(name, 0L) == 1);
                participants.add(new RankedConfiguration(
                        one,
                        method,
                        alone,
                        opened.getOrDefault(method.entry(), Set.of()),
                        runs.getOrDefault(method.entry(), List.of())));
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
     * The version of rules, data and evaluator; only results with equal versions are ranked together.
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

        /** Returns a short name of digits, letters and hyphens: the evaluator, then eight digits of a hash of all hashes. */
        public String shortName() {
            return "e" + evaluator + "-"
                    + Digests.sha256(rules + "/" + data + "/" + features).substring(0, DIGITS);
        }

        /** Returns a safe file name for results of this version: the protocol and the short name. */
        public String fileName() {
            return SafeName.of(protocol) + "-" + shortName();
        }
    }
}
