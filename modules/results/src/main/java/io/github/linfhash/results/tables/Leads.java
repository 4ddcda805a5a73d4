package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who leads in each metric at each code length. The seeds are the sample: a seed gives all methods the same split, so that
 * methods are compared seed by seed.
 */
public final class Leads {
    /** One method and its values. */
    private record Candidate(String method, SeedValues values) {
        Summary summary() {
            return values.summary();
        }
    }

    private final List<Lead> leads;

    private Leads(List<Lead> leads) {
        this.leads = leads;
    }

    /** The leads in all columns that methods are ranked by, where at least two methods were measured. */
    public static Leads of(Results results, List<Quantity> columns) {
        List<Lead> leads = new ArrayList<>();
        for (Quantity column : columns) {
            for (int bits : results.protocol().bits().stream().sorted().toList()) {
                if (column.ranked()) {
                    lead(results, column, bits).ifPresent(leads::add);
                }
            }
        }
        return new Leads(adjusted(leads));
    }

    /** All of them, by column, then by code length. */
    public List<Lead> all() {
        return leads;
    }

    /** The lead in one metric at one code length; empty if fewer than two methods were measured. */
    public Optional<Lead> find(Quantity column, int bits) {
        return leads.stream()
                .filter(lead -> lead.column().equals(column) && lead.bits() == bits)
                .findFirst();
    }

    private static Optional<Lead> lead(Results results, Quantity column, int bits) {
        List<Candidate> candidates = results.protocol().methodNames().stream()
                .map(method -> new Candidate(method, SeedValues.ofMetric(results.runs(method, bits), column.key())))
                .filter(candidate -> !candidate.values().isEmpty())
                .sorted(Comparator.comparingDouble(candidate ->
                        -column.direction().gain(candidate.summary().mean())))
                .toList();
        if (candidates.size() < 2) {
            return Optional.empty();
        }
        Candidate best = candidates.get(0);
        Candidate next = candidates.get(1);
        double[] differences = best.values().aheadOf(next.values(), column.direction());
        OptionalDouble p = SeedValues.p(differences);
        return Optional.of(new Lead(
                column,
                bits,
                best.method(),
                next.method(),
                best.summary(),
                next.summary(),
                Summary.of(differences),
                p,
                p,
                names(candidates.stream().skip(1), other -> Lead.same(best.summary(), other.summary())),
                names(
                        candidates.stream().skip(2),
                        other -> !Lead.same(best.summary(), other.summary())
                                && best.values().p(other.values()).orElse(0) >= Lead.LEVEL)));
    }

    private static List<String> names(Stream<Candidate> candidates, Predicate<Candidate> wanted) {
        return candidates.filter(wanted).map(Candidate::method).toList();
    }

    private static List<Lead> adjusted(List<Lead> leads) {
        List<Lead> tested = leads.stream().filter(lead -> lead.p().isPresent()).toList();
        double[] p = Holm.adjust(
                tested.stream().mapToDouble(lead -> lead.p().orElseThrow()).toArray());
        List<Lead> corrected = new ArrayList<>();
        for (Lead lead : leads) {
            int place = tested.indexOf(lead);
            corrected.add(place < 0 ? lead : lead.adjustedTo(OptionalDouble.of(p[place])));
        }
        return corrected;
    }
}
