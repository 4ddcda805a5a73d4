package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.QueryValues;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who leads in each metric at each code length, by {@link io.github.linfhash.core.statistics.CrossedMean}: a seed gives all methods the same
 * split, so that methods are compared seed by seed, and searches of options by their number.
 */
public final class Leads {
    /** One method and its values. */
    private record Candidate(String method, CellValues values) {
        Summary summary() {
            return values.summary();
        }
    }

    /**
     * A method that does not lead although its mean would have it first or second, as its codes find no more than chance.
     *
     * @param column the metric
     * @param bits the code length N
     * @param method the method
     * @param ball the precision where the metric counts, which is not above chance
     */
    public record LeftOut(Quantity column, int bits, String method, BallPrecision ball) {}

    private final List<Lead> leads;
    private final List<LeftOut> leftOut;

    private Leads(List<Lead> leads, List<LeftOut> leftOut) {
        this.leads = leads;
        this.leftOut = leftOut;
    }

    /**
     * The leads in all columns that methods are ranked by, where at least two methods were measured. In recall, F1 and look-up success
     * a method whose {@link BallPrecision} is not above chance takes no part.
     */
    public static Leads of(Results results, List<Quantity> columns) {
        return of(results, columns, QueryValues.NONE);
    }

    /** The same, with values of single queries. */
    public static Leads of(Results results, List<Quantity> columns, QueryValues values) {
        List<Lead> leads = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        for (Quantity column : columns) {
            for (int bits : results.protocol().bits().stream().sorted().toList()) {
                if (column.ranked()) {
                    lead(results, column, bits, values, leftOut).ifPresent(leads::add);
                }
            }
        }
        return new Leads(adjusted(leads), List.copyOf(leftOut));
    }

    /** All of them, by column, then by code length. */
    public List<Lead> all() {
        return leads;
    }

    /** Those that take no part and would be first or second, by column, then by code length, best mean first. */
    public List<LeftOut> leftOut() {
        return leftOut;
    }

    /** The lead in one metric at one code length; empty if fewer than two methods were measured. */
    public Optional<Lead> find(Quantity column, int bits) {
        return leads.stream()
                .filter(lead -> lead.column().equals(column) && lead.bits() == bits)
                .findFirst();
    }

    private static Optional<Lead> lead(
            Results results, Quantity column, int bits, QueryValues values, List<LeftOut> leftOut) {
        List<Candidate> candidates = new ArrayList<>();
        for (Candidate candidate : measured(results, column, bits, values)) {
            Optional<BallPrecision> ball =
                    BallPrecision.of(results.protocol(), results.runs(candidate.method(), bits), column);
            if (ball.isEmpty() || ball.get().aboveChance()) {
                candidates.add(candidate);
            } else if (candidates.size() < 2) {
                leftOut.add(new LeftOut(column, bits, candidate.method(), ball.get()));
            }
        }
        if (candidates.size() < 2) {
            return Optional.empty();
        }
        Candidate best = candidates.get(0);
        Candidate next = candidates.get(1);
        Summary difference =
                best.values().aheadOf(next.values(), column.direction()).summary();
        OptionalDouble p = difference.p(0);
        return Optional.of(new Lead(
                column,
                bits,
                best.method(),
                next.method(),
                best.summary(),
                next.summary(),
                difference,
                p,
                p,
                names(candidates.stream().skip(1), other -> Lead.same(best.summary(), other.summary())),
                names(
                        candidates.stream().skip(2),
                        other -> !Lead.same(best.summary(), other.summary())
                                && best.values()
                                                .minus(other.values())
                                                .summary()
                                                .p(0)
                                                .orElse(0)
                                        >= Lead.LEVEL)));
    }

    /** Best mean first. */
    private static List<Candidate> measured(Results results, Quantity column, int bits, QueryValues values) {
        return results.protocol().configurations().stream()
                .map(MethodSummary::entry)
                .map(method -> new Candidate(
                        method,
                        CellValues.ofMetric(
                                results.runs(method, bits),
                                column.key(),
                                results.protocol().sizes().queries(),
                                values)))
                .filter(candidate -> !candidate.values().isEmpty())
                .sorted(Comparator.comparingDouble(candidate ->
                        -column.direction().gain(candidate.summary().mean())))
                .toList();
    }

    private static List<String> names(Stream<Candidate> candidates, Predicate<Candidate> wanted) {
        return candidates.filter(wanted).map(Candidate::method).toList();
    }

    private static List<Lead> adjusted(List<Lead> leads) {
        List<OptionalDouble> p = Holm.adjust(leads.stream().map(Lead::p).toList());
        return IntStream.range(0, leads.size())
                .mapToObj(i -> leads.get(i).adjustedTo(p.get(i)))
                .toList();
    }
}
