package io.github.linfhash.advisor.advice;

import io.github.linfhash.advisor.advice.Target.Shortfall;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.quantizers.registry.Quantizers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Chooses quantizers and oversamplings by what was measured. */
public final class Targets {
    /** Fewer bytes by less than this are not worth more oversampling. */
    private static final double FEWER_BYTES = 0.95;

    /** The share that an interval of 95% leaves out on each side. */
    private static final double TAIL = 0.025;

    private final Advice advice;
    private final Sample sample;
    private final Comparator<Choice> cheapest;

    /** Chooses among the candidates of an advice. */
    public Targets(Advice advice) {
        this.advice = advice;
        this.sample = advice.sample();
        this.cheapest = Comparator.<Choice>comparingDouble(
                        choice -> choice.quantizer().bytesAt(sample.givenRows()))
                .thenComparingInt(Choice::oversampling);
    }

    /** Chooses for a recall. */
    Target of(double target) {
        List<Choice> reaching = reaching(target, measured -> true);
        if (reaching.isEmpty()) {
            Choice nearest = allowed(measured -> true)
                    .max(Comparator.comparingDouble(choice -> choice.choosing().low()))
                    .orElseThrow();
            return target(target, nearest, List.of(), false, neededQueries(nearest, target));
        }
        Choice first = reaching.get(0);
        // Of more bytes only those that need less oversampling than all with fewer.
        List<Choice> alternatives = new ArrayList<>();
        int least = first.oversampling();
        for (Choice choice : sample.coversAll() ? reaching : List.<Choice>of()) {
            if (choice.oversampling() < least) {
                alternatives.add(choice);
                least = choice.oversampling();
            }
        }
        return target(target, first, alternatives, true, OptionalInt.empty());
    }

    private Target target(
            double target, Choice nearest, List<Choice> alternatives, boolean reached, OptionalInt needed) {
        Predicate<QuantizerResult> portable = measured -> Quantizers.isPortable(measured.name());
        Optional<Choice> written = !sample.coversAll() || portable.test(nearest.quantizer())
                ? Optional.empty()
                : reaching(target, portable).stream().findFirst();
        Shortfall shortfall;
        if (!sample.coversAll()) {
            shortfall = Shortfall.NOT_PREDICTABLE;
        } else if (reached) {
            shortfall = Shortfall.NONE;
        } else if (needed.isPresent()) {
            shortfall = Shortfall.FEW_QUERIES;
        } else if (nearest.choosing().mean() > target) {
            shortfall = Shortfall.UNCERTAIN;
        } else {
            shortfall = advice.blurredByCopies() ? Shortfall.COPIES : Shortfall.NOT_REACHED;
        }
        Optional<Choice> choice = shortfall == Shortfall.NONE ? Optional.of(nearest) : Optional.empty();
        return new Target(target, choice, nearest, alternatives, reached, written, needed, shortfall);
    }

    /** Returns a quantizer at each oversampling that may be recommended, ascending. */
    public List<Choice> choices(QuantizerResult measured) {
        return choices(measured, factor -> factor <= advice.question().mostOversampling());
    }

    private static List<Choice> choices(QuantizerResult measured, Predicate<Integer> factors) {
        return measured.expected().all().keySet().stream()
                .filter(factors)
                .sorted()
                .map(factor -> Choice.of(measured, factor))
                .toList();
    }

    private Stream<Choice> allowed(Predicate<QuantizerResult> among) {
        return advice.candidates().stream().filter(among).flatMap(measured -> choices(measured).stream());
    }

    private List<Choice> reaching(double target, Predicate<QuantizerResult> among) {
        return allowed(among)
                .filter(choice -> choice.choosing().low() >= target)
                .sorted(cheapest.thenComparing(choice -> -choice.choosing().mean()))
                .toList();
    }

    /** Finds what reaches a recall with fewer bytes than is recommended, and more oversampling than may be. */
    public Optional<Choice> withMoreOversampling(Target target) {
        double most = target.reached() ? clearlyFewer(target) : Double.POSITIVE_INFINITY;
        return advice.candidates().stream()
                .filter(measured -> measured.bytesAt(sample.givenRows()) < most)
                .flatMap(measured ->
                        choices(measured, factor -> factor > advice.question().mostOversampling()).stream())
                .filter(choice -> choice.choosing().low() >= target.target())
                .min(cheapest);
    }

    /** Finds what may reach a recall with fewer bytes than is recommended, for which the queries are too few to show it. */
    public Optional<Choice> withMoreQueries(Target target) {
        double most = clearlyFewer(target);
        return allowed(measured -> measured.bytesAt(sample.givenRows()) < most)
                .filter(choice -> choice.choosing().low() < target.target()
                        && neededQueries(choice, target.target()).isPresent())
                .min(cheapest);
    }

    private double clearlyFewer(Target target) {
        return FEWER_BYTES * target.nearest().quantizer().bytesAt(sample.givenRows());
    }

    /** Finds the best of some quantizers, candidates or not, at the largest oversampling that may be recommended. */
    public Optional<Choice> best(Predicate<QuantizerResult> among) {
        return advice.quantizers().stream()
                .filter(among)
                .map(measured -> choices(measured).get(choices(measured).size() - 1))
                .max(Comparator.comparingDouble(choice -> choice.choosing().mean()));
    }

    /** Returns how many queries, half of which choose, would probably show a recall that a quantizer has; empty if more would not show it. */
    public OptionalInt neededQueries(Choice choice, double target) {
        CrossedMean choosing = choice.choosing();
        if (choosing.mean() <= target) {
            return OptionalInt.empty();
        }
        int queries = sample.queries();
        double half = queries - queries / 2;
        double narrower = (choosing.mean() - choosing.low()) / (choosing.mean() - target);
        double forMean = choosing.mean() == 1 ? 0 : half * narrower * narrower;
        double needed = 2 * Math.ceil(Math.max(queriesToShow(target), forMean));
        // With that many queries, it is the prediction that is uncertain, which more queries do not change. A recall
        // next to the target needs
        // more queries than an int holds.
        return needed <= queries ? OptionalInt.empty() : OptionalInt.of((int) Math.min(Integer.MAX_VALUE, needed));
    }

    /**
     * Returns the fewest queries that show a recall if each of them finds all: with n of them, the lower end of the interval is 0.025 to the power
     * of 1 / n.
     */
    static double queriesToShow(double target) {
        return Math.log(TAIL) / Math.log(target);
    }

    /** Returns how many of the best codes are rescored for a query. */
    public long rescoredCodes(Choice choice) {
        return Math.min(
                sample.givenRows(),
                (long) choice.oversampling() * advice.question().neighbors());
    }
}
