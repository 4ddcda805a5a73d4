package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.reports.page.PageParts.Count;
import io.github.linfhash.reports.page.PageParts.NumberHtml;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.ComparisonTable;
import io.github.linfhash.results.tables.ComparisonTable.Agreement;
import io.github.linfhash.results.tables.ComparisonTable.ComparisonRow;
import io.github.linfhash.results.tables.Leads;
import io.github.linfhash.results.tables.Leads.Lead;
import io.github.linfhash.results.tables.Leads.Test;
import io.github.linfhash.results.tables.QuantityText;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The facts that a reader wants to know first: who leads in what, how sure that is, and whether the published numbers are reached. */
final class VerdictSection {
    private static final double SMALLEST_P = 0.001;

    /** With fewer, a test decides little once it is corrected for all configurations. */
    private static final int ENOUGH_SEEDS = 5;

    private final Results results;
    private final ComparisonTable comparison;
    private final PublishedTable published;
    private final Map<String, String> titles = new HashMap<>();

    private VerdictSection(Results results, ComparisonTable comparison, PublishedTable published) {
        this.results = results;
        this.comparison = comparison;
        this.published = published;
        results.protocol().configurations().forEach(method -> titles.put(method.entry(), method.label()));
    }

    static Html html(Results results, ComparisonTable comparison, PublishedTable published) {
        return new VerdictSection(results, comparison, published).section();
    }

    private Html section() {
        List<Html> items = new ArrayList<>();
        for (Quantity column : comparison.layout().columns()) {
            List<Lead> leads = comparison.leads().all().stream()
                    .filter(lead -> lead.column().equals(column))
                    .toList();
            if (!leads.isEmpty() && column.role() != Quantity.Role.DERIVED) {
                items.add(sentence(column, leads));
            }
        }
        List<Html> parts = new ArrayList<>();
        if (!items.isEmpty()) {
            parts.add(Element.of("ul").with("class", "verdict").addAll(items));
            parts.addAll(untested());
            parts.addAll(moreSeeds());
            parts.add(leadTable());
        } else {
            parts.addAll(alone());
        }
        parts.addAll(leftOut());
        if (!published.cells().isEmpty() && results.protocol().dataset().reproducesPaper()) {
            parts.addAll(reach());
        }
        return parts.isEmpty()
                ? Html.fragment(List.of())
                : Section.folding("verdict", "Who leads in each metric", false, parts);
    }

    private List<Html> alone() {
        List<String> measured = results.protocol().configurations().stream()
                .map(Configuration::entry)
                .filter(entry -> results.protocol().bits().stream()
                        .flatMap(bits -> results.runs(entry, bits).stream())
                        .anyMatch(run -> !run.failed()))
                .toList();
        return measured.size() == 1
                ? List.of(Element.of(
                        "p", "Only " + title(measured.get(0)) + " was measured, so there is nothing to compare."))
                : List.of();
    }

    /** Whether some differences have too few seeds for a test. */
    private static boolean untested(Lead lead) {
        Test test = lead.runnerUp().test();
        return !lead.tied() && test.p().isEmpty() && test.difference().n() < Leads.FEWEST_SEEDS;
    }

    private List<Html> untested() {
        return comparison.leads().all().stream().anyMatch(VerdictSection::untested)
                ? List.of(Element.of("p", "Not tested: differences of fewer than " + Leads.FEWEST_SEEDS + " seeds."))
                : List.of();
    }

    /** Returns the advice to run more seeds, where nothing is decided. */
    private List<Html> moreSeeds() {
        int seeds = results.protocol().seeds().size();
        return seeds >= ENOUGH_SEEDS || comparison.leads().all().stream().anyMatch(Lead::significant)
                ? List.of()
                : List.of(Element.of(
                        "p",
                        "With " + Count.of(seeds, "seed") + ", no lead is significant. Run more seeds, at least "
                                + ENOUGH_SEEDS + "."));
    }

    /** Configurations that take no part in a lead, as their codes find no more than chance, and why. */
    private List<Html> leftOut() {
        List<Html> items = comparison.leads().leftOut().stream()
                .filter(one -> one.column().role() != Quantity.Role.DERIVED)
                .map(one -> Html.text(one.column().title() + ": at " + one.bits() + " bits " + title(one.method())
                        + " (precision " + percent(one.ball().precision()) + ", chance "
                        + percent(one.ball().chance()) + ")."))
                .toList();
        return items.isEmpty()
                ? withoutChance()
                : List.of(
                        Section.p(
                                "{} configurations whose precision is not clearly above chance, which is the share of the"
                                        + " database that is relevant. Their recall, F1 and look-up success only show how much"
                                        + " of the database lies within the radius. Precision here is the mean over queries that"
                                        + " find a code within the radius. It has to exceed chance by more than the sampling"
                                        + " error of the queries. With several seeds, its 95% interval has to lie above chance"
                                        + " as well.",
                                Element.of("strong", "Excluded:")),
                        Section.list("left-out", items));
    }

    /** Returns the reason why nobody leads in recall; nothing where there is none. */
    private List<Html> withoutChance() {
        boolean ofBalls = comparison.layout().columns().stream()
                .anyMatch(column -> StandardMetrics.ballOf(column).isPresent());
        return !ofBalls || comparison.leads().all().isEmpty() || Leads.knowsChance(results)
                ? List.of()
                : List.of(
                        Element.of(
                                "p",
                                "Nobody leads in recall, F1 or look-up success: these results contain no curves by radius. Without these,"
                                        + " collapsed codes, which put nearly the whole database within the radius, look like the best."));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }

    private Html sentence(Quantity column, List<Lead> leads) {
        List<Html> parts = new ArrayList<>();
        parts.add(Element.of("strong", column.title() + ":"));
        for (Lead lead : leads) {
            parts.add(Html.text(parts.size() == 1 ? " " : "; "));
            parts.addAll(clause(lead));
        }
        parts.add(Html.text("."));
        return Element.of("li").addAll(parts);
    }

    private List<Html> clause(Lead lead) {
        String at = "at " + lead.bits() + " bits ";
        if (lead.tied()) {
            return List.of(
                    Html.text(at + all(lead) + " are equal ("),
                    NumberHtml.of(number(lead, true)),
                    Html.text(")" + nor(lead)));
        }
        Test test = lead.runnerUp().test();
        boolean untested = test.p().isEmpty();
        boolean close = untested && number(lead, true).equals(number(lead, false));
        String between = lead.significant() ? ") leads " : untested && !close ? ") is ahead of " : ") and ";
        String end = close
                ? ") differ by less than the last digit shown"
                : untested
                        ? untested(lead)
                                ? "), not tested"
                                : "), by the same difference with every seed, which cannot be tested"
                        : lead.significant() ? "), " + p(test) : ") are not significantly different, " + p(test);
        return List.of(
                Html.text(at + title(lead.method()) + " ("),
                NumberHtml.of(number(lead, true)),
                Html.text(between + title(lead.runnerUp().method()) + " ("),
                NumberHtml.of(number(lead, false)),
                Html.text(end + nor(lead)));
    }

    /** The best methods, which are equal, the last after an "and". */
    private String all(Lead lead) {
        List<String> names = new ArrayList<>(List.of(title(lead.method())));
        lead.level().forEach(other -> names.add(title(other)));
        return AnswerSection.some(names, "configurations");
    }

    /** The other methods that are not significantly worse than the best. */
    private String nor(Lead lead) {
        if (lead.undecided().isEmpty()) {
            return "";
        }
        String others =
                AnswerSection.some(lead.undecided().stream().map(this::title).toList(), "configurations");
        return lead.significant()
                ? ", but is not significantly different from " + others
                : lead.tied()
                        ? " and are not significantly different from " + others
                        : "; " + title(lead.method()) + " is not significantly different from " + others
                                + (lead.runnerUp().test().p().isEmpty() ? "" : ", either");
    }

    private static String number(Lead lead, boolean best) {
        return QuantityText.mean(
                lead.column(), best ? lead.best() : lead.runnerUp().summary());
    }

    private static String p(Test test) {
        double p = test.p().orElseThrow();
        return p < SMALLEST_P ? "p\u00a0<\u00a00.001" : String.format(Locale.ROOT, "p\u00a0=\u00a0%.3f", p);
    }

    private Html leadTable() {
        Listing table = Listing.of(comparison.leads().all())
                .head("Metric", lead -> lead.column().title())
                .number("N", Lead::bits)
                .number("Best", lead -> title(lead.method()))
                .number("Mean", lead -> value(lead.column(), lead.best()))
                .number("Runner-up", lead -> title(lead.runnerUp().method()))
                .number("Its mean", lead -> value(lead.column(), lead.runnerUp().summary()))
                .number(
                        "Lead",
                        lead -> value(lead.column(), lead.runnerUp().test().difference()))
                .number("Not worse", lead -> lead.undecided().size())
                .number("n", lead -> lead.runnerUp().test().difference().n())
                .number(
                        "p",
                        lead -> lead.runnerUp().test().p().isEmpty()
                                ? ""
                                : Element.of("td", p(lead.runnerUp().test()).substring(2))
                                        .with(
                                                "data-value",
                                                Double.toString(lead.runnerUp()
                                                        .test()
                                                        .p()
                                                        .orElseThrow())));
        return Section.folded(
                "How certain are these leads? Tests of all leads",
                Element.of(
                        "p",
                        "Two-sided test of the best mean against the next one, paired by tuning run and seed; n is the number of"
                                + " seeds, each with a split that both methods share. \u201cNot worse\u201d counts the configurations after the"
                                + " next one that are not significantly worse than the best. If a single tuning run chose the options of"
                                + " a method, p is conditional on these options. The best is tested against every other"
                                + " configuration, and p is corrected for all tests of one metric at one code length (Holm). A"
                                + " lead is significant if p is below "
                                + Lead.LEVEL
                                + ". The queries of a seed are not independent samples and are not counted as such."),
                Section.table(
                        "Tests of all leads",
                        "sortable",
                        "In percent and percentage points" + otherUnits()
                                + ", \u00b1 half width of the 95% interval, not corrected for several tests; p: corrected (Holm)",
                        table));
    }

    private String otherUnits() {
        boolean fractions =
                comparison.leads().all().stream().allMatch(lead -> lead.column().kind() == Quantity.Kind.FRACTION);
        return fractions ? "" : ", or in the unit at the end of the metric's name";
    }

    private static Element value(Quantity column, Summary summary) {
        return Element.of("td")
                .with("data-value", Double.toString(summary.mean()))
                .add(NumberHtml.of(QuantityText.mean(column, summary)))
                .addAll(NumberHtml.spread("\u00b1\u00a0", column, summary));
    }

    private String title(String name) {
        return titles.getOrDefault(name, name);
    }

    /** Whether the printed numbers are reached, counted method by method; nothing where there is nothing to compare. */
    private List<Html> reach() {
        List<ComparisonRow> all = comparison.rows();
        long compared = compared(all);
        if (compared == 0) {
            return List.of();
        }
        Listing table = Listing.of(comparison.methods().stream()
                        .map(comparison::rows)
                        .filter(rows -> compared(rows) > 0)
                        .toList())
                .head("Method", rows -> rows.get(0).title())
                .number("Reached", rows -> count(rows, Agreement.REACHED))
                .number("Ours larger", rows -> count(rows, Agreement.LARGER))
                .number("Ours smaller", rows -> count(rows, Agreement.SMALLER))
                .number("Compared", VerdictSection::compared);
        return List.of(
                Section.p(
                        "{} Of " + compared + " published numbers that can be compared, "
                                + count(all, Agreement.REACHED) + " are reached. Ours are larger in "
                                + count(all, Agreement.LARGER) + " cases and smaller in "
                                + count(all, Agreement.SMALLER) + ".",
                        Element.of("strong", "Are the published numbers reached?")),
                Section.folded(
                        "Published numbers reached, by method",
                        Element.of(
                                "p",
                                "A published number, or its correction, counts as reached if it lies in our 95% prediction"
                                        + " interval for one more run. A single run is used because the paper does not say that"
                                        + " it averages over runs."),
                        Section.table(
                                "Published numbers reached, by method",
                                "sortable",
                                "Numbers of " + published.title() + ", for both radii and all code lengths",
                                table)));
    }

    private static long compared(List<ComparisonRow> rows) {
        return Arrays.stream(Agreement.values())
                .mapToLong(agreement -> count(rows, agreement))
                .sum();
    }

    private static long count(List<ComparisonRow> rows, Agreement agreement) {
        return rows.stream()
                .flatMap(row -> row.cells().stream())
                .filter(cell -> cell.agreement().equals(Optional.of(agreement)))
                .count();
    }
}
