package io.github.linfhash.engines.report;

import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.engines.measure.Filtered;
import io.github.linfhash.engines.measure.GraphOrScan;
import io.github.linfhash.engines.measure.Growth;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.Measurement.Answer;
import io.github.linfhash.engines.measure.Measurement.Measured;
import io.github.linfhash.engines.measure.Measurer;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.Percent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A measurement as text: the answers, all settings, and the statements to paste. */
public final class MeasureListing {
    private static final double MEGA = 1e6;

    private MeasureListing() {}

    /**
     * All as text.
     *
     * @param price of a gigabyte of memory; null for none
     * @param ratios whether the ratios of distances are shown
     */
    public static String of(Measurement measurement, @Nullable Double price, boolean ratios) {
        StringBuilder text = new StringBuilder(answers(measurement).text()).append('\n');
        if (!measurement.complete()) {
            text.append("The measurement is not complete, and the end of this listing says why.\n");
        } else if (!measurement.leftOut().isEmpty()) {
            text.append("Not everything was measured, and the end of this listing says why.\n");
        }
        text.append(caption(measurement)).append("\n\n");
        sentences(measurement, price).forEach(sentence -> text.append(sentence).append('\n'));
        text.append(settings(measurement, ratios).text())
                .append('\n')
                .append(legend(measurement))
                .append('\n');
        if (!measurement.filters().all().isEmpty()) {
            text.append('\n')
                    .append(filters(measurement).text())
                    .append('\n')
                    .append(verdict(measurement))
                    .append(' ')
                    .append(filterNote(measurement))
                    .append("\n\n")
                    .append(measurement.filters().exactScan());
        }
        measurement
                .leftOut()
                .forEach(sentence ->
                        text.append("Not measured: ").append(sentence).append('\n'));
        for (Answer answer : measurement.answers()) {
            text.append('\n')
                    .append(heading(measurement, answer))
                    .append("\n\n")
                    .append(answer.snippet().create())
                    .append(answer.snippet().remark())
                    .append(answer.snippet().search());
        }
        return text.toString();
    }

    /** The line above the statements of an answer. */
    static String heading(Measurement measurement, Answer answer) {
        Growth growth = answer.growth();
        if (answer.reached()) {
            return format(
                    "Paste for a recall of %s%s%s",
                    Percent.exact(answer.target()),
                    growth == null
                            ? ""
                            : format(
                                    growth.effort() == null
                                            ? " among %d rows, which was not measured for %d"
                                            : ", measured among %d rows, with a search setting that is predicted for %d",
                                    measurement.vectors().rows(),
                                    growth.databaseSize()),
                    pasted(answer));
        }
        if (!answer.measured().usesIndex() && answer.measured().choosing().low() >= answer.target()) {
            return format(
                    "%s reaches a recall of %s by scanning all %d rows, half of the time in at most %.1f ms, as they are so few. No index is"
                            + " needed. These lines make one that it does not use%s",
                    measurement.server().text(),
                    Percent.exact(answer.target()),
                    measurement.vectors().rows(),
                    answer.measured().latency().p50(),
                    pasted(answer));
        }
        int needed = Measurer.neededQueries(answer.target());
        CrossedMean choosing = answer.measured().choosing();
        return format(
                "None of the %d settings measured on all rows reliably reaches a recall of %s%s. The choosing queries have at best %s, with an"
                        + " interval from %s%s. Paste for that setting%s",
                measurement.points().size(),
                Percent.exact(answer.target()),
                measurement.leftOut().isEmpty() ? "" : "; others may, as not all indexes were measured",
                new Percent(choosing.mean(), 2),
                new Percent(choosing.low(), 2),
                measurement.vectors().choosing() < needed
                        ? ", as " + measurement.vectors().choosing() + " are too few: pass at least " + 2 * needed
                                + " queries"
                        : "",
                pasted(answer));
    }

    /** Sentences about scans, the growth of the answers' indexes, and their price. */
    static List<String> sentences(Measurement measurement, @Nullable Double price) {
        List<String> sentences = new ArrayList<>();
        GraphOrScan.of(measurement).ifPresent(one -> sentences.add(need(one)));
        for (Answer answer : measurement.answers()) {
            faster(measurement, answer).ifPresent(sentences::add);
            Growth growth = answer.growth();
            String start = "For a recall of " + Percent.exact(answer.target()) + ", ";
            if (growth != null) {
                sentences.addAll(grown(answer, growth, start, price));
            } else if (price != null) {
                sentences.add(start
                        + format("the index has %s MB", mega(answer.measured().indexBytes()))
                        + price(price, (double) answer.measured().indexBytes()) + ".");
            }
        }
        return sentences;
    }

    /** Says from how many rows on a graph is worth its bytes. */
    private static String need(GraphOrScan one) {
        List<String> scans = new ArrayList<>();
        if (one.exact() != null) {
            scans.add(format("an exact scan up to about %d rows", one.exact()));
        }
        if (one.codes() != null) {
            scans.add(format("a scan of codes up to about %d", one.codes()));
        }
        return format(
                "Do you need a graph? At a recall of %s, %s takes %.2f ms at the median. As fast: %s.",
                Percent.exact(one.target()), one.graph(), one.graphMillis(), String.join(", ", scans));
    }

    /** Names the fastest that also reaches the target, where the smallest, which is the answer, takes more than twice its time. */
    private static Optional<String> faster(Measurement measurement, Answer answer) {
        Measured chosen = answer.measured();
        return measurement.points().stream()
                .filter(one -> answer.reached() && one.usesIndex() && one.reaches(answer.target()))
                .min(Comparator.comparingDouble(one -> one.latency().p50()))
                .filter(one -> 2 * one.latency().p50() < chosen.latency().p50())
                .map(one -> format(
                        "For a recall of %s, the smallest index is not the fastest: %s with %s takes %.2f ms at the median instead of"
                                + " %.2f, and %s MB instead of %s.",
                        Percent.exact(answer.target()),
                        one.type().name(),
                        Stream.of(one.point().index().text(), one.point().searched())
                                .filter(text -> !text.isEmpty())
                                .collect(Collectors.joining(", ")),
                        one.latency().p50(),
                        chosen.latency().p50(),
                        mega(one.indexBytes()),
                        mega(chosen.indexBytes())));
    }

    private static List<String> grown(Answer answer, Growth growth, String start, @Nullable Double price) {
        List<String> needs = new ArrayList<>();
        if (growth.effort() != null && growth.candidates() != null) {
            needs.add(format(
                    "%s = %.0f (%.0f to %.0f) and %.0f rescored rows (%.0f to %.0f)",
                    answer.measured().type().effortName(),
                    growth.effort().value(),
                    growth.effort().low(),
                    growth.effort().high(),
                    growth.candidates().value(),
                    growth.candidates().low(),
                    growth.candidates().high()));
        }
        if (growth.indexBytes() != null) {
            needs.add(format(
                    "an index of %.1f MB (%.1f to %.1f)%s",
                    growth.indexBytes().value() / MEGA,
                    growth.indexBytes().low() / MEGA,
                    growth.indexBytes().high() / MEGA,
                    price(price, growth.indexBytes().value())));
        }
        List<String> sentences = new ArrayList<>();
        if (!needs.isEmpty()) {
            sentences.add(start + format("a table of %d rows needs ", growth.databaseSize())
                    + String.join(", and ", needs) + ".");
        }
        if (!growth.refused().isEmpty()) {
            sentences.add(start + (needs.isEmpty() ? "nothing" : "nothing else") + " is predicted for "
                    + growth.databaseSize() + " rows: "
                    + growth.refused().strip().replaceFirst("[.]$", "") + ".");
        }
        return sentences;
    }

    private static String price(@Nullable Double perGiga, double bytes) {
        return perGiga == null ? "" : format(", for %.2f at %.2f per GB", perGiga * bytes / MEGA / 1000, perGiga);
    }

    /** Describes the vectors, the queries and the intervals. */
    static String caption(Measurement measurement) {
        Measurement.Vectors vectors = measurement.vectors();
        return format(
                "%d vectors of dimension %d in %s, %d nearest neighbors by %s. %d queries (%s) choose, %d others report. Intervals:"
                        + " 95%%, over queries and builds.",
                vectors.rows(),
                vectors.dimension(),
                measurement.server().text(),
                vectors.neighbors(),
                vectors.similarity().name().toLowerCase(Locale.ROOT),
                vectors.choosing(),
                vectors.sampled() ? "sampled from the vectors" : "given",
                vectors.reporting());
    }

    /** Describes the columns of {@link #settings}. */
    static String legend(Measurement measurement) {
        boolean plans = measurement.points().stream().allMatch(one -> one.plan() != null);
        String efforts = measurement.points().stream()
                .map(Measured::type)
                .filter(type -> type.effort() != null)
                .map(IndexType::effortName)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" or "));
        return (efforts.isEmpty() ? "" : "effort: " + efforts + ". ")
                + "candidates: rows that are rescored. heap MB: "
                + measurement.server().heap() + "."
                + (plans ? " build MB: memory of the build, estimated." : "")
                + " choosing low: the lower end of the interval of the queries that choose, which has to reach a target."
                + " per s: searches of one client. per s, all: searches of " + clients(measurement) + " at once."
                + (plans
                        ? " hit, read: blocks of 8 kB per search, in the server's buffers and not; from disk, times are longer."
                        : "")
                + format(
                        " code loss, index loss: the recall that an exact scan of the codes loses, and what the index loses in"
                                + " addition, over the first %d queries that report. Exact scans are measured with at most %d queries.",
                        measurement.vectors().lossQueries(), Measurement.EXACT_QUERIES);
    }

    /** How many clients there were: one for each processor, as far as the engine allows. */
    private static String clients(Measurement measurement) {
        IntSummaryStatistics clients = measurement.points().stream()
                .mapToInt(one -> one.clients().clients())
                .summaryStatistics();
        return clients.getMin() == clients.getMax()
                ? clients.getMax() == 1 ? "1 client" : clients.getMax() + " clients"
                : clients.getMin() + " to " + clients.getMax() + " clients";
    }

    /** The answers as a table. */
    static Listing answers(Measurement measurement) {
        return Listing.of(measurement.answers())
                .head("target", answer -> Percent.exact(answer.target()))
                .words("reached", answer -> answer.reached() ? "yes" : "no")
                .words("index", answer -> answer.measured().type())
                .number("recall", answer -> Percent.of(answer.recall().mean()))
                .number(
                        "interval",
                        answer -> Percent.of(answer.recall().low()) + " to "
                                + Percent.of(answer.recall().high()))
                .number("index MB", answer -> mega(answer.measured().indexBytes()))
                .number(
                        "p50 ms",
                        answer -> format("%.2f", answer.measured().latency().p50()))
                .number(
                        "p95 ms",
                        answer -> format("%.2f", answer.measured().latency().p95()))
                .words("search", answer -> answer.measured().point().searched())
                .words("built with", answer -> answer.measured().point().index().text());
    }

    private static String mega(long bytes) {
        return format("%.1f", bytes / MEGA);
    }

    /** All settings as a table, the smallest index first. */
    public static Listing settings(Measurement measurement, boolean ratios) {
        List<Measured> sorted = measurement.points().stream()
                .sorted(Comparator.comparingLong(Measured::indexBytes)
                        .thenComparing(one -> one.recall().mean()))
                .toList();
        Listing.OfRows<Measured> listing = Listing.of(sorted)
                .head("index", one -> one.type())
                .words("built with", one -> one.point().index().text())
                .number("effort", one -> one.point().effort())
                .number("candidates", one -> one.point().candidates())
                .number("recall", one -> new Percent(one.recall().mean(), 2))
                .number("low", one -> new Percent(one.recall().low(), 2))
                .number("high", one -> new Percent(one.recall().high(), 2))
                .number("choosing low", one -> new Percent(one.choosing().low(), 2))
                .number("p50 ms", one -> format("%.2f", one.latency().p50()))
                .number("p95 ms", one -> format("%.2f", one.latency().p95()))
                .number("per s", one -> format("%.0f", one.latency().perSecond()))
                .number("per s, all", one -> format("%.0f", one.perSecondOfAll()))
                .number("index MB", one -> mega(one.indexBytes()))
                .number("heap MB", one -> mega(one.built().heapBytes()))
                .number("build s", one -> format("%.1f", one.built().seconds()));
        if (sorted.stream().allMatch(one -> one.plan() != null)) {
            listing.number("build MB", one -> mega(one.built().memory()))
                    .number("hit", one -> format("%.0f", plan(one).hit()))
                    .number("read", one -> format("%.0f", plan(one).read()))
                    .words("index used", one -> plan(one).usesIndex() ? "yes" : "no");
        }
        if (ratios) {
            listing.number(
                    "distance ratio", one -> one.distanceRatio() == null ? null : format("%.4f", one.distanceRatio()));
        }
        return listing.number(
                        "code loss",
                        one -> one.losses() == null
                                ? null
                                : new Percent(one.losses().code(), 2))
                .number(
                        "index loss",
                        one -> one.losses() == null
                                ? null
                                : new Percent(one.losses().index(), 2));
    }

    private static Measurement.Plan plan(Measured measured) {
        return Objects.requireNonNull(measured.plan());
    }

    /** Searches with filters as a table, the least selective first. */
    static Listing filters(Measurement measurement) {
        return Listing.of(measurement.filters().all().stream()
                        .sorted(Comparator.comparingDouble((Filtered one) -> -one.selectivity()))
                        .toList())
                .head("search", Filtered::name)
                .number("rows that match", one -> format("%.2g%%", 100 * one.selectivity()))
                .number("recall", one -> Percent.of(one.recall().mean()))
                .number("low", one -> Percent.of(one.recall().low()))
                .number("high", one -> Percent.of(one.recall().high()))
                .number("worst group", one -> one.worstGroup() == null ? null : Percent.of(one.worstGroup()))
                .number("worst tenth", one -> Percent.of(one.worstTenth()))
                .number("rows", one -> format("%.1f", one.returned()))
                .number("of", one -> format("%.1f", one.wanted()))
                .number("p50 ms", one -> format("%.2f", one.p50()))
                .number("p95 ms", one -> format("%.2f", one.p95()));
    }

    /** Says where an exact scan is the better search, and how to search so. */
    static String verdict(Measurement measurement) {
        List<Filtered> filters = measurement.filters().all();
        double target = measurement.hardest();
        if (filters.stream().noneMatch(one -> one.method().equals(Filtered.EXACT))) {
            return "Exact scans of the rows that match were not measured.";
        }
        List<Double> unreached = Filtered.unreached(filters, target);
        OptionalDouble from = Filtered.exactWinsFrom(filters, target);
        List<String> sentences = new ArrayList<>();
        if (from.isPresent()) {
            sentences.add(format(
                    "If at most %.2g%% of the rows match (%d of %d), an exact scan of them is faster than any index of all rows with a"
                            + " recall of %s. A larger table has more rows to scan.",
                    100 * from.getAsDouble(),
                    Math.round(from.getAsDouble() * measurement.vectors().rows()),
                    measurement.vectors().rows(),
                    Percent.exact(target)));
        } else {
            filters.stream()
                    .filter(one -> one.method().equals(Filtered.EXACT) && !unreached.contains(one.selectivity()))
                    .mapToDouble(Filtered::selectivity)
                    .min()
                    .ifPresent(fewest -> sentences.add(format(
                            "Already if %.2g%% of the rows match, an index of all rows with a recall of %s is faster than an exact scan of"
                                    + " them.",
                            100 * fewest, Percent.exact(target))));
        }
        if (!unreached.isEmpty()) {
            sentences.add(format(
                    "If %s of the rows match, no index of all rows reaches a recall of %s: search by an exact scan of them.",
                    unreached.stream()
                            .map(selectivity -> format("%.2g%%", 100 * selectivity))
                            .collect(Collectors.joining(" or ")),
                    Percent.exact(target)));
        }
        return String.join(" ", sentences);
    }

    /** Says how an engine uses its index in a search with a filter. */
    static String filterNote(Measurement measurement) {
        return measurement.server().filterNote();
    }

    private static String pasted(Answer answer) {
        return ", " + answer.snippet().pasted() + ":";
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
