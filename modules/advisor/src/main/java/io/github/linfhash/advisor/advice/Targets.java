package io.github.linfhash.advisor.advice;

import io.github.linfhash.advisor.advice.Targets.Target.Shortfall;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.quantizers.scalar.Floats;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
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
    private final Advice.Sample sample;
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

    /** Finds what reaches a recall with fewer bytes than is recommended over all queries, but not over those that choose. */
    public Optional<Choice> overAllQueries(Target target) {
        if (!target.reached()) {
            return Optional.empty();
        }
        double most = target.nearest().quantizer().bytesAt(sample.givenRows());
        return allowed(measured -> measured.bytesAt(sample.givenRows()) < most)
                .filter(choice -> choice.quantizer().at(choice.oversampling()).low() >= target.target()
                        && choice.choosing().low() < target.target())
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
        // If the given queries are enough, the prediction is uncertain, which more queries do not change. A recall next
        // to the target needs more
        // queries than an int holds.
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

    /**
     * A quantizer at an oversampling.
     *
     * @param recall the decisive recall of the queries that took no part in the choice
     * @param choosing the decisive recall of the queries that choose
     */
    public record Choice(QuantizerResult quantizer, int oversampling, CrossedMean recall, CrossedMean choosing) {
        static Choice of(QuantizerResult quantizer, int oversampling) {
            return new Choice(
                    quantizer,
                    oversampling,
                    at(quantizer.expected().reported(), oversampling),
                    quantizer.choosingAt(oversampling));
        }
    }

    /**
     * The choice of a quantizer and an oversampling for a recall.
     *
     * @param target the recall
     * @param choice the fewest bytes, with a vector's share of the model, whose interval's lower end over the choosing queries reaches the target;
     *     of these the least oversampling, then the highest recall. Empty if no measured quantizer reaches it, or recall is not known for the whole
     *     database
     * @param nearest the choice, or else what reaches the target among fewer vectors, or else what comes nearest
     * @param alternatives for other numbers of bytes the least oversampling that reaches the target, ascending in bytes
     * @param reached whether {@code nearest} reaches the target among {@link Advice.Sample#predictedRows} vectors
     * @param written the choice among what {@code linfhash quantize} writes; empty if none reaches the target, or {@code nearest} is one of these
     * @param neededQueries how many queries, half of which choose, would probably show that {@code nearest} reaches the target; empty if it is
     *     reached, the recall is lower, or more queries would not show it
     * @param shortfall why there is no choice
     */
    public record Target(
            double target,
            Optional<Choice> choice,
            Choice nearest,
            List<Choice> alternatives,
            boolean reached,
            Optional<Choice> written,
            OptionalInt neededQueries,
            Shortfall shortfall) {
        /** More queries than these are not worth asking for. */
        public static final int MOST_NEEDED = 10_000;

        /** Reasons why no code is recommended. */
        public enum Shortfall {
            /** One is recommended. */
            NONE,
            /** Too few vectors are searched to predict recall for the whole database. */
            NOT_PREDICTABLE,
            /** The recall of the nearest quantizer is higher, but too few queries show it. */
            FEW_QUERIES,
            /** The recall of the nearest quantizer is higher, but its prediction is too uncertain. */
            UNCERTAIN,
            /** Many vectors have copies, so that recall among fewer of them says little. */
            COPIES,
            /** The recall of all measured quantizers is lower. */
            NOT_REACHED
        }
    }

    /**
     * A row of the answer: the code that is recommended for a recall, or a well-known one to compare with.
     *
     * @param target the recall that it is recommended for; empty for a code to compare with
     * @param reached whether it reaches that recall; of a code to compare with, whether it reaches the largest target
     * @param choice the code and its oversampling
     * @param bytes of a code with its share of the model
     * @param timesSmaller the bytes of a float32 vector divided by these
     * @param memoryBytes of all codes and the model
     * @param rescoring recall by kind of kept vectors, ascending in bytes; empty for a code to compare with, and without oversampling
     */
    public record AnswerRow(
            OptionalDouble target,
            boolean reached,
            Choice choice,
            double bytes,
            double timesSmaller,
            double memoryBytes,
            List<Rescoring> rescoring) {
        /**
         * The recall if vectors are kept for rescoring in some quantizer.
         *
         * @param from the quantizer
         * @param bytes that it keeps of each vector
         * @param readBytes that a query reads of them
         * @param recall over the queries that took no part in the choice
         * @param reached whether it reaches the target
         */
        public record Rescoring(String from, int bytes, long readBytes, CrossedMean recall, boolean reached) {}
    }

    /**
     * Returns the answer: a row for each target, and a second one if {@code linfhash quantize} does not write what the first recommends; then
     * float32, int8, binary and 1-bit RaBitQ as far as they were measured and are not recommended, by bytes. The oversampling of these is the
     * least that reaches the largest target that they reach, or the one that comes nearest.
     */
    List<AnswerRow> answer() {
        List<AnswerRow> rows = new ArrayList<>();
        for (double target : advice.question().targets()) {
            Target found = of(target);
            rows.add(row(OptionalDouble.of(target), found.choice().isPresent(), found.nearest()));
            found.written().ifPresent(choice -> rows.add(row(OptionalDouble.of(target), true, choice)));
        }
        List<QuantizerSpec.Configured> known = Quantizers.wellKnown(sample.dimension());
        advice.quantizers().stream()
                .filter(measured -> known.stream()
                        .anyMatch(one -> one.name().equals(measured.name())
                                && one.options().equals(measured.options())))
                .map(this::compared)
                .filter(row -> rows.stream().noneMatch(one -> one.choice().equals(row.choice())))
                .sorted(Comparator.comparingDouble(AnswerRow::bytes))
                .toList()
                .forEach(rows::add);
        return rows;
    }

    private AnswerRow compared(QuantizerResult measured) {
        List<Choice> choices = choices(measured);
        for (double target : advice.question().targets().stream()
                .sorted(Comparator.reverseOrder())
                .toList()) {
            for (Choice choice : choices) {
                if (choice.choosing().low() >= target) {
                    return row(
                            OptionalDouble.empty(),
                            target == Collections.max(advice.question().targets()),
                            choice);
                }
            }
        }
        Choice best = choices.stream()
                .min(Comparator.comparingDouble(
                                (Choice choice) -> -choice.choosing().low())
                        .thenComparingInt(Choice::oversampling))
                .orElseThrow();
        return row(OptionalDouble.empty(), false, best);
    }

    private AnswerRow row(OptionalDouble target, boolean reached, Choice choice) {
        double bytes = choice.quantizer().bytesAt(sample.givenRows());
        return new AnswerRow(
                target,
                reached,
                choice,
                bytes,
                (double) sample.dimension() * Float.BYTES / bytes,
                bytes * sample.givenRows(),
                target.isEmpty() || choice.oversampling() == 1 ? List.of() : rescoring(target.getAsDouble(), choice));
    }

    private List<AnswerRow.Rescoring> rescoring(double target, Choice choice) {
        int factor = choice.oversampling();
        long candidates = rescoredCodes(choice);
        int floats = Float.BYTES * sample.dimension();
        List<AnswerRow.Rescoring> all = new ArrayList<>();
        choice.quantizer().rescored().stream()
                .map(one -> new AnswerRow.Rescoring(
                        one.from(),
                        one.bytes(),
                        candidates * one.bytes(),
                        at(one.recall().reported(), factor),
                        at(one.recall().choosing(), factor).low() >= target))
                .forEach(all::add);
        boolean reached = choice.choosing().low() >= target;
        all.add(new AnswerRow.Rescoring(Floats.SPEC.name(), floats, candidates * floats, choice.recall(), reached));
        all.sort(Comparator.comparingInt(AnswerRow.Rescoring::bytes));
        return all;
    }

    private static CrossedMean at(Map<Integer, CrossedMean> recalls, int oversampling) {
        return Objects.requireNonNull(recalls.get(oversampling));
    }
}
