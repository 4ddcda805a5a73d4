package io.github.linfhash.advisor.advice;

import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.quantizers.scalar.Floats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

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
    public record Rescoring(String from, int bytes, long readBytes, CrossedMean recall, boolean reached) {
        private static List<Rescoring> of(Advice advice, double target, Choice choice) {
            int factor = choice.oversampling();
            long candidates = new Targets(advice).rescoredCodes(choice);
            int floats = Float.BYTES * advice.sample().dimension();
            List<Rescoring> all = new ArrayList<>();
            choice.quantizer().rescored().stream()
                    .map(one -> new Rescoring(
                            one.from(),
                            one.bytes(),
                            candidates * one.bytes(),
                            Objects.requireNonNull(one.recall().reported().get(factor)),
                            Objects.requireNonNull(one.recall().choosing().get(factor))
                                            .low()
                                    >= target))
                    .forEach(all::add);
            all.add(new Rescoring(
                    Floats.SPEC.name(),
                    floats,
                    candidates * floats,
                    choice.recall(),
                    choice.choosing().low() >= target));
            all.sort(Comparator.comparingInt(Rescoring::bytes));
            return all;
        }
    }

    /**
     * Returns the answer: a row for each target, and a second one if {@code linfhash quantize} does not write what the first recommends; then
     * float32, int8, binary and 1-bit RaBitQ as far as they were measured and are not recommended, by bytes. The oversampling of these is the
     * least that reaches the largest target that they reach, or the one that comes nearest.
     */
    static List<AnswerRow> of(Advice advice) {
        List<AnswerRow> rows = new ArrayList<>();
        for (double target : Advice.TARGETS) {
            Target found = advice.target(target);
            rows.add(row(advice, OptionalDouble.of(target), found.choice().isPresent(), found.nearest()));
            found.written().ifPresent(choice -> rows.add(row(advice, OptionalDouble.of(target), true, choice)));
        }
        List<QuantizerSpec.Configured> known =
                Quantizers.wellKnown(advice.sample().dimension());
        advice.quantizers().stream()
                .filter(measured -> known.stream()
                        .anyMatch(one -> one.name().equals(measured.name())
                                && one.options().equals(measured.options())))
                .map(measured -> compared(advice, measured))
                .filter(row -> rows.stream().noneMatch(one -> one.choice().equals(row.choice())))
                .sorted(Comparator.comparingDouble(AnswerRow::bytes))
                .toList()
                .forEach(rows::add);
        return rows;
    }

    private static AnswerRow compared(Advice advice, QuantizerResult measured) {
        List<Choice> choices = new Targets(advice).choices(measured);
        for (double target :
                Advice.TARGETS.stream().sorted(Comparator.reverseOrder()).toList()) {
            for (Choice choice : choices) {
                if (choice.choosing().low() >= target) {
                    return row(advice, OptionalDouble.empty(), target == largestTarget(), choice);
                }
            }
        }
        Choice best = choices.stream()
                .min(Comparator.comparingDouble(
                                (Choice choice) -> -choice.choosing().low())
                        .thenComparingInt(Choice::oversampling))
                .orElseThrow();
        return row(advice, OptionalDouble.empty(), false, best);
    }

    private static double largestTarget() {
        return Advice.TARGETS.stream().mapToDouble(target -> target).max().orElseThrow();
    }

    private static AnswerRow row(Advice advice, OptionalDouble target, boolean reached, Choice choice) {
        double bytes = choice.quantizer().bytesAt(advice.sample().givenRows());
        return new AnswerRow(
                target,
                reached,
                choice,
                bytes,
                (double) advice.sample().dimension() * Float.BYTES / bytes,
                bytes * advice.sample().givenRows(),
                target.isEmpty() || choice.oversampling() == 1
                        ? List.of()
                        : Rescoring.of(advice, target.getAsDouble(), choice));
    }
}
