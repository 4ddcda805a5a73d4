package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.SearchSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The runs that one command compares under a protocol: those of some participants at some code lengths with some seeds.
 *
 * @param protocol the data and the rules
 * @param participants in the order of reports
 * @param bits the code lengths N
 * @param seeds the seeds
 */
public record Comparison(Protocol protocol, List<Participant> participants, List<Integer> bits, List<Long> seeds) {
    public Comparison {
        participants = List.copyOf(participants);
        bits = List.copyOf(bits);
        seeds = List.copyOf(seeds);
    }

    /** A comparison of methods alone. */
    public static Comparison of(
            Protocol protocol, List<ConfiguredMethod<?>> methods, List<Integer> bits, List<Long> seeds) {
        return new Comparison(
                protocol,
                methods.stream()
                        .<Participant>map(method -> new MethodParticipant(method))
                        .toList(),
                bits,
                seeds);
    }

    /** The methods among the participants. */
    public List<ConfiguredMethod<?>> methods() {
        return participants.stream()
                .flatMap(participant -> participant instanceof MethodParticipant one
                        ? Stream.<ConfiguredMethod<?>>of(one.method())
                        : Stream.empty())
                .toList();
    }

    /** The reasons why a device cannot train methods with their options at some code length, with the names of these methods. */
    public Map<String, Set<String>> obstacles(TrainingDevice device) {
        Map<String, Set<String>> obstacles = new LinkedHashMap<>();
        for (ConfiguredMethod<?> method : methods()) {
            bits.forEach(length -> device.obstacle(method.at(length).method())
                    .ifPresent(reason -> obstacles
                            .computeIfAbsent(reason, unused -> new LinkedHashSet<>())
                            .add(method.entry())));
        }
        return obstacles;
    }

    /**
     * Checks that the methods with the options of each code length can learn from labels, those of the data.
     *
     * @throws io.github.linfhash.core.errors.InputException if one cannot, in a sentence
     */
    void requireFit(Labels labels) {
        for (ConfiguredMethod<?> method : methods()) {
            bits.forEach(length -> TrainingDevice.requireFit(method.at(length).method(), labels));
        }
    }

    /** Returns the summaries of all participants for results. */
    List<MethodSummary> summaries() {
        return participants.stream().map(Participant::summary).toList();
    }

    /** The searches that gave participants their options. */
    List<SearchSummary> searches() {
        return participants.stream()
                .flatMap(participant -> Stream.ofNullable(participant.search()))
                .toList();
    }

    /** The run of this name, as far as it is known here; none where nobody makes its codes. */
    Optional<Run> run(RunKey key) {
        return participants.stream()
                .filter(participant ->
                        participant.entry().equals(key.entry()) && participant.makes(key.bits(), key.seed()))
                .map(participant -> new Run(participant, key))
                .findFirst();
    }

    /** All runs, those of one seed together, as they share their split. */
    List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (long seed : seeds) {
            for (int n : bits) {
                for (Participant participant : participants) {
                    if (protocol.runs(participant.entry(), n, seed) && participant.makes(n, seed)) {
                        runs.add(Run.of(participant, n, seed));
                    }
                }
            }
        }
        return runs;
    }
}
