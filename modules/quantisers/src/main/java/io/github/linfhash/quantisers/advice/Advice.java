package io.github.linfhash.quantisers.advice;

import io.github.linfhash.core.statistics.MeanInterval;
import io.github.linfhash.quantisers.Similarity;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was found for given vectors.
 *
 * @param rows of the database
 * @param dimension of the vectors
 * @param queries how many there were
 * @param drawn whether they were drawn from the given rows, and left out of the database
 * @param similarity by what neighbours were searched
 * @param neighbours k
 * @param seeds of what is random
 * @param diagnosis what the vectors are like
 * @param quantisers what was measured
 * @param givenRows of the database that was given; more than {@code rows} where a part was drawn
 * @param floats label metrics of the floats themselves; null without labels
 * @param judged by judgements of relevance; null without them
 * @param leftOut quantisers that were not measured, as they take long or are the same as others
 * @param refused what could not be had for these vectors
 */
public record Advice(
        int rows,
        int dimension,
        int queries,
        boolean drawn,
        Similarity similarity,
        int neighbours,
        List<Long> seeds,
        Diagnosis diagnosis,
        List<Measured> quantisers,
        int givenRows,
        Measured.@Nullable Labelled floats,
        @Nullable Judged judged,
        List<String> leftOut,
        List<Refused> refused) {

    /**
     * What judgements of relevance say of the floats, and what of them counted.
     *
     * @param queries how many have a relevant row in the database; the others do not count
     * @param ofOtherQueries judgements that were left out, as their queries are none of these
     * @param ofOtherRows judgements of these queries that were left out, as their rows are none of the given ones
     * @param floats nDCG of the first ten of the floats themselves
     */
    public record Judged(int queries, int ofOtherQueries, int ofOtherRows, MeanInterval floats) {}

    /**
     * A quantiser that cannot work with the vectors.
     *
     * @param reason a sentence
     */
    public record Refused(String name, Record options, String reason) {
        /** What it was, and why. */
        public String sentence() {
            return name + " (" + Advice.options(options) + "): " + reason;
        }
    }

    /** The same, with the names of what was left out. */
    public Advice leavingOut(List<String> names) {
        return new Advice(
                rows,
                dimension,
                queries,
                drawn,
                similarity,
                neighbours,
                seeds,
                diagnosis,
                quantisers,
                givenRows,
                floats,
                judged,
                List.copyOf(names),
                refused);
    }

    /** Whether a part of the database was measured, and not all of it. */
    public boolean ofPart() {
        return givenRows > rows;
    }

    /** A quantiser at an oversampling. */
    public record Choice(Measured quantiser, int oversampling, MeanInterval recall) {}

    /**
     * What to take for a recall.
     *
     * @param target the recall that is wanted
     * @param choice the fewest bytes whose interval's lower end reaches it; of these the least oversampling, then the highest recall. Empty
     *     if nothing that was measured does
     * @param nearest the choice, or else what comes nearest
     * @param alternatives for other numbers of bytes the least oversampling that reaches it, ascending in bytes
     */
    public record Target(double target, Optional<Choice> choice, Choice nearest, List<Choice> alternatives) {}

    /** What to take for a recall. */
    public Target target(double target) {
        List<Choice> all = quantisers.stream()
                .flatMap(measured -> measured.recall().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> new Choice(measured, entry.getKey(), entry.getValue())))
                .toList();
        Comparator<Choice> cheapest = Comparator.<Choice>comparingInt(
                        choice -> choice.quantiser().bytes())
                .thenComparingInt(Choice::oversampling)
                .thenComparing(choice -> -choice.recall().mean());
        List<Choice> reaching = all.stream()
                .filter(choice -> choice.recall().low() >= target)
                .sorted(cheapest)
                .toList();
        if (reaching.isEmpty()) {
            Choice nearest = all.stream()
                    .max(Comparator.comparingDouble(choice -> choice.recall().low()))
                    .orElseThrow();
            return new Target(target, Optional.empty(), nearest, List.of());
        }
        Choice first = reaching.get(0);
        // Of more bytes only those that need less oversampling than all with fewer.
        List<Choice> alternatives = new ArrayList<>();
        int least = first.oversampling();
        for (Choice choice : reaching) {
            if (choice.oversampling() < least) {
                alternatives.add(choice);
                least = choice.oversampling();
            }
        }
        return new Target(target, Optional.of(first), first, alternatives);
    }

    /** The floats that rescoring a query's candidates reads. */
    public long rescoredFloats(Choice choice) {
        return (long) Math.min(rows, choice.oversampling() * neighbours) * dimension;
    }

    /** The advice for a recall as a sentence. */
    public String sentence(double target) {
        Target advice = target(target);
        Choice choice = advice.nearest();
        String what = String.format(
                Locale.ROOT,
                "%s (%s) with %d bytes a vector, reading the best %d by code (%dx) and rescoring them by their floats,"
                        + " finds %.3f of the %d nearest (95 %% interval %.3f to %.3f over %d queries%s); rescoring reads %d floats a query",
                choice.quantiser().name(),
                options(choice.quantiser().options()),
                choice.quantiser().bytes(),
                Math.min(rows, choice.oversampling() * neighbours),
                choice.oversampling(),
                choice.recall().mean(),
                neighbours,
                choice.recall().low(),
                choice.recall().high(),
                queries,
                choice.quantiser().seeds() > 1 ? " and " + choice.quantiser().seeds() + " seeds" : "",
                rescoredFloats(choice));
        String start = String.format(Locale.ROOT, "For a recall of %.2f: ", target);
        return (advice.choice().isPresent()
                        ? start
                        : start + "nothing that was measured is sure to reach it. The nearest: ")
                + what
                + trend(choice)
                + ".";
    }

    /** What a part says of the whole: that recall changes with the rows, and how far it did. */
    private String trend(Choice choice) {
        if (!ofPart()) {
            return "";
        }
        String values = choice.quantiser().trend().stream()
                .map(part -> String.format(
                        Locale.ROOT,
                        "%.3f among %d",
                        Objects.requireNonNull(part.recall().get(choice.oversampling()))
                                .mean(),
                        part.rows()))
                .collect(Collectors.joining(", "));
        return "; measured on " + rows + " of the " + givenRows + " rows: " + values;
    }

    /** Options in a few words: {@code bits 1, dimensions 384}. */
    public static String options(Record options) {
        StringBuilder text = new StringBuilder();
        for (RecordComponent component : options.getClass().getRecordComponents()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(component.getName())
                    .append(' ')
                    .append(value(options, component)
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-'));
        }
        return text.toString();
    }

    /** The value of one of the options. */
    public static Object value(Record options, RecordComponent component) {
        try {
            return component.getAccessor().invoke(options);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the options of a quantiser are public records", e);
        }
    }
}
