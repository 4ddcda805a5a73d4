package io.github.linfhash.reports.site;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.page.PageParts;
import io.github.linfhash.reports.site.RankingTable.NumberCell;
import io.github.linfhash.results.board.Competitor;
import io.github.linfhash.results.board.Leaderboard;
import io.github.linfhash.results.board.Ranking;
import io.github.linfhash.results.board.SubmissionCard;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.tables.CellValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Element body = Element.of("tbody");
        for (Map.Entry<String, List<Competitor>> page : byPage.entrySet()) {
            body = body.add(listed(path, page.getKey(), page.getValue()));
        }
        Element table = Element.of("table")
                .with("class", "ranking sortable")
                .add(PageParts.caption("All methods that were measured, with their rows"))
                .add(Element.of("thead")
                        .add(Element.of("tr")
                                .add(
                                        words("Method"),
                                        words("Learns from"),
                                        PageParts.heading("Rows"),
                                        PageParts.heading("Protocols"),
                                        words("Published in"))))
                .add(body);
        return shell.page(path, "Methods", List.of(), List.of(PageParts.scrolling("All methods", table)), false);
    }

    private static Element words(String title) {
        return PageParts.heading(title).with("class", "words");
    }

    private Element listed(String path, String page, List<Competitor> participants) {
        Competitor first = participants.get(0);
        long rows = participants.stream()
                .map(participant -> participant.method().entry())
                .distinct()
                .count();
        long protocols = participants.stream()
                .map(participant -> participant.given().version().protocol())
                .distinct()
                .count();
        return Element.of("tr")
                .with("data-method", title(first) + " " + first.method().name())
                .with("data-learns", RankingTable.learns(first))
                .add(
                        Element.of("th")
                                .with("scope", "row")
                                .add(SiteShell.link(path, page + ".html", title(first)))
                                .add(" ")
                                .add(Element.of("code", first.method().name())),
                        Element.of("td", RankingTable.learns(first)).with("class", "words"),
                        Element.of("td", Long.toString(rows)),
                        Element.of("td", Long.toString(protocols)),
                        Element.of("td", first.method().citation()).with("class", "words"));
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
        Html lead = Element.of("p", first.method().citation()).with("class", "lead");
        return shell.page(path, title(first), List.of(lead), sections, false);
    }

    private Html about(String page, Competitor first) {
        List<Html> terms = new ArrayList<>();
        terms.add(PageParts.code("Name", first.method().name()));
        terms.add(PageParts.term("Learns from", Html.text(RankingTable.learns(first))));
        Optional<SubmissionCard> about = first.given().about();
        about.ifPresent(card -> terms.addAll(card(card)));
        String known = site.classes().get(first.method().name());
        if (about.isEmpty() && !first.method().madeElsewhere() && known != null) {
            terms.add(PageParts.code("Class", known));
        }
        if (first.method().madeElsewhere()) {
            terms.add(PageParts.term(
                    "Codes", Html.text("made elsewhere and measured here; what they cost to make is not known")));
        }
        String file = page.substring(page.indexOf('/') + 1) + ".bib";
        terms.add(PageParts.term(
                "Cite", Element.of("a", "BibTeX").with("href", file).with("download", "")));
        return PageParts.section("about", "About").add(PageParts.terms(terms));
    }

    private static List<Html> card(SubmissionCard card) {
        List<Html> terms = new ArrayList<>();
        terms.add(PageParts.term("Authors", Html.text(String.join(", ", card.authors()))));
        terms.add(PageParts.term("Code", outside(card.code())));
        terms.add(PageParts.term("License", Html.text(card.license())));
        addTerm(terms, "Ran on", card.environment());
        if (card.seconds() != null) {
            addTerm(
                    terms,
                    "Training, seconds, as its authors measured",
                    number(card.seconds().train()));
            addTerm(
                    terms,
                    "Encoding, seconds, as its authors measured",
                    number(card.seconds().encode()));
        }
        addTerm(terms, "Learned from, besides the task", card.learnedFrom());
        addTerm(terms, "Remarks of its authors", card.remarks());
        return terms;
    }

    private static @Nullable String number(@Nullable Double seconds) {
        return seconds == null ? null : NumberCell.value(seconds);
    }

    private static void addTerm(List<Html> terms, String name, @Nullable String text) {
        if (text != null) {
            terms.add(PageParts.term(name, Html.text(text)));
        }
    }

    /** A link that leaves the site; its address was checked where it was read. */
    private static Html outside(String address) {
        return Element.of("a", address).with("href", address).with("rel", "nofollow noopener");
    }

    private Html numbers(String path, Leaderboard standing, List<Competitor> here, int number) {
        List<Quantity> columns = standing.headline();
        Element head = Element.of("tr").add(words("Row"), PageParts.heading("Bits"));
        for (Quantity column : columns) {
            Element heading = PageParts.heading(column.head());
            String group = column.words().group();
            head = head.add(
                    group.isEmpty() || group.equals(column.head())
                            ? heading
                            : heading.add(Element.of("small", " " + group)));
        }
        for (Quantity phase : StandardMetrics.PHASES.subList(0, 2)) {
            head = head.add(PageParts.heading(phase.head() + ", s"));
        }
        Element body = Element.of("tbody");
        for (Competitor participant : here) {
            for (int bits : participant.bits()) {
                body = body.add(row(path, standing, participant, bits, columns));
            }
        }
        Element table = Element.of("table")
                .with("class", "ranking")
                .add(PageParts.caption(
                        "Fractions in percent: mean and half width of the 95 % interval over searches, seeds and queries, then the"
                                + " group among all methods of this protocol. Times in seconds."))
                .add(Element.of("thead").add(head.add(PageParts.heading("Runs"))))
                .add(body);
        String title = PageParts.synthetic(standing.given().get(0).results())
                + standing.protocol().title()
                + (isLatest(standing)
                        ? ""
                        : ", older rules " + standing.version().shortName());
        return PageParts.section("protocol-" + number, title)
                .add(Element.of("p")
                        .add(SiteShell.link(path, names.standing(standing) + ".html", "The whole ranking"))
                        .add(", on ")
                        .add(SiteShell.link(
                                path,
                                names.dataset(standing.protocol().dataset().name()) + ".html",
                                standing.protocol().dataset().title()))
                        .add("."))
                .add(PageParts.scrolling("Numbers under " + title, table));
    }

    private boolean isLatest(Leaderboard standing) {
        return site.board().protocols().stream()
                .anyMatch(entry -> entry.name().equals(standing.version().protocol()) && entry.isLatest(standing));
    }

    private Element row(String path, Leaderboard standing, Competitor participant, int bits, List<Quantity> columns) {
        String address = SiteShell.link(path, names.runs(participant, bits));
        Element row = Element.of("tr")
                .add(Element.of("th", participant.label()).with("scope", "row"))
                .add(Element.of("td", Integer.toString(bits)));
        List<Ranking> rankings = standing.at(bits);
        for (Quantity column : columns) {
            row = row.add(rankings.stream()
                    .filter(ranking -> ranking.quantity().equals(column))
                    .flatMap(ranking -> ranking.find(participant).stream())
                    .findFirst()
                    .map(place -> NumberCell.of(column, place, address))
                    .orElseGet(() -> Element.of("td")));
        }
        for (Quantity phase : StandardMetrics.PHASES.subList(0, 2)) {
            CellValues seconds = participant.seconds(phase.key(), bits);
            row = row.add(seconds.isEmpty() ? Element.of("td") : NumberCell.plain(phase, seconds.summary(), address));
        }
        String runs = PageParts.count(participant.runs(bits).size(), "run");
        return row.add(Element.of("td")
                .add(Element.of("a", runs)
                        .with("href", address)
                        .with("aria-label", runs + " of " + participant.label() + " at " + bits + " bits")));
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
                    .add(PageParts.methodCard(set.getKey())));
        }
        return PageParts.section("options", "Options and where they come from")
                .add(PageParts.runOptions(List.copyOf(sets.keySet())))
                .add(cards);
    }
}
