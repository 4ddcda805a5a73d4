package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.results.claims.ClaimResult;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.Leads;
import io.github.linfhash.results.tables.Leads.Lead;
import io.github.linfhash.results.tables.Leads.Rival;
import io.github.linfhash.results.tables.NumberText;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The section that a reader can quote: which method is the best by the first metric, how the classifier baseline stands, and whether the paper's
 * claim holds. A method stands for its best configuration. The tests are those of {@link Leads}, which the rest of the page shows, too.
 */
final class AnswerSection {
    private static final String BASELINE = "class-codes";

    /** The claim that is the paper's title: deep l-infinity has the best mAP. */
    private static final String CLAIM = "top-map";

    private static final int MOST_NAMES = 4;

    private final Results results;
    private final List<ClaimResult> claims;
    private final Leads leads;
    private final Quantity quantity;

    private AnswerSection(Results results, List<ClaimResult> claims, Leads leads, Quantity quantity) {
        this.results = results;
        this.claims = claims;
        this.leads = leads;
        this.quantity = quantity;
    }

    /** The section; nothing where no two methods were measured. */
    static Html html(Results results, Leads leads, List<ClaimResult> claims) {
        Optional<Quantity> first = results.protocol().headline().stream()
                .map(StandardMetrics::quantity)
                .filter(Quantity::ranked)
                .findFirst();
        List<Html> sentences = first.map(quantity -> new AnswerSection(results, claims, leads, quantity).sentences())
                .orElse(List.of());
        return sentences.isEmpty()
                ? Html.fragment(List.of())
                : Section.of("answer", "Answer").addAll(sentences);
    }

    private List<Html> sentences() {
        List<Html> sentences = new ArrayList<>();
        List<String> baseline = new ArrayList<>();
        for (int bits : results.protocol().bits()) {
            Optional<Lead> found = leads.find(quantity, bits);
            if (found.isPresent()) {
                Lead lead = found.get();
                List<Rival> rivals = ofOtherMethods(lead);
                if (!rivals.isEmpty()) {
                    sentences.add(Element.of("p", best(lead, rivals)));
                    baseline(lead, rivals).ifPresent(baseline::add);
                }
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

    /** The other methods, best mean first, each by its best configuration. */
    private List<Rival> ofOtherMethods(Lead lead) {
        Set<String> seen = new HashSet<>(Set.of(method(lead.method()).name()));
        return lead.rivals().stream()
                .filter(rival -> seen.add(method(rival.method()).name()))
                .toList();
    }

    private Configuration method(String entry) {
        return results.protocol().configurations().stream()
                .filter(method -> method.entry().equals(entry))
                .findFirst()
                .orElseThrow();
    }

    private String best(Lead lead, List<Rival> rivals) {
        String sentence = "At " + lead.bits() + " bits, "
                + method(lead.method()).label() + " has the best " + metric() + ", " + number(lead.best());
        if (rivals.stream().allMatch(rival -> rival.test().p().isEmpty())) {
            return sentence
                    + (rivals.stream()
                                    .allMatch(rival -> rival.test().difference().n() < Leads.FEWEST_SEEDS)
                            ? ". Differences are not tested with fewer than " + Leads.FEWEST_SEEDS + " seeds."
                            : ". Each difference is the same with every seed, so it cannot be tested.");
        }
        List<String> close = rivals.stream()
                .filter(rival -> !rival.test().significant())
                .map(rival -> method(rival.method()).label() + " (" + number(rival.summary()) + ")")
                .toList();
        String rest = close.isEmpty()
                ? "every other method is significantly worse"
                : and(close) + (close.size() == 1 ? " is" : " are") + " not significantly worse";
        return sentence + "; " + rest + "." + oneSearch(lead, rivals);
    }

    /** Whose options another search might have chosen differently. */
    private String oneSearch(Lead lead, List<Rival> rivals) {
        List<String> searched = Stream.concat(
                        Stream.of(lead.method()), rivals.stream().map(Rival::method))
                .filter(entry -> results.protocol().ofOneSearch(entry))
                .map(entry -> method(entry).label())
                .toList();
        if (searched.isEmpty()) {
            return "";
        }
        String whose = searched.size() > MOST_NAMES ? searched.size() + " of these methods" : and(searched);
        return " A single search chose the options of " + whose + "; another search might change this.";
    }

    /** The title of the metric within a sentence. */
    private String metric() {
        String title = quantity.title();
        boolean word = Character.isLowerCase(title.charAt(1));
        return word ? Character.toLowerCase(title.charAt(0)) + title.substring(1) : title;
    }

    /** How the classifier baseline stands to the best hashing method; empty if it was not measured. */
    private Optional<String> baseline(Lead lead, List<Rival> rivals) {
        String best = method(lead.method()).label();
        if (method(lead.method()).name().equals(BASELINE)) {
            Rival rival = rivals.get(0);
            return Optional.of(number(lead.best()) + " at " + lead.bits() + " bits, "
                    + (lead.tied() ? "equal to " : "ahead of ") + "the best hashing method, "
                    + method(rival.method()).label() + " (" + number(rival.summary()) + ")" + doubt(rival));
        }
        return rivals.stream()
                .filter(rival -> method(rival.method()).name().equals(BASELINE))
                .findFirst()
                .map(own -> number(own.summary()) + " at " + lead.bits() + " bits, "
                        + (lead.sharedBy(own.summary()) ? "equal to " : "behind ") + best + " (" + number(lead.best())
                        + ")" + doubt(own));
    }

    private static String doubt(Rival rival) {
        return rival.test().p().isEmpty() ? " (not tested)" : rival.test().significant() ? "" : " (not significant)";
    }

    private static String claim(ClaimResult result) {
        return "The paper\u2019s claim \u201c" + result.claim().quotation() + "\u201d "
                + result.verdict().text() + (result.reason().isEmpty() ? "" : ": " + result.reason()) + ".";
    }

    private String number(Summary summary) {
        return NumberText.mean(quantity, summary);
    }

    /** Names in a row, the last after an "and". */
    static String and(List<String> names) {
        return names.size() == 1
                ? names.get(0)
                : names.stream().limit(names.size() - 1L).collect(Collectors.joining(", ")) + " and "
                        + names.get(names.size() - 1);
    }
}
