package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.schema.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /**
     * Checks that the methods with the options of each code length can learn from labels, those of the data.
     *
     * @throws io.github.linfhash.core.errors.InputException if one cannot, in a sentence
     */
    void requireFit(Labels labels) {
        for (Participant participant : participants) {
            bits.forEach(length ->
                    participant.method(length).ifPresent(method -> TrainingDevice.requireFit(method, labels)));
        }
    }

    /** Returns the summaries of all participants for results with runs of some code lengths. */
    public List<Configuration> configurations(List<Integer> lengths) {
        return participants.stream()
                .map(participant -> participant.configuration(lengths))
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
