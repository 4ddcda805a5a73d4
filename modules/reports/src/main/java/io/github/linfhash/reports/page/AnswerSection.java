package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.results.claims.ClaimTests.ClaimResult;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.Leads;
import io.github.linfhash.results.tables.Leads.Lead;
import io.github.linfhash.results.tables.Leads.Rival;
import io.github.linfhash.results.tables.QuantityText;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The lines that a reader can quote: which method is the best by the first metric, how sure that is, how the classifier baseline stands, and
 * whether the paper's claim holds. The tests are those of {@link Leads}, which the rest of the page shows, too.
 */
record AnswerSection(Results results, List<ClaimResult> claims, Leads leads, Quantity quantity) {
    private static final String BASELINE = "class-codes";

    /** The claim that is the paper's title: deep l-infinity has the best mAP. */
    private static final String CLAIM = "top-map";

    /** How many names a sentence lists. */
    private static final int MOST_NAMES = 3;

    /** How many code lengths are answered; the pictures and the table show all. */
    private static final int MOST_LENGTHS = 2;

    /** The section; nothing where no two methods were measured. */
    static Html html(Results results, Leads leads, List<ClaimResult> claims) {
        List<Html> lines = RankingSection.first(results)
                .map(quantity -> new AnswerSection(results, claims, leads, quantity).lines())
                .orElse(List.of());
        return lines.isEmpty()
                ? Html.fragment(List.of())
                : Section.of("answer", "Answer").add(Section.list("answer", lines));
    }

    private List<Html> lines() {
        List<Lead> answers = results.protocol().bits().stream()
                .sorted()
                .flatMap(bits -> leads.find(quantity, bits).stream())
                .limit(MOST_LENGTHS)
                .toList();
        if (answers.isEmpty()) {
            return List.of();
        }
        List<Html> lines = new ArrayList<>();
        lines.add(Html.words(
                "Best " + metric() + ": {}.",
                Element.of(
                        "strong",
                        joined(answers, answer -> method(answer.method()).label() + ", " + number(answer.best())))));
        lines.add(Html.text(certainty(answers)));
        List<Lead> withBaseline =
                answers.stream().filter(answer -> baseline(answer).isPresent()).toList();
        if (!withBaseline.isEmpty()) {
            lines.add(Html.text("The classifier baseline is "
                    + joined(withBaseline, answer -> baseline(answer).orElseThrow()) + "."));
        }
        claims.stream()
                .filter(claim -> claim.claim().id().equals(CLAIM))
                .findFirst()
                .ifPresent(claim -> lines.add(claim(claim)));
        return List.copyOf(lines);
    }

    /** Returns the texts of all code lengths in a row; one text where they are equal. */
    private String joined(List<Lead> answers, Function<Lead, String> text) {
        List<String> texts = answers.stream().map(text).toList();
        if (texts.size() > 1 && Set.copyOf(texts).size() == 1) {
            return texts.get(0) + " at each code length";
        }
        return IntStream.range(0, texts.size())
                .mapToObj(i -> texts.get(i) + " at "
                        + MeanDots.length(results.protocol(), answers.get(i).bits()))
                .collect(Collectors.joining("; "));
    }

    private Configuration method(String entry) {
        return results.protocol().configurations().stream()
                .filter(method -> method.entry().equals(entry))
                .findFirst()
                .orElseThrow();
    }

    private String certainty(List<Lead> answers) {
        List<Rival> all =
                answers.stream().flatMap(answer -> answer.rivals().stream()).toList();
        if (all.stream().allMatch(rival -> rival.test().difference().n() < Leads.FEWEST_SEEDS)) {
            return "Differences are not tested with fewer than " + Leads.FEWEST_SEEDS + " seeds.";
        }
        if (all.stream().allMatch(rival -> rival.test().p().isEmpty())) {
            return "Each difference is the same with every seed, so it cannot be tested.";
        }
        String sentence = all.stream().allMatch(rival -> rival.test().significant())
                ? "All others are significantly worse."
                : "Not significantly worse: " + joined(answers, this::close) + ".";
        return sentence + oneSearch(answers);
    }

    /** The methods that are not significantly worse than the best. */
    private String close(Lead answer) {
        List<String> close = answer.rivals().stream()
                .filter(rival -> !rival.test().significant())
                .map(rival -> method(rival.method()).label() + " (" + number(rival.summary()) + ")")
                .toList();
        return close.isEmpty() ? "none" : some(close, "methods");
    }

    /** Whose options another tuning run might have chosen differently. */
    private String oneSearch(List<Lead> answers) {
        List<String> methods = answers.stream()
                .flatMap(answer -> Stream.concat(
                        Stream.of(answer.method()), answer.rivals().stream().map(Rival::method)))
                .distinct()
                .toList();
        long searched = methods.stream()
                .filter(entry -> results.protocol().ofOneSearch(entry))
                .count();
        return searched == 0
                ? ""
                : " A single tuning run chose the options of "
                        + (searched == methods.size() ? "each method" : searched + " of " + methods.size() + " methods")
                        + "; another might change this.";
    }

    /** The title of the metric within a sentence. */
    private String metric() {
        String title = quantity.title();
        boolean word = Character.isLowerCase(title.charAt(1));
        return word ? Character.toLowerCase(title.charAt(0)) + title.substring(1) : title;
    }

    /** How the classifier baseline stands to the best hashing method; empty if it was not measured, or nothing else was. */
    private Optional<String> baseline(Lead lead) {
        if (method(lead.method()).name().equals(BASELINE)) {
            return lead.rivals().stream()
                    .filter(rival -> !method(rival.method()).name().equals(BASELINE))
                    .findFirst()
                    .map(rival -> (lead.sharedBy(rival.summary()) ? "equal to " : "ahead of ")
                            + "the best hashing method, "
                            + method(rival.method()).label() + " ("
                            + number(rival.summary()) + ")" + doubt(rival));
        }
        return lead.rivals().stream()
                .filter(rival -> method(rival.method()).name().equals(BASELINE))
                .findFirst()
                .map(own -> (lead.sharedBy(own.summary()) ? "equal to " : "behind ")
                        + method(lead.method()).label() + " with " + number(own.summary()) + doubt(own));
    }

    private static String doubt(Rival rival) {
        return rival.test().p().isEmpty() ? " (not tested)" : rival.test().significant() ? "" : " (not significant)";
    }

    private static Html claim(ClaimResult result) {
        String sentence = "The paper\u2019s claim \u201c" + result.claim().quotation() + "\u201d "
                + result.verdict().text() + (result.reason().isEmpty() ? "" : ": " + result.reason());
        return Html.fragment(List.of(Html.text(sentence), ClaimsSection.source(result), Html.text(".")));
    }

    private String number(Summary summary) {
        return QuantityText.mean(quantity, summary) + (quantity.kind() == Quantity.Kind.FRACTION ? "%" : "");
    }

    /** Names in a row, the last after an "and". */
    static String and(List<String> names) {
        return names.size() == 1
                ? names.get(0)
                : names.stream().limit(names.size() - 1L).collect(Collectors.joining(", ")) + " and "
                        + names.get(names.size() - 1);
    }

    /** The first names in a row, and how many there are beyond them. */
    static String some(List<String> names, String noun) {
        return names.size() <= MOST_NAMES + 1
                ? and(names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " other "
                        + noun;
    }
}
