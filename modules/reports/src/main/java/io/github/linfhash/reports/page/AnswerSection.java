package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.board.Ranking;
import io.github.linfhash.results.claims.ClaimResult;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.QueryValues;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.Leads.Lead;
import io.github.linfhash.results.tables.NumberText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What a reader can quote: which method is the best by the first metric, how the classifier baseline stands, and whether the paper's claim
 * holds. A method stands for its best configuration.
 */
final class AnswerSection {
    private static final String BASELINE = "class-codes";

    /** The claim that is the paper's title: deep l-infinity has the best mAP. */
    private static final String CLAIM = "top-map";

    private final Results results;
    private final List<ClaimResult> claims;
    private final Quantity quantity;

    private AnswerSection(Results results, List<ClaimResult> claims, Quantity quantity) {
        this.results = results;
        this.claims = claims;
        this.quantity = quantity;
    }

    /** The section; nothing where no two methods were measured. */
    static Html html(Results results, List<ClaimResult> claims) {
        Optional<Quantity> first = results.protocol().headline().stream()
                .map(StandardMetrics::quantity)
                .filter(Quantity::ranked)
                .findFirst();
        List<Html> sentences = first.map(quantity -> new AnswerSection(results, claims, quantity).sentences())
                .orElse(List.of());
        return sentences.isEmpty()
                ? Html.fragment(List.of())
                : Section.of("answer", "Answer").addAll(sentences);
    }

    /** A method by its best configuration at a code length. */
    private record Entrant(MethodSummary method, CellValues values, double mean) {}

    private List<Html> sentences() {
        List<Html> sentences = new ArrayList<>();
        List<String> baseline = new ArrayList<>();
        for (int bits : results.protocol().bits()) {
            List<Entrant> entrants = entrants(bits);
            if (entrants.size() > 1) {
                sentences.add(Element.of("p", best(bits, entrants)));
                entrants.stream()
                        .filter(entrant -> entrant.method().name().equals(BASELINE))
                        .findFirst()
                        .ifPresent(own -> baseline.add(baseline(bits, own, entrants)));
            }
        }
        if (!baseline.isEmpty()) {
            sentences.add(Element.of("p", "The classifier baseline reaches " + String.join("; ", baseline) + "."));
        }
        claims.stream()
                .filter(claim -> claim.claim().id().equals(CLAIM))
                .findFirst()
                .ifPresent(claim -> sentences.add(Element.of("p", claim(claim))));
        return sentences;
    }

    private List<Entrant> entrants(int bits) {
        Map<String, Entrant> byName = new LinkedHashMap<>();
        for (MethodSummary method : results.protocol().configurations()) {
            CellValues values = CellValues.ofMetric(
                    results.runs(method.entry(), bits),
                    quantity.key(),
                    results.protocol().sizes().queries(),
                    QueryValues.NONE);
            if (!values.isEmpty()) {
                Entrant entrant = new Entrant(method, values, values.summary().mean());
                byName.merge(method.name(), entrant, (one, other) -> gain(one) >= gain(other) ? one : other);
            }
        }
        return byName.values().stream()
                .sorted(Comparator.comparingDouble(entrant -> -gain(entrant)))
                .toList();
    }

    private double gain(Entrant entrant) {
        return quantity.direction().gain(entrant.mean());
    }

    private String best(int bits, List<Entrant> entrants) {
        Entrant best = entrants.get(0);
        List<Entrant> others = entrants.subList(1, entrants.size());
        String sentence =
                "At " + bits + " bits, " + best.method().label() + " has the best " + metric() + ", " + number(best);
        if (best.values().seeds() < Ranking.FEWEST_SEEDS) {
            return sentence + ". Differences are not tested with fewer than " + Ranking.FEWEST_SEEDS + " seeds.";
        }
        List<OptionalDouble> p =
                Holm.adjust(others.stream().map(other -> p(best, other)).toList());
        List<String> close = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            if (p.get(i).orElse(1) >= Lead.LEVEL) {
                close.add(others.get(i).method().label() + " (" + number(others.get(i)) + ")");
            }
        }
        String rest = close.isEmpty()
                ? "every other method is significantly worse"
                : and(close) + (close.size() == 1 ? " is" : " are") + " not significantly worse";
        boolean oneSearch = entrants.stream()
                .anyMatch(entrant ->
                        results.protocol().ofOneSearch(entrant.method().entry()));
        return sentence + "; " + rest + "."
                + (oneSearch ? " This holds only for the options used here, which a single search chose." : "");
    }

    /** The title of the metric within a sentence. */
    private String metric() {
        String title = quantity.title();
        boolean word = Character.isLowerCase(title.charAt(1));
        return word ? Character.toLowerCase(title.charAt(0)) + title.substring(1) : title;
    }

    private OptionalDouble p(Entrant best, Entrant other) {
        CellValues lead = best.values().aheadOf(other.values(), quantity.direction());
        return lead.seeds() < Ranking.FEWEST_SEEDS
                ? OptionalDouble.empty()
                : lead.summary().p(0);
    }

    private String baseline(int bits, Entrant own, List<Entrant> entrants) {
        Entrant rival = entrants.stream()
                .filter(entrant -> !entrant.method().name().equals(BASELINE))
                .findFirst()
                .orElseThrow();
        String than = rival.method().label() + " (" + number(rival) + ")";
        String order = gain(own) == gain(rival) ? "equal to " : gain(own) > gain(rival) ? "ahead of " : "behind ";
        OptionalDouble p = p(own, rival);
        return number(own) + " at " + bits + " bits, " + order
                + (entrants.get(0).method().name().equals(BASELINE) ? "the best hashing method, " : "") + than
                + (p.isEmpty() ? " (not tested)" : p.getAsDouble() < Lead.LEVEL ? "" : " (not significant)");
    }

    private static String claim(ClaimResult result) {
        return "The paper\u2019s claim \u201c" + result.claim().quotation() + "\u201d "
                + result.verdict().text() + (result.reason().isEmpty() ? "" : ": " + result.reason()) + ".";
    }

    private String number(Entrant entrant) {
        return NumberText.mean(quantity, entrant.values().summary());
    }

    /** Names in a row, the last after an "and". */
    static String and(List<String> names) {
        return names.size() == 1
                ? names.get(0)
                : names.stream().limit(names.size() - 1L).collect(Collectors.joining(", ")) + " and "
                        + names.get(names.size() - 1);
    }
}
