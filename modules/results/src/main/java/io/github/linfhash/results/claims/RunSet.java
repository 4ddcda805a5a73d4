package io.github.linfhash.results.claims;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.OptionValue;
import io.github.linfhash.results.schema.SameRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The runs of several results that were measured by the same rules on the same data; the first file counts first. */
final class RunSet {
    /** A method as it took part in one of the results. */
    record Entrant(ClaimEvidence evidence, MethodSummary method) {
        /** The runs at a code length that did not fail, by seed. */
        Map<Long, RunResult> runs(int bits) {
            Map<Long, RunResult> runs = new TreeMap<>();
            for (RunResult run : evidence.results().runs(method.entry(), bits)) {
                if (!run.failed()) {
                    runs.put(run.key().seed(), run);
                }
            }
            return runs;
        }

        /** One value a query of a run of the entrant's. */
        Optional<double[]> queries(@Nullable RunResult run, String metric) {
            return run == null ? Optional.empty() : evidence.queries().of(run, metric);
        }
    }

    /** Two methods to be compared. */
    record Pair(Entrant subject, Entrant other) {}

    private final List<ClaimEvidence> files;

    /** @throws io.github.linfhash.core.errors.InputException if rules or data differ */
    RunSet(List<ClaimEvidence> files) {
        this.files = List.copyOf(files);
        files.forEach(file -> SameRules.require(files.get(0).results(), file.results()));
    }

    boolean synthetic() {
        return files.get(0).results().protocol().dataset().synthetic();
    }

    /** All code lengths, ascending. */
    List<Integer> bits() {
        return files.stream()
                .flatMap(file -> file.results().protocol().bits().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** What messages and tables call the subject: with its row where the method has rows here. */
    String name(ClaimSubject subject) {
        return find(subject).stream()
                .findFirst()
                .map(entrant -> subject.name(entrant.method().entry()))
                .orElseGet(subject::name);
    }

    /** All entrants that fit. */
    List<Entrant> find(ClaimSubject subject) {
        return files.stream()
                .flatMap(file -> file.results().protocol().methods().stream()
                        .filter(subject::fits)
                        .map(method -> new Entrant(file, method)))
                .toList();
    }

    /** The first two that fit; variants of one row of a method agree in all options but those that are named. */
    Optional<Pair> find(ClaimSubject subject, ClaimSubject other) {
        return find(subject).stream()
                .flatMap(first -> find(other).stream().map(second -> new Pair(first, second)))
                .filter(pair -> !subject.method().equals(other.method()) || agree(pair, subject, other))
                .findFirst();
    }

    private static boolean agree(Pair pair, ClaimSubject subject, ClaimSubject other) {
        boolean otherRow = !subject.meantRow().equals(other.meantRow());
        return otherRow
                || (rest(pair.subject(), subject, other).equals(rest(pair.other(), subject, other))
                        && pair.subject()
                                .method()
                                .optionsAt()
                                .equals(pair.other().method().optionsAt())
                        && pair.subject()
                                .method()
                                .optionsForSeed()
                                .equals(pair.other().method().optionsForSeed()));
    }

    private static Map<String, OptionValue> rest(Entrant entrant, ClaimSubject subject, ClaimSubject other) {
        Map<String, OptionValue> rest = new LinkedHashMap<>(entrant.method().options());
        rest.keySet().removeAll(subject.required().keySet());
        rest.keySet().removeAll(other.required().keySet());
        return rest;
    }
}
