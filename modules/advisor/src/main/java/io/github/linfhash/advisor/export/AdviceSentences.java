package io.github.linfhash.advisor.export;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.Diagnosis;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.advisor.advice.QuerySampling;
import io.github.linfhash.advisor.advice.Targets;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.io.listings.Percent;
import io.github.linfhash.quantizers.Prefix;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.quantizers.scalar.Floats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sentences and facts of an advice, the same in the terminal, on the page and in JSON. */
public final class AdviceSentences {
    /** With fewer queries, the advice says that they are few. */
    private static final int ENOUGH_QUERIES = 100;

    /** Norms that differ by more than this factor are not all 1. */
    private static final double DIFFERENT_NORMS = 1.01;

    private final Advice advice;
    private final Advice.Sample sample;
    private final Diagnosis diagnosis;
    private final Targets targets;
    private final int neighbors;

    /** Describes an advice. */
    public AdviceSentences(Advice advice) {
        this.advice = advice;
        this.sample = advice.sample();
        this.diagnosis = advice.diagnosis();
        this.targets = new Targets(advice);
        this.neighbors = advice.question().neighbors();
    }

    /** Formats with a point in numbers, whatever the locale. */
    public static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** Returns a quantizer with its options. */
    public static String named(QuantizerResult measured) {
        return measured.name() + " (" + OptionEntry.words(measured.options()) + ")";
    }

    /** Returns the choice for a recall as a sentence, or two where recall is not predictable for the whole database. */
    public String target(double recall) {
        Targets.Target target = advice.target(recall);
        String start = "For a recall of " + Percent.exact(recall) + ": ";
        String few = sample.queries() < ENOUGH_QUERIES
                ? " With " + sample.queries() + " queries, half of which are used to choose, intervals are wide: pass "
                        + ENOUGH_QUERIES + " or more."
                : "";
        String what = reaching(target.nearest()) + "." + few;
        String closest = ". The closest: " + what;
        return start
                + reason(target)
                + switch (target.shortfall()) {
                    case NONE -> what;
                    case NOT_PREDICTABLE ->
                        ". Among " + sample.predictedRows() + ", "
                                + (target.reached() ? what : "no measured quantizer reaches it" + closest);
                    case FEW_QUERIES -> closest + " " + shown(target);
                    case UNCERTAIN, COPIES, NOT_REACHED -> closest;
                };
    }

    /** Returns why no code is recommended for a recall, without the numbers of the closest one; empty if one is. */
    public Optional<String> shortfallSentence(double recall) {
        Targets.Target target = advice.target(recall);
        return target.shortfall() == Targets.Target.Shortfall.NONE
                ? Optional.empty()
                : Optional.of("For a recall of " + Percent.exact(recall) + ": " + reason(target) + "."
                        + (target.shortfall() == Targets.Target.Shortfall.FEW_QUERIES ? " " + shown(target) : ""));
    }

    private String reason(Targets.Target target) {
        return switch (target.shortfall()) {
            case NONE -> "";
            case NOT_PREDICTABLE ->
                "not predictable for " + sample.givenRows() + " vectors, as " + sample.rows() + " are searched and "
                        + QuerySampling.Needed.of(sample.givenRows(), neighbors).searched()
                        + " have to be (--max-vectors)";
            case FEW_QUERIES -> sample.queries() + " queries are too few to tell. " + needed(target);
            case UNCERTAIN ->
                "the prediction for " + sample.predictedRows() + " vectors from " + sample.rows()
                        + " is too uncertain to tell; search more (--max-vectors)";
            case COPIES -> "not predictable for " + sample.givenRows() + " vectors, of which many are copies";
            case NOT_REACHED -> "no measured quantizer reliably reaches it";
        };
    }

    private static String shown(Targets.Target target) {
        return "These queries show a recall of "
                + Percent.of(target.nearest().choosing().low()) + " at least.";
    }

    private String needed(Targets.Target target) {
        int needed = target.neededQueries().orElseThrow();
        return needed > Targets.Target.MOST_NEEDED
                ? "The recall of the closest quantizer is so near that more than " + Targets.Target.MOST_NEEDED
                        + " are needed"
                : "About " + needed + " are needed, half of which report"
                        + (sample.queriesDrawn() ? ": hold as many vectors out, and pass them with --queries" : "");
    }

    private String reaching(Targets.Choice choice) {
        QuantizerResult quantizer = choice.quantizer();
        boolean predicted = quantizer.predicted() != null;
        int seeds = quantizer.effort().seeds();
        return format(
                "%s with %d bytes per vector%s and %dx oversampling (the best %d codes, rescored with full precision)"
                        + " %s a recall@%d of %s%s (95%% interval %s to %s over %d queries%s; chosen on the other %d)",
                named(quantizer),
                quantizer.bytes(),
                quantizer.code().modelBytes() == 0
                        ? ""
                        : format(" (%.1f including its share of the model)", quantizer.bytesAt(sample.givenRows())),
                choice.oversampling(),
                targets.rescoredCodes(choice),
                predicted ? "is predicted to reach" : "reaches",
                neighbors,
                Percent.of(choice.recall().mean()),
                predicted ? " among " + sample.predictedRows() + " vectors" : "",
                Percent.of(choice.recall().low()),
                Percent.of(choice.recall().high()),
                sample.queries() / 2,
                seeds > 1 ? " and " + seeds + " seeds" : "",
                sample.queries() - sample.queries() / 2);
    }

    /** Returns in a few words why no code is recommended for a recall; empty if one is. */
    public String shortfall(double recall) {
        Targets.Target target = advice.target(recall);
        return switch (target.shortfall()) {
            case NONE -> "";
            case NOT_PREDICTABLE -> "not predictable for " + sample.givenRows();
            case FEW_QUERIES ->
                target.neededQueries().orElseThrow() > Targets.Target.MOST_NEEDED
                        ? "needs more than " + Targets.Target.MOST_NEEDED + " queries"
                        : "needs " + target.neededQueries().getAsInt() + " queries";
            case UNCERTAIN -> "prediction too uncertain";
            case COPIES -> "not predictable, many copies";
            case NOT_REACHED -> "not reached";
        };
    }

    /** Returns clauses that name what reaches a recall with more bytes and less oversampling than the choice. */
    public List<String> alternatives(double recall) {
        return advice.target(recall).alternatives().stream()
                .map(choice -> format(
                        "%d bytes and %dx oversampling: %s, recall %s.",
                        choice.quantizer().bytes(),
                        choice.oversampling(),
                        named(choice.quantizer()),
                        Percent.of(choice.recall().mean())))
                .toList();
    }

    /** Returns the facts that a reader of the advice has to know, as sentences. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        List<Targets.Target> all =
                advice.question().targets().stream().map(advice::target).toList();
        if (!sample.coversAll()) {
            QuerySampling.Needed needed = QuerySampling.Needed.of(sample.givenRows(), neighbors);
            notes.add("To predict recall for " + sample.givenRows() + " vectors, " + needed.searched()
                    + " have to be searched, not " + sample.rows() + ". " + needed.request() + ".");
        }
        if (sample.queriesDrawn()) {
            notes.add(
                    "Queries were sampled from the vectors. Real queries may resemble the vectors less, and codes then find fewer of"
                            + " their neighbors: pass real queries with --queries.");
        }
        if (sample.queryGroups() > 0) {
            notes.add("Intervals count the " + sample.queryGroups() + " groups of queries as independent, not the "
                    + sample.queries() + " queries.");
        }
        origin().ifPresent(notes::add);
        all.stream().map(Targets.Target::nearest).distinct().forEach(choice -> notes.addAll(notes(choice)));
        all.forEach(target -> moreOversampling(target).ifPresent(notes::add));
        all.forEach(target -> moreQueries(target).ifPresent(notes::add));
        all.forEach(target -> overAllQueries(target).ifPresent(notes::add));
        shorter().ifPresent(notes::add);
        normsOfDot().ifPresent(notes::add);
        addCopies(notes);
        return notes;
    }

    private Optional<String> origin() {
        return Optional.ofNullable(advice.origin()).map(origin -> {
            String distances = format(
                    ": their median distance to the nearest vector is %.3g, that of sampled queries %.3g",
                    origin.medianDistance(), origin.medianDistanceOfSampled());
            return origin.elsewhere()
                    ? "The queries come from elsewhere" + distances + " (p < " + Advice.Origin.LEVEL + ")."
                    : "The queries resemble the vectors" + distances + format(" (p = %.1g).", origin.p());
        });
    }

    private static List<String> notes(Targets.Choice choice) {
        QuantizerResult quantizer = choice.quantizer();
        int factor = choice.oversampling();
        String what = named(quantizer) + " at " + factor + "x";
        List<String> notes = new ArrayList<>();
        if (quantizer.seen() != null) {
            notes.add(format(
                    "%s finds %s among vectors that it was fitted to and %s among as many new ones. The number for new vectors decides.",
                    what,
                    Percent.of(Objects.requireNonNull(
                            quantizer.seen().recallOfSeen().get(factor))),
                    Percent.of(Objects.requireNonNull(
                            quantizer.seen().recallOfNew().get(factor)))));
        }
        if (quantizer.ofSampled() != null) {
            notes.add(format(
                    "%s has a recall of %s for the queries, and %s for queries sampled from the vectors.",
                    what,
                    Percent.of(quantizer.at(factor).mean()),
                    Percent.of(Objects.requireNonNull(quantizer.ofSampled().get(factor)))));
        }
        return notes;
    }

    private Optional<String> moreOversampling(Targets.Target target) {
        return targets.withMoreOversampling(target)
                .map(choice -> format(
                        "For a recall of %s%s with fewer bytes, %s, which rescores %d codes per query: --max-oversampling %d.",
                        Percent.exact(target.target()),
                        sample.coversAll() ? "" : " among " + sample.predictedRows() + " vectors",
                        found(choice),
                        targets.rescoredCodes(choice),
                        choice.oversampling()));
    }

    private Optional<String> moreQueries(Targets.Target target) {
        return targets.withMoreQueries(target).map(choice -> {
            int needed = targets.neededQueries(choice, target.target()).orElseThrow();
            return format(
                    "Fewer bytes may be enough for a recall of %s: %s (%s to %s). %s",
                    Percent.exact(target.target()),
                    found(choice),
                    Percent.of(choice.recall().low()),
                    Percent.of(choice.recall().high()),
                    needed > Targets.Target.MOST_NEEDED
                            ? "That is so near that more than " + Targets.Target.MOST_NEEDED
                                    + " queries are needed to tell."
                            : "About " + needed + " queries are needed to tell.");
        });
    }

    private Optional<String> overAllQueries(Targets.Target target) {
        return targets.overAllQueries(target)
                .map(choice -> format(
                        "Exploratory: over all queries, %s with %d bytes reaches a recall of %s at %dx (%s to %s), but not over those that"
                                + " choose. It was picked after its recall was seen, so its interval promises nothing: measure it with other queries.",
                        named(choice.quantizer()),
                        choice.quantizer().bytes(),
                        Percent.exact(target.target()),
                        choice.oversampling(),
                        Percent.of(choice.quantizer().at(choice.oversampling()).low()),
                        Percent.of(choice.quantizer().at(choice.oversampling()).high())));
    }

    private static String found(Targets.Choice choice) {
        return format(
                "%s with %d bytes finds %s at %dx",
                named(choice.quantizer()),
                choice.quantizer().bytes(),
                Percent.of(choice.recall().mean()),
                choice.oversampling());
    }

    /** The recall of shorter embeddings, if they were measured. */
    private Optional<String> shorter() {
        List<QuantizerResult> prefixes = advice.quantizers().stream()
                .filter(measured -> measured.options() instanceof Prefix.Options
                        && measured.name().equals(Floats.SPEC.name()))
                .sorted(Comparator.comparingInt(QuantizerResult::bytes).reversed())
                .toList();
        if (prefixes.isEmpty()) {
            return Optional.empty();
        }
        List<Targets.Choice> choices = targets.choices(prefixes.get(0));
        int least = choices.get(0).oversampling();
        int most = choices.get(choices.size() - 1).oversampling();
        return Optional.of(
                prefixes.stream()
                        .map(measured -> format(
                                "the first %d find %s at %dx and %s at %dx",
                                ((Prefix.Options) measured.options()).prefix(),
                                Percent.of(measured.at(least).mean()),
                                least,
                                Percent.of(measured.at(most).mean()),
                                most))
                        .collect(
                                Collectors.joining(
                                        "; ",
                                        "Of the " + sample.dimension() + " dimensions at full precision, ",
                                        ". Models that are trained for shorter embeddings lose little; --prefix measures quantizers of them.")));
    }

    /** Says that signs lose norms, which the dot product counts where they differ, and what decoded vectors lose where norms are equal. */
    private Optional<String> normsOfDot() {
        if (advice.question().similarity() != Similarity.DOT) {
            return Optional.empty();
        }
        Diagnosis.Lengths lengths = diagnosis.lengths();
        if (lengths.greatest() < DIFFERENT_NORMS * lengths.least()) {
            return Optional.of(
                    "All norms are nearly equal, so that --similarity cosine has the same neighbors, of which pq, opq, int8 and"
                            + " scalar quantization find more.");
        }
        Optional<Targets.Choice> signs = targets.best(measured -> Quantizers.SIGNS.contains(measured.name()));
        Optional<Targets.Choice> others = targets.best(measured -> !Quantizers.SIGNS.contains(measured.name())
                && measured.bytes() < (long) sample.dimension() * Float.BYTES);
        return Optional.of(format(
                "Norms differ (%.3g to %.3g), and the dot product counts them. Signs keep directions alone%s. %s"
                        + " If only directions matter, use --similarity cosine.",
                lengths.least(),
                lengths.greatest(),
                signs.map(choice -> ": " + found(choice)).orElse(""),
                others.map(choice -> "What keeps norms works, such as " + found(choice) + ".")
                        .orElse("Use what keeps norms, such as rabitq or int8.")));
    }

    private void addCopies(List<String> notes) {
        Diagnosis.Duplicates duplicates = diagnosis.duplicates();
        boolean part = sample.givenRows() > sample.rows();
        if (duplicates.copies() > 0) {
            notes.add(duplicates.copies() + " of the " + sample.rows()
                    + " searched vectors equal another one. A vector as near as the k-th neighbor counts like it.");
        }
        if (part && sample.predictedRows() > Advice.Sample.MOST_VALIDATED) {
            notes.add(
                    "Predictions were compared with measurements for up to " + Advice.Sample.MOST_VALIDATED
                            + " vectors. For " + sample.predictedRows()
                            + ", nothing confirms the intervals: measure a larger sample (--max-vectors), or recall in the engine.");
        }
        if (advice.blurredByCopies()) {
            notes.add(format(
                    "%.0f%% of the queries and %.0f%% of the searched vectors have exact copies. All copies of a vector have one code and"
                            + " count alike, but a part of the vectors contains few of them: recall among %d vectors may be"
                            + " much higher than predicted. Remove copies, or measure all vectors (--max-vectors).",
                    100.0 * duplicates.exactDuplicatesOfQueries() / sample.queries(),
                    100.0 * duplicates.copies() / sample.rows(),
                    sample.predictedRows()));
        } else if (duplicates.inGroups() && part) {
            notes.add(format(
                    "The neighbors of %.0f%% of the queries are groups of near-copies. Recall that is predicted for more vectors than were"
                            + " searched may be far off: remove near-copies, or measure all vectors (--max-vectors).",
                    100 * duplicates.groupedQueries()));
        }
    }

    /** Returns the numbers of vectors and queries and the properties of the vectors, by name. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        String others = sample.trainingRows() > 0 ? ", " + sample.trainingRows() + " others to fit to" : "";
        String database = format(
                "%d of dimension %d, %d searched%s", sample.givenRows(), sample.dimension(), sample.rows(), others);
        facts.put("database", database);
        if (sample.givenRows() > sample.rows()) {
            put(facts, "recall", "of new vectors, predicted for %d", sample.predictedRows());
        }
        String drawn = sample.queriesDrawn() ? ", sampled from the vectors and removed from the database" : "";
        put(facts, "queries", "%d%s", sample.queries(), drawn);
        Advice.Skipped skipped = advice.unmeasured().skipped();
        int vectors = skipped.skippedVectors().size();
        int queries = skipped.skippedQueries().size();
        if (vectors + queries > 0) {
            put(facts, "invalid", "%d vectors and %d queries, excluded", vectors, queries);
        }
        put(facts, "similarity", "%s", advice.question().similarity().name().toLowerCase(Locale.ROOT));
        Diagnosis.Duplicates same = diagnosis.duplicates();
        String duplicates = format(
                "%d queries are equal to a database vector, %d are near one",
                same.exactDuplicatesOfQueries(), same.nearDuplicatesOfQueries());
        facts.put("duplicates", duplicates);
        put(facts, "copies", "%d vectors are equal to another one", same.copies());
        Diagnosis.Lengths norms = diagnosis.lengths();
        put(facts, "norms", "%.4g to %.4g, mean %.4g", norms.least(), norms.greatest(), norms.mean());
        Diagnosis.Shape shape = diagnosis.shape();
        put(facts, "mean vector", "%.1f%% of the squared norm", 100 * shape.centering());
        put(facts, "flatness", "%.3f (random directions: 0.798)", shape.flatness());
        put(facts, "isotropy", "%.3f (same variance in all directions: 1)", shape.isotropy());
        Double dimension = shape.intrinsicDimension();
        put(facts, "intrinsic dimension", "%s", dimension == null ? "unknown" : format("%.1f", dimension));
        QuantizerResult.Labeled labels = advice.labels();
        if (labels != null) {
            String quality = format(
                    "full-precision vectors: mAP %.4f, precision@10 %.4f",
                    labels.map().mean(), labels.precision().mean());
            facts.put("labels", quality);
        }
        Advice.Judged judged = advice.judged();
        if (judged != null) {
            String quality = format(
                    "full-precision vectors: nDCG@10 %.4f over %d queries; %d without a relevant vector are excluded",
                    judged.floats().mean(), judged.queries(), judged.queriesLeftOut());
            facts.put("judgments", quality);
            String pattern = "%d judgments of other queries, %d of other vectors";
            put(facts, "excluded", pattern, judged.ofOtherQueries(), judged.ofOtherVectors());
        }
        put(facts, "largest hub", "neighbor of %.1f%% of the queries", 100 * shape.largestHub());
        return facts;
    }

    private static void put(Map<String, String> facts, String name, String pattern, Object... values) {
        facts.put(name, format(pattern, values));
    }

    /** Returns a sentence that names a quantizer and why it cannot work with the vectors. */
    public static String refused(Advice.Refused refused) {
        return refused.name() + " (" + refused.options() + "): " + refused.reason();
    }

    /** Returns sentences that name the quantizers that were not measured. */
    public List<String> unmeasured() {
        List<String> sentences = new ArrayList<>();
        Advice.Unmeasured unmeasured = advice.unmeasured();
        unmeasured.refused().forEach(one -> sentences.add("Not measured: " + refused(one)));
        if (!unmeasured.leftOut().isEmpty()) {
            sentences.add("Skipped (slow or duplicate): " + String.join(", ", unmeasured.leftOut())
                    + ". Use --include-slow to include them.");
        }
        Advice.Screening screening = unmeasured.screening();
        if (screening != null) {
            sentences.add(format(
                    "Screened on %d vectors with %d queries: %d quantizers are not measured on all, because they do not reach the recall there or"
                            + " others reach it with fewer bytes. Use --no-screening to measure them.",
                    screening.rows(), screening.queries(), screening.dropped().size()));
        }
        return sentences;
    }
}
