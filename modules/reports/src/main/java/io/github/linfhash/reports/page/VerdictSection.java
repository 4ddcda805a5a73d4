package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.RadiusCurves;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.page.PageParts.Count;
import io.github.linfhash.reports.page.PageParts.NumberHtml;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.ComparisonTable;
import io.github.linfhash.results.tables.ComparisonTable.Agreement;
import io.github.linfhash.results.tables.ComparisonTable.ComparisonRow;
import io.github.linfhash.results.tables.Leads.Lead;
import io.github.linfhash.results.tables.NumberText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a reader wants to know first: who leads in what, how sure that is, and whether the printed numbers are reached. */
final class VerdictSection {
    private static final double SMALLEST_P = 0.001;

    /** With fewer, a test decides little once it is corrected for all leads of a table. */
    private static final int ENOUGH_SEEDS = 5;

    private final Results results;
    private final ComparisonTable comparison;
    private final PublishedTable published;
    private final MethodNames names;

    private VerdictSection(Results results, ComparisonTable comparison, PublishedTable published) {
        this.results = results;
        this.comparison = comparison;
        this.published = published;
        this.names = new MethodNames(results);
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
            parts.addAll(moreSeeds());
            parts.add(leadTable());
        } else {
            parts.addAll(alone());
        }
        parts.addAll(leftOut());
        if (!published.cells().isEmpty() && results.protocol().dataset().reproducesPaper()) {
            parts.addAll(new ReachTable(comparison, published).parts());
        }
        return parts.isEmpty()
                ? Html.fragment(List.of())
                : Section.of("verdict", "Verdict").addAll(parts);
    }

    private List<Html> alone() {
        List<String> measured = results.protocol().configurations().stream()
                .map(MethodSummary::entry)
                .filter(entry -> results.protocol().bits().stream()
                        .flatMap(bits -> results.runs(entry, bits).stream())
                        .anyMatch(run -> !run.failed()))
                .toList();
        return measured.size() == 1
                ? List.of(Element.of(
                        "p", names.title(measured.get(0)) + " alone was measured, so nothing can be compared with it."))
                : List.of();
    }

    /** What would decide more, where nothing is decided. */
    private List<Html> moreSeeds() {
        int seeds = results.protocol().seeds().size();
        return seeds >= ENOUGH_SEEDS || comparison.leads().all().stream().anyMatch(Lead::significant)
                ? List.of()
                : List.of(Element.of(
                        "p",
                        "With " + Count.of(seeds, "seed") + " no lead is decided. More seeds decide more; "
                                + ENOUGH_SEEDS + " are a beginning."));
    }

    /** Configurations that take no part in a lead, as their codes find no more than chance, and why. */
    private List<Html> leftOut() {
        List<Html> items = comparison.leads().leftOut().stream()
                .filter(one -> one.column().role() != Quantity.Role.DERIVED)
                .<Html>map(one -> Element.of(
                        "li",
                        one.column().title() + ": at " + one.bits() + " bits " + names.title(one.method())
                                + " (precision " + percent(one.ball().precision()) + ", chance "
                                + percent(one.ball().chance()) + ")."))
                .toList();
        return items.isEmpty()
                ? withoutChance()
                : List.of(
                        Element.of("p")
                                .add(Element.of("strong", "Left out:"))
                                .add(
                                        " configurations whose precision there is not clearly above chance, the share of the"
                                                + " database that is relevant. Their recall, F1 and look-up success only say how"
                                                + " much of the database the balls hold. The precision is that of the balls that are"
                                                + " not empty. It has to exceed chance by more than the sampling error of the"
                                                + " queries; with several seeds, its 95 % interval over them has to lie above chance"
                                                + " as well."),
                        Element.of("ul").with("class", "left-out").addAll(items));
    }

    /** Leads in what balls hold, of results that do not tell what chance would find. */
    private List<Html> withoutChance() {
        boolean ofBalls = comparison.leads().all().stream()
                .anyMatch(lead -> StandardMetrics.ballOf(lead.column()).isPresent());
        boolean known = results.runs().stream().anyMatch(run -> run.curves().containsKey(RadiusCurves.PRECISION));
        return !ofBalls || known
                ? List.of()
                : List.of(Element.of(
                        "p",
                        "These results have no curves by radius, so the share of the database that is relevant is not known."
                                + " Codes that have collapsed, with nearly the whole database in every ball, may lead in"
                                + " recall here; look at their precision."));
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
                    Html.text(at + names.all(lead.method(), lead.level()) + " are equal ("),
                    NumberHtml.of(number(lead, true)),
                    Html.text(")" + nor(lead)));
        }
        boolean untested = lead.p().isEmpty();
        boolean close = untested && number(lead, true).equals(number(lead, false));
        String between = lead.significant() ? ") leads " : untested && !close ? ") is ahead of " : ") and ";
        String end = close
                ? ") differ by less than is shown"
                : untested
                        ? lead.difference().n() < 2
                                ? "), with one seed and so with unknown certainty"
                                : "), by the same with every seed, which nothing can be tested by"
                        : lead.significant() ? "), " + p(lead) : ") are not significantly different, " + p(lead);
        return List.of(
                Html.text(at + names.title(lead.method()) + " ("),
                NumberHtml.of(number(lead, true)),
                Html.text(between + names.title(lead.runnerUp()) + " ("),
                NumberHtml.of(number(lead, false)),
                Html.text(end + nor(lead)));
    }

    /** The other methods that are not significantly worse than the best. */
    private String nor(Lead lead) {
        if (lead.undecided().isEmpty()) {
            return "";
        }
        String others = lead.undecided().stream().map(names::title).collect(Collectors.joining(" or "));
        return lead.significant()
                ? ", but is not significantly different from " + others
                : lead.tied()
                        ? " and are not significantly different from " + others
                        : ", nor are " + names.title(lead.method()) + " and " + others;
    }

    private static String number(Lead lead, boolean best) {
        return NumberText.mean(lead.column(), best ? lead.best() : lead.next());
    }

    private static String p(Lead lead) {
        double p = lead.adjusted().orElseThrow();
        return p < SMALLEST_P ? "p\u00a0<\u00a00.001" : String.format(Locale.ROOT, "p\u00a0=\u00a0%.3f", p);
    }

    private Html leadTable() {
        List<Html> rows = comparison.leads().all().stream().map(this::row).toList();
        Element table = Element.of("table")
                .with("class", "sortable")
                .add(Section.caption(
                        "In percent and points" + otherUnits() + ", \u00b1 half width of the 95 % interval over seeds"))
                .add(Element.of("thead")
                        .add(Element.of("tr")
                                .add(Section.heading("Metric").with("class", "words"))
                                .addAll(Section.headings(
                                        List.of("N", "Best", "Mean", "Runner-up", "Its mean", "Lead", "n", "p")))))
                .add(Element.of("tbody").addAll(rows));
        return Element.of("details")
                .add(Element.of("summary", "How sure is that? The test of every lead"))
                .add(Element.of("p")
                        .add(
                                "Two-sided test of the best mean against the next one, paired by search and seed; n is the number of"
                                        + " seeds, each with a split that both methods share. Where one search chose the options of"
                                        + " a method, p is conditional on them: another search chooses others. p is corrected for all "
                                        + comparison.leads().all().size() + " tests of this table (Holm); below "
                                        + Lead.LEVEL
                                        + " a lead counts as more than chance. The queries of a seed are not"
                                        + " independent samples and are not counted as such."
                                        + others()))
                .add(Section.scrolling("The test of every lead", table));
    }

    /** What the names after the runner-up's mean, where there are any. */
    private String others() {
        return comparison.leads().all().stream()
                        .allMatch(lead -> lead.undecided().isEmpty())
                ? ""
                : " Methods after the runner-up are named where their own test against the best is above " + Lead.LEVEL
                        + " before any correction; after one, more may be.";
    }

    private String otherUnits() {
        boolean fractions =
                comparison.leads().all().stream().allMatch(lead -> lead.column().kind() == Quantity.Kind.FRACTION);
        return fractions ? "" : ", or in the unit that a metric's name ends with";
    }

    private Html row(Lead lead) {
        return Element.of("tr")
                .add(Element.of("th", lead.column().title()).with("scope", "row"))
                .add(Element.of("td", Integer.toString(lead.bits())))
                .add(Element.of("td", names.title(lead.method())))
                .add(value(lead.best().mean(), number(lead, true), NumberText.halfWidth(lead.column(), lead.best())))
                .add(Element.of("td", names.title(lead.runnerUp())))
                .add(value(lead.next().mean(), number(lead, false), NumberText.halfWidth(lead.column(), lead.next())))
                .add(value(
                        lead.difference().mean(),
                        NumberText.mean(lead.column(), lead.difference()),
                        NumberText.halfWidth(lead.column(), lead.difference())))
                .add(Element.of("td", Integer.toString(lead.difference().n())))
                .add(
                        lead.p().isPresent()
                                ? Element.of("td", p(lead).substring(2))
                                        .with(
                                                "data-value",
                                                Double.toString(lead.adjusted().orElseThrow()))
                                : Element.of("td"));
    }

    private static Element value(double value, String mean, String distance) {
        Element cell =
                Element.of("td").with("data-value", Double.toString(value)).add(NumberHtml.of(mean));
        return distance.isEmpty()
                ? cell
                : cell.add(" ").add(Element.of("small").add("\u00b1\u00a0").add(NumberHtml.of(distance)));
    }

    /** The names of methods and their rows for people. */
    private static final class MethodNames {
        private final Map<String, String> titles = new LinkedHashMap<>();

        MethodNames(Results results) {
            for (MethodSummary method : results.protocol().configurations()) {
                titles.put(method.entry(), method.label());
            }
        }

        String title(String name) {
            return titles.getOrDefault(name, name);
        }

        /** The first one and others, the last after an "and". */
        String all(String first, List<String> others) {
            List<String> before = new ArrayList<>(List.of(title(first)));
            others.subList(0, others.size() - 1).forEach(other -> before.add(title(other)));
            return String.join(", ", before) + " and " + title(others.get(others.size() - 1));
        }
    }

    /** Whether the printed numbers are reached, counted method by method. */
    private static final class ReachTable {
        private final ComparisonTable comparison;
        private final PublishedTable published;

        ReachTable(ComparisonTable comparison, PublishedTable published) {
            this.comparison = comparison;
            this.published = published;
        }

        /** The counts; nothing where there is nothing to compare. */
        List<Html> parts() {
            Map<Agreement, Integer> all = count(comparison.rows());
            int compared = all.values().stream().mapToInt(n -> n).sum();
            if (compared == 0) {
                return List.of();
            }
            List<Html> rows = comparison.methods().stream()
                    .map(comparison::rows)
                    .filter(list -> !count(list).isEmpty())
                    .map(ReachTable::row)
                    .toList();
            Element table = Element.of("table")
                    .with("class", "sortable")
                    .add(Section.caption("Numbers of " + published.title() + ", of both radii and all lengths"))
                    .add(Element.of("thead")
                            .add(Element.of("tr")
                                    .addAll(Section.headings(
                                            List.of("Method", "Reached", "Ours larger", "Ours smaller", "Compared")))))
                    .add(Element.of("tbody").addAll(rows));
            return List.of(
                    Element.of("p")
                            .add(Element.of("strong", "Are the printed numbers reached?"))
                            .add(" Of " + compared + " that can be compared, " + of(all, Agreement.REACHED)
                                    + " are; ours are larger in " + of(all, Agreement.LARGER) + " and smaller in "
                                    + of(all, Agreement.SMALLER) + "."),
                    Element.of("details")
                            .add(Element.of("summary", "Printed numbers reached, by method"))
                            .add(Element.of(
                                    "p",
                                    "A printed number, or its correction, counts as reached if it lies in the range in which"
                                            + " one more of our runs would lie, 95 of 100 times: the paper does not say that it"
                                            + " averages over runs."))
                            .add(Section.scrolling("Printed numbers reached, by method", table)));
        }

        private static Html row(List<ComparisonRow> rows) {
            Map<Agreement, Integer> counts = count(rows);
            return Element.of("tr")
                    .add(Element.of("th", rows.get(0).title()).with("scope", "row"))
                    .add(number(of(counts, Agreement.REACHED)))
                    .add(number(of(counts, Agreement.LARGER)))
                    .add(number(of(counts, Agreement.SMALLER)))
                    .add(number(counts.values().stream().mapToInt(n -> n).sum()));
        }

        private static Element number(int number) {
            return Element.of("td", Integer.toString(number));
        }

        private static int of(Map<Agreement, Integer> counts, Agreement agreement) {
            return counts.getOrDefault(agreement, 0);
        }

        private static Map<Agreement, Integer> count(List<ComparisonRow> rows) {
            Map<Agreement, Integer> counts = new EnumMap<>(Agreement.class);
            for (ComparisonRow row : rows) {
                row.cells()
                        .forEach(cell ->
                                cell.agreement().ifPresent(agreement -> counts.merge(agreement, 1, Integer::sum)));
            }
            return counts;
        }
    }
}
