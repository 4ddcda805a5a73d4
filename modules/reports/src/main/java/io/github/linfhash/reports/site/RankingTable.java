package io.github.linfhash.reports.site;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.Listing.Column;
import io.github.linfhash.reports.page.MeanDots;
import io.github.linfhash.reports.page.PageParts.Count;
import io.github.linfhash.reports.page.PageParts.NumberHtml;
import io.github.linfhash.reports.ranking.Leaderboard;
import io.github.linfhash.reports.ranking.RankedConfiguration;
import io.github.linfhash.reports.ranking.Ranking;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.Leads;
import io.github.linfhash.results.tables.QuantityText;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The participants of a standing at one code length, ranked by the first of some numbers, with all of these beside it. */
final class RankingTable {
    private static final List<Quantity> COST = List.of(StandardMetrics.TRAIN, StandardMetrics.ENCODE);

    private final Leaderboard standing;
    private final int bits;
    private final List<Ranking> rankings;

    private RankingTable(Leaderboard standing, List<Quantity> columns, int bits) {
        this.standing = standing;
        this.bits = bits;
        this.rankings = standing.at(bits).stream()
                .filter(ranking -> columns.contains(ranking.quantity()))
                .toList();
    }

    /**
     * The table.
     *
     * @param columns the numbers; those that nobody has at this length are left out
     */
    static Html html(Leaderboard standing, List<Quantity> columns, int bits) {
        RankingTable table = new RankingTable(standing, columns, bits);
        return table.rankings.isEmpty()
                ? Element.of("p", "There are no such numbers at this code length.")
                : table.table();
    }

    private Element table() {
        List<RankedConfiguration> order = new ArrayList<>(rankings.get(0).places().stream()
                .map(Ranking.Place::participant)
                .toList());
        standing.runAt(bits).stream()
                .filter(participant -> !order.contains(participant))
                .forEach(order::add);
        Listing.OfRows<RankedConfiguration> table = Listing.of(order)
                .head(
                        "Method",
                        participant -> Html.words(
                                "{} {}",
                                Html.text(participant.label()),
                                Element.of("code", participant.method().entry())))
                .column("Learns from", "", "words learns", RankingTable::learns)
                .words("Options", RankedConfiguration::tuned);
        for (Ranking ranking : rankings) {
            Quantity quantity = ranking.quantity();
            table.column(
                    quantity.head(),
                    NumberCell.note(quantity),
                    Column.NUMBER,
                    participant -> ranking.find(participant)
                            .map(place -> NumberCell.of(quantity, place))
                            .orElse(null));
        }
        for (Quantity phase : COST) {
            table.number(phase.head() + ", s", participant -> NumberCell.seconds(participant, phase, bits));
        }
        return Section.table(
                "Ranking at " + MeanDots.length(standing.protocol(), bits),
                "ranking sortable",
                "Sorted by " + rankings.get(0).quantity().title()
                        + ". Fractions in percent: mean \u00b1 half width of the 95% interval over tuning runs, seeds and queries,"
                        + " followed by the group, g1 first (none with fewer than " + Leads.FEWEST_SEEDS
                        + " seeds, or for configurations that the picture leaves out). Options: how they were chosen. If a single tuning run chose them, intervals and groups are"
                        + " conditional on these options. Packed results keep the values of single queries of the first metric"
                        + " alone, so intervals of other metrics are over tuning runs and seeds. Times in seconds, means over seeds.",
                table.number("Runs", this::runs));
    }

    private Element runs(RankedConfiguration participant) {
        List<RunResult> runs = participant.runs(bits);
        long failed = runs.stream().filter(RunResult::failed).count();
        String text = failed == 0 ? Count.of(runs.size(), "run") : failed + " of " + runs.size() + " failed";
        return Element.of("td")
                .with("data-value", Long.toString(runs.size() - failed))
                .add(text);
    }

    /** Returns the kind of data that a method learns from, in words. */
    static String learns(RankedConfiguration participant) {
        return switch (participant.method().supervision()) {
            case SUPERVISED -> "labels";
            case UNSUPERVISED -> "features";
            case DATA_INDEPENDENT -> "nothing";
            case EXTERNAL -> "not known";
        };
    }

    /** A cell of a table with a mean. */
    static final class NumberCell {
        private NumberCell() {}

        /** A ranked number with its interval and group. */
        static Element of(Quantity quantity, Ranking.Place place) {
            Element cell =
                    plain(quantity, place.summary()).addAll(NumberHtml.spread("\u00b1", quantity, place.summary()));
            if (place.group() > 0) {
                cell = cell.add(" ").add(Element.of("span", "g" + place.group()).with("class", "group"));
            }
            return place.group() == 1 ? cell.with("class", "first") : cell;
        }

        private static Element plain(Quantity quantity, Summary summary) {
            return Element.of("td")
                    .with("data-value", value(summary.mean()))
                    .add(NumberHtml.of(QuantityText.mean(quantity, summary)));
        }

        /** The mean seconds of a phase; null where nobody measured them. */
        static @Nullable Element seconds(RankedConfiguration participant, Quantity phase, int bits) {
            CellValues seconds = participant.seconds(phase, bits);
            return seconds.isEmpty() ? null : plain(phase, seconds.summary());
        }

        /** Returns the text below a heading that is not clear without it. */
        static String note(Quantity quantity) {
            String group = quantity.words().group();
            return group.equals(quantity.head()) ? "" : group;
        }

        /** A number that scripts sort by. */
        static String value(double mean) {
            return String.format(Locale.ROOT, "%.7g", mean);
        }
    }
}
