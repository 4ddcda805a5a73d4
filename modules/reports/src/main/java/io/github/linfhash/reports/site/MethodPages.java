package io.github.linfhash.reports.site;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.page.MethodsSection;
import io.github.linfhash.reports.page.PageParts.Count;
import io.github.linfhash.reports.page.PageShell.PageTitle;
import io.github.linfhash.reports.page.Section;
import io.github.linfhash.reports.site.RankingTable.NumberCell;
import io.github.linfhash.results.board.Competitor;
import io.github.linfhash.results.board.Leaderboard;
import io.github.linfhash.results.board.SubmissionCard;
import io.github.linfhash.results.listings.Listing;
import io.github.linfhash.results.listings.Listing.Column;
import io.github.linfhash.results.schema.MethodSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A page for each method: its numbers everywhere, its options with their origins, its cost, and where its code is. */
final class MethodPages {
    private final Site site;
    private final SiteShell shell;
    private final SiteNames names;
    private final Map<String, List<Competitor>> byPage = new LinkedHashMap<>();

    MethodPages(Site site, SiteShell shell, SiteNames names) {
        this.site = site;
        this.shell = shell;
        this.names = names;
        for (Leaderboard standing : site.board().standings()) {
            for (Competitor participant : standing.participants()) {
                byPage.computeIfAbsent(names.method(participant), page -> new ArrayList<>())
                        .add(participant);
            }
        }
    }

    /** The participants by their page, without an ending. */
    Map<String, List<Competitor>> byPage() {
        return byPage;
    }

    /** The list of all methods. */
    String list() {
        String path = "methods/index.html";
        Listing table = Listing.of(List.copyOf(byPage.values()))
                .column(
                        "method",
                        "",
                        Column.DATA,
                        rows -> title(rows.get(0)) + " " + rows.get(0).method().name())
                .column("learns", "", Column.DATA, rows -> RankingTable.learns(rows.get(0)))
                .head(
                        "Method",
                        rows -> Html.words(
                                "{} {}",
                                SiteShell.link(path, names.method(rows.get(0)) + ".html", title(rows.get(0))),
                                Element.of("code", rows.get(0).method().name())))
                .words("Learns from", rows -> RankingTable.learns(rows.get(0)))
                .number(
                        "Configurations",
                        rows -> distinct(rows, row -> row.method().entry()))
                .number(
                        "Protocols",
                        rows -> distinct(rows, row -> row.given().version().protocol()))
                .words("Published in", rows -> rows.get(0).method().citation());
        return shell.page(
                path,
                "Methods",
                List.of(),
                List.of(Section.table("All methods", "ranking sortable", "All methods with results", table)),
                false);
    }

    private static long distinct(List<Competitor> rows, Function<Competitor, String> what) {
        return rows.stream().map(what).distinct().count();
    }

    /** What a method is called, with whose it is where it is not the suite's. */
    private static String title(Competitor participant) {
        String sender = participant.given().sender(participant.method());
        return sender.isEmpty()
                ? participant.method().title()
                : participant.method().title() + " (by " + sender + ")";
    }

    /** The page of a method. */
    String page(String page) {
        List<Competitor> participants = byPage.getOrDefault(page, List.of());
        Competitor first = participants.get(0);
        String path = page + ".html";
        List<Html> sections = new ArrayList<>();
        sections.add(about(page, first));
        for (Leaderboard standing : site.board().standings()) {
            List<Competitor> here = standing.participants().stream()
                    .filter(participants::contains)
                    .toList();
            if (!here.isEmpty()) {
                sections.add(numbers(path, standing, here, sections.size()));
            }
        }
        sections.add(options(participants));
        Html lead = Section.lead("{}", Html.text(first.method().citation()));
        return shell.page(path, title(first), List.of(lead), sections, false);
    }

    private Html about(String page, Competitor first) {
        List<Html> terms = new ArrayList<>();
        terms.add(Section.code("Name", first.method().name()));
        terms.add(Section.term("Learns from", RankingTable.learns(first)));
        Optional<SubmissionCard> about = first.given().about();
        about.ifPresent(card -> terms.addAll(card(card)));
        String known = site.classes().get(first.method().name());
        if (about.isEmpty() && !first.method().madeElsewhere() && known != null) {
            terms.add(Section.code("Class", known));
        }
        if (first.method().madeElsewhere()) {
            terms.add(Section.term("Codes", "external codes, measured here; the cost of making them is unknown"));
        }
        String file = page.substring(page.indexOf('/') + 1) + ".bib";
        terms.add(Section.term(
                "Cite", Element.of("a", "BibTeX").with("href", file).with("download", "")));
        return Section.of("about", "About").add(Section.terms(terms));
    }

    private static List<Html> card(SubmissionCard card) {
        List<Html> terms = new ArrayList<>();
        terms.add(Section.term("Authors", String.join(", ", card.authors())));
        terms.add(Section.term("Code", outside(card.code())));
        terms.add(Section.term("License", card.license()));
        addTerm(terms, "Ran on", card.environment());
        if (card.seconds() != null) {
            addTerm(
                    terms,
                    "Training time in seconds, reported by the authors",
                    number(card.seconds().train()));
            addTerm(
                    terms,
                    "Encoding time in seconds, reported by the authors",
                    number(card.seconds().encode()));
        }
        addTerm(terms, "Training data outside the task", card.learnedFrom());
        addTerm(terms, "Remarks by the authors", card.remarks());
        return terms;
    }

    private static @Nullable String number(@Nullable Double seconds) {
        return seconds == null ? null : NumberCell.value(seconds);
    }

    private static void addTerm(List<Html> terms, String name, @Nullable String text) {
        if (text != null) {
            terms.add(Section.term(name, Html.text(text)));
        }
    }

    /** A link that leaves the site; its address was checked where it was read. */
    private static Html outside(String address) {
        return Element.of("a", address).with("href", address).with("rel", "nofollow noopener");
    }

    private record Line(Competitor participant, int bits) {}

    private Html numbers(String path, Leaderboard standing, List<Competitor> here, int number) {
        Function<Line, String> address = line -> SiteShell.link(path, names.runs(line.participant(), line.bits()));
        Listing.OfRows<Line> table = Listing.of(here.stream()
                        .flatMap(participant -> participant.bits().stream().map(bits -> new Line(participant, bits)))
                        .toList())
                .head("Configuration", line -> line.participant().label())
                .number("Bits", Line::bits);
        for (Quantity column : standing.headline()) {
            table.column(
                    column.head(),
                    NumberCell.note(column),
                    Column.NUMBER,
                    line -> standing.place(line.participant(), column, line.bits())
                            .map(place -> NumberCell.of(column, place, address.apply(line)))
                            .orElse(null));
        }
        for (Quantity phase : StandardMetrics.PHASES.subList(0, 2)) {
            table.number(
                    phase.head() + ", s",
                    line -> NumberCell.seconds(line.participant(), phase, line.bits(), address.apply(line)));
        }
        table.number("Runs", line -> {
            String runs = Count.of(line.participant().runs(line.bits()).size(), "run");
            return Element.of("a", runs)
                    .with("href", address.apply(line))
                    .with("aria-label", runs + " of " + line.participant().label() + " at " + line.bits() + " bits");
        });
        String title = PageTitle.of(standing.first())
                + (site.board().isLatest(standing)
                        ? site.board().isOfOtherRules(standing) ? SiteShell.OTHER_RULES : ""
                        : ", older rules " + standing.version().shortName());
        return Section.of("protocol-" + number, title)
                .add(Section.p("{}, on {}.", names.link(path, standing, "Full ranking"), names.data(path, standing)))
                .add(Section.table(
                        "Numbers under " + title,
                        "ranking",
                        "Fractions in percent: mean \u00b1 half width of the 95 % interval over searches, seeds and queries, followed by"
                                + " the group among all methods of this protocol. Times in seconds.",
                        table));
    }

    /** Each set of options once, with the protocols that have it. */
    private static Html options(List<Competitor> participants) {
        Map<MethodSummary, List<String>> sets = new LinkedHashMap<>();
        for (Competitor participant : participants) {
            sets.computeIfAbsent(participant.method(), unused -> new ArrayList<>())
                    .add(participant.given().version().protocol());
        }
        Element cards = Element.of("div").with("class", "cards");
        for (Map.Entry<MethodSummary, List<String>> set : sets.entrySet()) {
            String where = set.getValue().stream().distinct().collect(Collectors.joining(", "));
            cards = cards.add(Element.of("div")
                    .add(Element.of("p", "In " + where).with("class", "where"))
                    .add(MethodsSection.card(set.getKey())));
        }
        return Section.of("options", "Options and their origin")
                .add(MethodsSection.runOptions(List.copyOf(sets.keySet())))
                .add(cards);
    }
}
