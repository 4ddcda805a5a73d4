package io.github.linfhash.quantizers.advice;

import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.quantizers.Similarity;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
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
 * @param similarity by what neighbors were searched
 * @param neighbors k
 * @param seeds of what is random
 * @param diagnosis what the vectors are like
 * @param quantizers what was measured
 * @param givenRows of the database that was given; more than {@code rows} where a part was drawn
 * @param floats label metrics of the floats themselves; null without labels
 * @param judged by judgments of relevance; null without them
 * @param leftOut quantizers that were not measured, as they take long or are the same as others
 * @param refused what could not be had for these vectors
 * @param skipped invalid rows that were left out before anything was drawn
 */
public record Advice(
        int rows,
        int dimension,
        int queries,
        boolean drawn,
        Similarity similarity,
        int neighbors,
        List<Long> seeds,
        Diagnosis diagnosis,
        List<Measured> quantizers,
        int givenRows,
        Measured.@Nullable Labeled floats,
        @Nullable Judged judged,
        List<String> leftOut,
        List<Refused> refused,
        Skipped skipped) {
    /** Recall may fall faster beyond the sample: in dense clusters by 0.04 a doubling up to 100,000 rows, and 0.07 from there on. */
    private static final double CAUTION = 2;

    /** With fewer queries, the advice says that they are few. */
    private static final int ENOUGH_QUERIES = 100;

    /**
     * What judgments of relevance say of the floats, and what of them counted.
     *
     * @param queries how many have a relevant row in the database; the others do not count
     * @param ofOtherQueries judgments that were left out, as their queries are none of these
     * @param ofOtherRows judgments of these queries that were left out, as their rows are none of the given ones
     * @param floats nDCG of the first ten of the floats themselves
     */
    public record Judged(int queries, int ofOtherQueries, int ofOtherRows, CrossedMean floats) {}

    /**
     * A quantizer that cannot work with the vectors.
     *
     * @param reason a sentence
     */
    public record Refused(String name, Record options, String reason) {
        /** What it was, and why. */
        public String sentence() {
            return name + " (" + Advice.options(options) + "): " + reason;
        }
    }

    /**
     * Rows of the files that were left out, as they are not finite or have no direction; ascending.
     *
     * @param vectors of the file of the vectors
     * @param queries of the file of the queries; empty where queries were drawn
     */
    public record Skipped(List<Integer> vectors, List<Integer> queries) {
        /** No rows. */
        public static final Skipped NONE = new Skipped(List.of(), List.of());

        public Skipped {
            vectors = List.copyOf(vectors);
            queries = List.copyOf(queries);
        }
    }

    /** The same, with the names of the quantizers and the rows that were left out. */
    public Advice leavingOut(List<String> names, Skipped left) {
        return new Advice(
                rows,
                dimension,
                queries,
                drawn,
                similarity,
                neighbors,
                seeds,
                diagnosis,
                quantizers,
                givenRows,
                floats,
                judged,
                List.copyOf(names),
                refused,
                left);
    }

    /** Whether a part of the database was measured, and not all of it. */
    public boolean ofPart() {
        return givenRows > rows;
    }

    /**
     * A quantizer at an oversampling.
     *
     * @param recall over the queries that took no part in the choice
     * @param choosing over the queries that did
     */
    public record Choice(Measured quantizer, int oversampling, CrossedMean recall, CrossedMean choosing) {
        private Choice(Measured quantizer, int oversampling) {
            this(
                    quantizer,
                    oversampling,
                    Objects.requireNonNull(quantizer.reported().get(oversampling)),
                    Objects.requireNonNull(quantizer.choosing().get(oversampling)));
        }
    }

    /**
     * What to take for a recall.
     *
     * @param target the recall that is wanted
     * @param choice the fewest bytes, with the model's share of one of the given vectors, whose interval's lower end over the choosing queries reaches
     *     it; of these the least oversampling, then the highest recall. Of a
     *     sample, the lower end less what recall would lose on the way to all rows, if it fell twice as fast as {@link
     *     Measured#fallPerDoubling()}. Empty if nothing that was measured reaches it
     * @param nearest the choice, or else what reaches it in the sample, or else what comes nearest
     * @param alternatives for other numbers of bytes the least oversampling that reaches it, ascending in bytes
     * @param inSample whether {@code nearest} reaches it among the measured rows, be they all or a sample
     */
    public record Target(
            double target, Optional<Choice> choice, Choice nearest, List<Choice> alternatives, boolean inSample) {}

    /** What to take for a recall. */
    public Target target(double target) {
        List<Choice> all = quantizers.stream()
                .flatMap(measured -> measured.recall().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> new Choice(measured, entry.getKey())))
                .toList();
        Comparator<Choice> cheapest = Comparator.<Choice>comparingDouble(
                        choice -> choice.quantizer().bytesAt(givenRows))
                .thenComparingInt(Choice::oversampling)
                .thenComparing(choice -> -choice.choosing().mean());
        List<Choice> inSample = all.stream()
                .filter(choice -> choice.choosing().low() >= target)
                .sorted(cheapest)
                .toList();
        List<Choice> reaching =
                inSample.stream().filter(choice -> holds(choice, target)).toList();
        if (inSample.isEmpty()) {
            Choice nearest = all.stream()
                    .max(Comparator.comparingDouble(choice -> choice.choosing().low()))
                    .orElseThrow();
            return new Target(target, Optional.empty(), nearest, List.of(), false);
        }
        if (reaching.isEmpty()) {
            return new Target(target, Optional.empty(), inSample.get(0), List.of(), true);
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
        return new Target(target, Optional.of(first), first, alternatives, true);
    }

    /** Whether a target that the measured rows reach may be expected of all rows. */
    private boolean holds(Choice choice, double target) {
        if (!ofPart()) {
            return true;
        }
        double doublings = Math.log((double) givenRows / rows) / Math.log(2);
        double lost = CAUTION * choice.quantizer().fallPerDoubling() * doublings;
        return !choice.quantizer().trend().isEmpty() && choice.choosing().low() - lost >= target;
    }

    /** The floats that rescoring a query's candidates reads. */
    public long rescoredFloats(Choice choice) {
        return (long) Math.min(rows, choice.oversampling() * neighbors) * dimension;
    }

    /** The advice for a recall as a sentence, or two where only a sample reaches it. */
    public String sentence(double target) {
        Target advice = target(target);
        Choice choice = advice.nearest();
        String what = String.format(
                Locale.ROOT,
                "%s (%s) with %d bytes per vector%s and %dx oversampling (the best %d codes, rescored with full precision)"
                        + " reaches a recall@%d of %.3f (95 %% interval %.3f to %.3f over %d queries%s; chosen on the other %d);"
                        + " rescoring reads %d float32 values per query",
                choice.quantizer().name(),
                options(choice.quantizer().options()),
                choice.quantizer().bytes(),
                choice.quantizer().modelBytes() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " (%.1f including its share of the model)",
                                choice.quantizer().bytesAt(givenRows)),
                choice.oversampling(),
                Math.min(rows, choice.oversampling() * neighbors),
                neighbors,
                choice.recall().mean(),
                choice.recall().low(),
                choice.recall().high(),
                queries / 2,
                choice.quantizer().seeds() > 1 ? " and " + choice.quantizer().seeds() + " seeds" : "",
                queries - queries / 2,
                rescoredFloats(choice));
        String start = String.format(Locale.ROOT, "For a recall of %.2f: ", target);
        if (advice.choice().isEmpty() && advice.inSample()) {
            return start + "reached on the sample of " + rows + " of " + givenRows
                    + " vectors, but perhaps not on all, "
                    + (choice.quantizer().trend().isEmpty()
                            ? "because the sample is too small to show how recall changes as vectors are added"
                            : "because recall falls as vectors are added (" + trend(choice) + ")")
                    + ". On the sample, " + what + "." + few();
        }
        String sample = ofPart()
                ? "; measured on a sample of " + rows + " of " + givenRows + " vectors"
                        + (choice.quantizer().trend().isEmpty() ? "" : "; " + trend(choice))
                : "";
        return (advice.choice().isPresent()
                        ? start
                        : start + "no measured quantizer reliably reaches it. The closest: ")
                + what
                + sample
                + "."
                + few();
    }

    private String few() {
        return queries < ENOUGH_QUERIES
                ? " With " + queries + " queries, half of which are used to choose, intervals are wide: pass "
                        + ENOUGH_QUERIES + " or more."
                : "";
    }

    /** How recall at the least oversampling, where it is far from 1, changes with the rows of the sample. */
    private static String trend(Choice choice) {
        int least = choice.quantizer().least();
        return "at " + least + "x, recall is "
                + choice.quantizer().trend().stream()
                        .map(part -> String.format(
                                Locale.ROOT, "%.3f on %d", part.at(least).mean(), part.rows()))
                        .collect(Collectors.joining(", "));
    }

    /** Options in a few words: {@code bits 1, dimensions 384}. */
    public static String options(Record options) {
        return options(options, " ", ", ");
    }

    /** Options with what stands between a name and its value, and between two options. */
    public static String options(Record options, String between, String separator) {
        return Arrays.stream(options.getClass().getRecordComponents())
                .map(component -> component.getName()
                        + between
                        + value(options, component)
                                .toString()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'))
                .collect(Collectors.joining(separator));
    }

    /** The value of one of the options. */
    public static Object value(Record options, RecordComponent component) {
        try {
            return component.getAccessor().invoke(options);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the options of a quantizer are public records", e);
        }
    }
}
