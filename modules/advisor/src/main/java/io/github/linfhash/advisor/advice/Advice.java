package io.github.linfhash.advisor.advice;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.quantizers.Prefix;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.quantizers.scalar.Floats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.jspecify.annotations.Nullable;

/**
 * The findings for given vectors.
 *
 * @param rows the searched vectors of the database
 * @param training how many others quantizers were fitted to; 0 where these are the searched ones
 * @param dimension of the vectors
 * @param queries how many there were
 * @param drawn whether they were drawn from the given rows, and left out of the database
 * @param similarity by what neighbors were searched
 * @param neighbors k
 * @param mostOversampling the largest that is recommended
 * @param seeds of what is random
 * @param diagnosis what the vectors are like
 * @param origin where given queries come from; null where queries were drawn
 * @param quantizers what was measured
 * @param candidates those that may be recommended; the others are there to compare with
 * @param givenRows of the database that was given; more than {@code rows} where a part was searched
 * @param predictedRows for how many of these recall is predicted, or known where all were measured
 * @param floats label metrics of the floats themselves; null without labels
 * @param judged by judgments of relevance; null without them
 * @param screening what left the other quantizers out; null where all were measured
 * @param leftOut quantizers that were not measured, as they take long or are the same as others
 * @param refused what could not be had for these vectors
 * @param skipped invalid rows that were left out before anything was drawn
 */
public record Advice(
        int rows,
        int training,
        int dimension,
        int queries,
        boolean drawn,
        Similarity similarity,
        int neighbors,
        int mostOversampling,
        List<Long> seeds,
        Diagnosis diagnosis,
        @Nullable Origin origin,
        List<QuantizerResult> quantizers,
        List<QuantizerResult> candidates,
        int givenRows,
        int predictedRows,
        QuantizerResult.@Nullable Labeled floats,
        @Nullable Judged judged,
        @Nullable Screening screening,
        List<String> leftOut,
        List<Refused> refused,
        Skipped skipped) {
    /** The recalls that advice is given for. */
    public static final List<Double> TARGETS = List.of(0.95, 0.99);

    /** With fewer queries, the advice says that they are few. */
    private static final int ENOUGH_QUERIES = 100;

    /** Fewer bytes by less than this are not worth more oversampling. */
    private static final double FEWER_BYTES = 0.95;

    /** Norms that are farther apart than this factor are not those of vectors of length 1. */
    private static final double DIFFERENT_NORMS = 1.01;

    /** More queries than these are nothing to ask for. */
    private static final int MOST_NEEDED = 10_000;

    /** From this share of copies on, a part of the vectors does not tell of all. */
    private static final double MANY_COPIES = 0.2;

    /** The share that an interval of 95% leaves out on each side. */
    private static final double TAIL = 0.025;

    /**
     * The gain of full-precision vectors by judgments of relevance, and how many of these counted.
     *
     * @param queries how many have a relevant row in the database; the others do not count
     * @param ofOtherQueries judgments that were left out, as their queries are none of these
     * @param ofOtherRows judgments of these queries that were left out, as their rows are none of the given ones
     * @param floats nDCG of the first ten of the floats themselves
     */
    public record Judged(int queries, int ofOtherQueries, int ofOtherRows, CrossedMean floats) {}

    /**
     * Measures which quantizer some vectors need, as {@code linfhash advise} does.
     *
     * @throws io.github.linfhash.core.errors.InputException if there are too few vectors or queries, or some are not valid
     */
    public static Advice of(AdviceRequest request) {
        return request.measured();
    }

    /**
     * Whether given queries come from elsewhere: a two-sample Kolmogorov-Smirnov test of the distances to the nearest vectors.
     *
     * @param given the median distance of given queries; the negative inner product for {@link Similarity#DOT}
     * @param sampled that of queries that were drawn from the vectors
     * @param p of the test
     */
    public record Origin(double given, double sampled, double p) {
        private static final double LEVEL = 0.001;
        private static final int LEAST_TO_TEST = 2;
        private static final double MEDIAN = 50;

        static Origin of(double[] given, double[] sampled) {
            double p = given.length < LEAST_TO_TEST || sampled.length < LEAST_TO_TEST
                    ? 1
                    : new KolmogorovSmirnovTest().kolmogorovSmirnovTest(given, sampled);
            return new Origin(StatUtils.percentile(given, MEDIAN), StatUtils.percentile(sampled, MEDIAN), p);
        }

        /** Whether chance does not explain the difference, at a level of {@value #LEVEL}. */
        public boolean elsewhere() {
            return p < LEVEL;
        }
    }

    /**
     * A quantizer that cannot work with the vectors.
     *
     * @param reason a sentence
     */
    public record Refused(String name, Record options, String reason) {
        static Refused of(QuantizerSpec.Configured one, RuntimeException reason) {
            return new Refused(one.name(), one.options(), String.valueOf(reason.getMessage()));
        }

        /** Describes the quantizer and why it was refused. */
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

    /**
     * The results in a small part of the vectors, for quantizers that were not measured on all.
     *
     * @param rows of the part
     * @param queries that were asked, all of the choosing half
     * @param dropped what was left out
     */
    public record Screening(int rows, int queries, List<Dropped> dropped) {}

    /**
     * A quantizer that a small part of the vectors rules out, or that was not needed.
     *
     * @param recall in the part, for each oversampling
     */
    public record Dropped(String name, Record options, int bytes, Map<Integer, Double> recall) {}

    /**
     * Returns this advice with what its measurements do not show.
     *
     * @param some those quantizers that may be recommended; the others are there to compare with
     * @param names of the quantizers that were left out
     * @param left the rows that were left out
     */
    public Advice about(List<QuantizerResult> some, List<String> names, Skipped left) {
        return new Advice(
                rows,
                training,
                dimension,
                queries,
                drawn,
                similarity,
                neighbors,
                mostOversampling,
                seeds,
                diagnosis,
                origin,
                quantizers,
                List.copyOf(some),
                givenRows,
                predictedRows,
                floats,
                judged,
                screening,
                List.copyOf(names),
                refused,
                left);
    }

    /** Whether a part of the database was drawn, and not all of it used. */
    public boolean ofPart() {
        return givenRows > rows + training;
    }

    /**
     * Whether recall is predicted from a part of the vectors that has many exact copies, of themselves and of queries. All copies of a vector have
     * one code and count alike, but a part has fewer of them than there are neighbors.
     */
    public boolean blurredByCopies() {
        return givenRows > rows
                && diagnosis.copies() >= MANY_COPIES * rows
                && diagnosis.exactDuplicates() >= MANY_COPIES * queries;
    }

    /** Whether recall is known or predicted for the whole database, and not for fewer vectors only. */
    public boolean tellsOfAll() {
        return predictedRows >= givenRows;
    }

    /**
     * A quantizer at an oversampling.
     *
     * @param recall the decisive one over the queries that took no part in the choice
     * @param choosing over the queries that did
     */
    public record Choice(QuantizerResult quantizer, int oversampling, CrossedMean recall, CrossedMean choosing) {
        static Choice of(QuantizerResult quantizer, int oversampling) {
            return new Choice(
                    quantizer,
                    oversampling,
                    Objects.requireNonNull(quantizer.expected().reported().get(oversampling)),
                    Objects.requireNonNull(quantizer.expected().choosing().get(oversampling)));
        }
    }

    /**
     * The choice of a quantizer and an oversampling for a recall.
     *
     * @param target the recall that is wanted
     * @param choice the fewest bytes, with the model's share of one of the given vectors, whose interval's lower end over the choosing queries reaches
     *     it; of these the least oversampling, then the highest recall. Empty if nothing that was measured reaches it, or the sample does not
     *     tell of the whole database
     * @param nearest the choice, or else what reaches it among fewer vectors, or else what comes nearest
     * @param alternatives for other numbers of bytes the least oversampling that reaches it, ascending in bytes
     * @param reached whether {@code nearest} reaches it among {@link #predictedRows} vectors
     */
    public record Target(
            double target, Optional<Choice> choice, Choice nearest, List<Choice> alternatives, boolean reached) {}

    /** Returns the answer as rows: the recommended codes, and those that everybody knows. */
    public List<AnswerRow> answer() {
        return AnswerRow.of(this);
    }

    /** Chooses a quantizer and an oversampling for a recall. */
    public Target target(double target) {
        return target(target, measured -> true);
    }

    /**
     * Chooses among the quantizers that {@code linfhash quantize} writes.
     *
     * @return empty if none reaches the recall, or the choice among all is one of these
     */
    public Optional<Choice> written(double target) {
        if (Quantizers.isPortable(target(target).nearest().quantizer().name())
                || candidates.stream().noneMatch(measured -> Quantizers.isPortable(measured.name()))) {
            return Optional.empty();
        }
        return target(target, measured -> Quantizers.isPortable(measured.name()))
                .choice();
    }

    private Target target(double target, Predicate<QuantizerResult> among) {
        List<Choice> all = candidates.stream()
                .filter(among)
                .flatMap(measured -> choices(measured).stream())
                .toList();
        Comparator<Choice> cheapest = Comparator.<Choice>comparingDouble(
                        choice -> choice.quantizer().bytesAt(givenRows))
                .thenComparingInt(Choice::oversampling)
                .thenComparing(choice -> -choice.choosing().mean());
        List<Choice> reaching = all.stream()
                .filter(choice -> choice.choosing().low() >= target)
                .sorted(cheapest)
                .toList();
        if (reaching.isEmpty()) {
            Choice nearest = all.stream()
                    .max(Comparator.comparingDouble(choice -> choice.choosing().low()))
                    .orElseThrow();
            return new Target(target, Optional.empty(), nearest, List.of(), false);
        }
        Choice first = reaching.get(0);
        if (!tellsOfAll()) {
            return new Target(target, Optional.empty(), first, List.of(), true);
        }
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

    /** A quantizer at each oversampling that may be recommended, ascending. */
    List<Choice> choices(QuantizerResult measured) {
        return measured.expected().all().keySet().stream()
                .filter(factor -> factor <= mostOversampling)
                .sorted()
                .map(factor -> Choice.of(measured, factor))
                .toList();
    }

    /** How many of the best codes are rescored for a query. */
    public long rescoredCodes(Choice choice) {
        return Math.min(givenRows, (long) choice.oversampling() * neighbors);
    }

    /** The advice for a recall as a sentence, or two where the sample does not tell of all vectors. */
    public String sentence(double target) {
        Target advice = target(target);
        Choice choice = advice.nearest();
        boolean predicted = choice.quantizer().predicted() != null;
        String what = String.format(
                Locale.ROOT,
                "%s (%s) with %d bytes per vector%s and %dx oversampling (the best %d codes, rescored with full precision)"
                        + " %s a recall@%d of %.3f%s (95%% interval %.3f to %.3f over %d queries%s; chosen on the other %d)",
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
                rescoredCodes(choice),
                predicted ? "is predicted to reach" : "reaches",
                neighbors,
                choice.recall().mean(),
                predicted ? " among " + predictedRows + " vectors" : "",
                choice.recall().low(),
                choice.recall().high(),
                queries / 2,
                choice.quantizer().seeds() > 1 ? " and " + choice.quantizer().seeds() + " seeds" : "",
                queries - queries / 2);
        String start = String.format(Locale.ROOT, "For a recall of %.2f: ", target);
        if (!tellsOfAll()) {
            return start + "not predictable for " + givenRows + " vectors, as " + rows + " are searched and "
                    + QuerySampling.Needed.of(givenRows, neighbors).searched()
                    + " have to be (--max-vectors). Among " + predictedRows + ", "
                    + (advice.reached() ? "" : "no measured quantizer reaches it. The closest: ") + what + "." + few();
        }
        if (advice.choice().isPresent()) {
            return start + what + "." + few();
        }
        OptionalInt needed = neededQueries(target);
        String why = "no measured quantizer reliably reaches it";
        if (needed.isPresent()) {
            why = queries + " queries are too few to tell. "
                    + (needed.getAsInt() > MOST_NEEDED
                            ? "The recall of the closest quantizer is so near that more than " + MOST_NEEDED
                                    + " are needed"
                            : "About " + needed.getAsInt() + " are needed, half of which report"
                                    + (drawn ? ": hold as many vectors out, and pass them with --queries" : ""));
        } else if (isUncertain(target)) {
            why = "the prediction for " + predictedRows + " vectors from " + rows
                    + " is too uncertain to tell; search more (--max-vectors)";
        } else if (blurredByCopies()) {
            why = "not predictable for " + givenRows + " vectors, of which many are copies";
        }
        return start + why + ". The closest: " + what + "." + few();
    }

    /** Says in a few words why no code is recommended for a target; empty if one is. */
    public String shortfall(double target) {
        if (target(target).choice().isPresent()) {
            return "";
        }
        if (!tellsOfAll()) {
            return "not predictable for " + givenRows;
        }
        OptionalInt needed = neededQueries(target);
        if (needed.isPresent()) {
            return needed.getAsInt() > MOST_NEEDED
                    ? "needs more than " + MOST_NEEDED + " queries"
                    : "needs " + needed.getAsInt() + " queries";
        }
        if (isUncertain(target)) {
            return "prediction too uncertain";
        }
        return blurredByCopies() ? "not predictable, many copies" : "not reached";
    }

    /** Whether the recall of the closest quantizer is higher than a target that it is not known to reach, and more queries would not help. */
    private boolean isUncertain(double target) {
        Target advice = target(target);
        return !advice.reached()
                && neededQueries(target).isEmpty()
                && advice.nearest().choosing().mean() > target;
    }

    /**
     * How many queries, half of which choose, would probably show that the closest quantizer reaches a recall.
     *
     * @return none if its recall is lower, one reaches it, or more queries would not show it
     */
    public OptionalInt neededQueries(double target) {
        Target advice = target(target);
        return advice.reached() ? OptionalInt.empty() : neededQueries(advice.nearest(), target);
    }

    private OptionalInt neededQueries(Choice choice, double target) {
        CrossedMean choosing = choice.choosing();
        if (choosing.mean() <= target) {
            return OptionalInt.empty();
        }
        double half = queries - queries / 2;
        double narrower = (choosing.mean() - choosing.low()) / (choosing.mean() - target);
        double forMean = choosing.mean() == 1 ? 0 : half * narrower * narrower;
        double needed = 2 * Math.ceil(Math.max(queriesToShow(target), forMean));
        // Where there are as many, the prediction is uncertain, which more queries do not change. A recall next to the
        // target needs more
        // queries than there are numbers.
        return needed <= queries ? OptionalInt.empty() : OptionalInt.of((int) Math.min(Integer.MAX_VALUE, needed));
    }

    /** Says which codes of fewer bytes find as many as is wanted, but for too few queries to be sure. */
    private Optional<String> moreQueries(double target) {
        double most = FEWER_BYTES * target(target).nearest().quantizer().bytesAt(givenRows);
        return candidates.stream()
                .filter(measured -> measured.bytesAt(givenRows) < most)
                .flatMap(measured -> choices(measured).stream())
                .filter(choice -> choice.choosing().low() < target
                        && neededQueries(choice, target).isPresent())
                .min(Comparator.<Choice>comparingDouble(
                                choice -> choice.quantizer().bytesAt(givenRows))
                        .thenComparingInt(Choice::oversampling))
                .map(choice -> {
                    int needed = neededQueries(choice, target).getAsInt();
                    return String.format(
                            Locale.ROOT,
                            "Fewer bytes may be enough for a recall of %.2f: %s (%.3f to %.3f). %s",
                            target,
                            found(choice),
                            choice.recall().low(),
                            choice.recall().high(),
                            needed > MOST_NEEDED
                                    ? "That is so near that more than " + MOST_NEEDED + " queries are needed to tell."
                                    : "About " + needed + " queries are needed to tell.");
                });
    }

    /** The fewest queries that show a recall if each of them finds all: with n of them, the lower end of the interval is 0.025 to the power of 1 / n. */
    static double queriesToShow(double target) {
        return Math.log(TAIL) / Math.log(target);
    }

    /** Returns the facts that a reader of the advice has to know, as sentences. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!tellsOfAll()) {
            QuerySampling.Needed needed = QuerySampling.Needed.of(givenRows, neighbors);
            notes.add("To predict recall for " + givenRows + " vectors, " + needed.searched()
                    + " have to be searched, not " + rows + ". " + needed.request() + ".");
        }
        if (drawn) {
            notes.add(
                    "Queries were sampled from the vectors. Real queries may resemble the vectors less, and codes then find fewer of"
                            + " their neighbors: pass real queries with --queries.");
        }
        if (origin != null) {
            String distances = String.format(
                    Locale.ROOT,
                    ": their median distance to the nearest vector is %.3g, that of sampled queries %.3g",
                    origin.given(),
                    origin.sampled());
            notes.add(
                    origin.elsewhere()
                            ? "The queries come from elsewhere" + distances + " (p < " + Origin.LEVEL + ")."
                            : "The queries resemble the vectors" + distances
                                    + String.format(Locale.ROOT, " (p = %.1g).", origin.p()));
        }
        TARGETS.stream()
                .map(target -> target(target).nearest())
                .distinct()
                .flatMap(choice -> notes(choice).stream())
                .forEach(notes::add);
        TARGETS.forEach(target -> moreOversampling(target).ifPresent(notes::add));
        TARGETS.forEach(target -> moreQueries(target).ifPresent(notes::add));
        shorter().ifPresent(notes::add);
        normsOfDot().ifPresent(notes::add);
        if (diagnosis.copies() > 0) {
            notes.add(diagnosis.copies() + " of the " + rows
                    + " searched vectors equal another one. A vector as near as the k-th neighbor counts like it.");
        }
        if (givenRows > rows && predictedRows > RecallExtrapolation.MOST_VALIDATED) {
            notes.add(
                    "Predictions were compared with measurements for up to " + RecallExtrapolation.MOST_VALIDATED
                            + " vectors. For " + predictedRows
                            + ", nothing confirms the intervals: measure a larger sample (--max-vectors), or recall in the engine.");
        }
        if (blurredByCopies()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%.0f%% of the queries and %.0f%% of the searched vectors have exact copies. All copies of a vector have one code and"
                            + " count alike, but a part of the vectors contains few of them: recall among %d vectors may be"
                            + " much higher than predicted. Remove copies, or measure all vectors (--max-vectors).",
                    100.0 * diagnosis.exactDuplicates() / queries,
                    100.0 * diagnosis.copies() / rows,
                    predictedRows));
        } else if (diagnosis.inGroups() && givenRows > rows) {
            notes.add(String.format(
                    Locale.ROOT,
                    "The neighbors of %.0f%% of the queries are groups of near-copies. Recall that is predicted for more vectors than were"
                            + " searched may be far off: remove near-copies, or measure all vectors (--max-vectors).",
                    100 * diagnosis.grouped()));
        }
        return notes;
    }

    /** Says what reaches a recall with fewer bytes and more oversampling than is recommended. */
    private Optional<String> moreOversampling(double target) {
        Target recommended = target(target);
        double most = recommended.reached()
                ? FEWER_BYTES * recommended.nearest().quantizer().bytesAt(givenRows)
                : Double.POSITIVE_INFINITY;
        return candidates.stream()
                .filter(measured -> measured.bytesAt(givenRows) < most)
                .flatMap(measured -> measured.expected().all().keySet().stream()
                        .filter(factor -> factor > mostOversampling)
                        .map(factor -> Choice.of(measured, factor)))
                .filter(choice -> choice.choosing().low() >= target)
                .min(Comparator.<Choice>comparingDouble(
                                choice -> choice.quantizer().bytesAt(givenRows))
                        .thenComparingInt(Choice::oversampling))
                .map(choice -> String.format(
                        Locale.ROOT,
                        "For a recall of %.2f%s with fewer bytes, %s, which rescores %d codes per query: --max-oversampling %d.",
                        target,
                        tellsOfAll() ? "" : " among " + predictedRows + " vectors",
                        found(choice),
                        rescoredCodes(choice),
                        choice.oversampling()));
    }

    /** Says what shorter embeddings find, if they were measured. */
    private Optional<String> shorter() {
        List<QuantizerResult> prefixes = quantizers.stream()
                .filter(measured -> measured.options() instanceof Prefix.Options
                        && measured.name().equals(Floats.SPEC.name()))
                .sorted(Comparator.comparingInt(QuantizerResult::bytes).reversed())
                .toList();
        if (prefixes.isEmpty()) {
            return Optional.empty();
        }
        int least = choices(prefixes.get(0)).get(0).oversampling();
        int most = choices(prefixes.get(0))
                .get(choices(prefixes.get(0)).size() - 1)
                .oversampling();
        return Optional.of(
                prefixes.stream()
                        .map(measured -> String.format(
                                Locale.ROOT,
                                "the first %d find %.3f at %dx and %.3f at %dx",
                                ((Prefix.Options) measured.options()).prefix(),
                                measured.at(least).mean(),
                                least,
                                measured.at(most).mean(),
                                most))
                        .collect(
                                Collectors.joining(
                                        "; ",
                                        "Of the " + dimension + " dimensions at full precision, ",
                                        ". Models that are trained for shorter embeddings lose little; --prefix measures quantizers of them.")));
    }

    /** Says what signs lose where the dot product counts norms that differ, and what decoded vectors lose where norms are equal. */
    private Optional<String> normsOfDot() {
        if (similarity != Similarity.DOT) {
            return Optional.empty();
        }
        if (diagnosis.greatestLength() < DIFFERENT_NORMS * diagnosis.leastLength()) {
            return Optional.of(
                    "All norms are nearly equal, so that --similarity cosine has the same neighbors, of which pq, opq, int8 and"
                            + " scalar quantization find more.");
        }
        Optional<Choice> signs = best(measured -> Quantizers.SIGNS.contains(measured.name()));
        Optional<Choice> others = best(measured ->
                !Quantizers.SIGNS.contains(measured.name()) && measured.bytes() < (long) dimension * Float.BYTES);
        return Optional.of(String.format(
                Locale.ROOT,
                "Norms differ (%.3g to %.3g), and the dot product counts them. Signs keep directions alone%s. %s"
                        + " If only directions matter, use --similarity cosine.",
                diagnosis.leastLength(),
                diagnosis.greatestLength(),
                signs.map(choice -> ": " + found(choice)).orElse(""),
                others.map(choice -> "What keeps norms works, such as " + found(choice) + ".")
                        .orElse("Use what keeps norms, such as rabitq or int8.")));
    }

    /** The best of some quantizers at the largest oversampling that may be recommended. */
    private Optional<Choice> best(Predicate<QuantizerResult> among) {
        return quantizers.stream()
                .filter(among)
                .map(measured -> choices(measured).get(choices(measured).size() - 1))
                .max(Comparator.comparingDouble(choice -> choice.choosing().mean()));
    }

    private String found(Choice choice) {
        return String.format(
                Locale.ROOT,
                "%s (%s) with %d bytes finds %.3f at %dx",
                choice.quantizer().name(),
                options(choice.quantizer().options()),
                choice.quantizer().bytes(),
                choice.recall().mean(),
                choice.oversampling());
    }

    private List<String> notes(Choice choice) {
        QuantizerResult quantizer = choice.quantizer();
        String what = String.format(
                Locale.ROOT, "%s (%s) at %dx", quantizer.name(), options(quantizer.options()), choice.oversampling());
        List<String> notes = new ArrayList<>();
        if (quantizer.seen() != null) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s finds %.3f among vectors that it was fitted to and %.3f among as many new ones. The number for new vectors decides.",
                    what,
                    Objects.requireNonNull(quantizer.seen().seen().get(choice.oversampling())),
                    Objects.requireNonNull(quantizer.seen().fresh().get(choice.oversampling()))));
        }
        if (quantizer.ofSampled() != null) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s has a recall of %.3f for the queries, and %.3f for queries sampled from the vectors.",
                    what,
                    quantizer.at(choice.oversampling()).mean(),
                    Objects.requireNonNull(quantizer.ofSampled().get(choice.oversampling()))));
        }
        return notes;
    }

    private String few() {
        return queries < ENOUGH_QUERIES
                ? " With " + queries + " queries, half of which are used to choose, intervals are wide: pass "
                        + ENOUGH_QUERIES + " or more."
                : "";
    }

    /** Options in a few words: {@code bits 1, dimensions 384}. */
    public static String options(Record options) {
        return options(options, " ", ", ");
    }

    /** Options with what stands between a name and its value, and between two options. */
    public static String options(Record options, String between, String separator) {
        return OptionEntry.of(options).stream()
                .map(option -> shortName(option)
                        + between
                        + String.valueOf(option.value())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'))
                .collect(Collectors.joining(separator));
    }

    /** The name of an option without its group. */
    public static String shortName(OptionEntry option) {
        return option.name().substring(option.name().lastIndexOf('.') + 1);
    }
}
