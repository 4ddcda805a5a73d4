package io.github.linfhash.experiment.entries;

import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.results.board.SubmissionCard;
import io.github.linfhash.results.schema.MethodSummary;
import java.util.List;
import java.util.Map;

/** What results say of the row of a submission. */
final class SubmissionRow {
    private static final int SHOWN_AUTHORS = 5;

    private SubmissionRow() {}

    /** The row, whose note has the flags. */
    static MethodSummary of(SubmissionCard card, List<Flag> flags) {
        String title = card.title() == null ? card.name() : card.title();
        return new MethodSummary(card.name(), title, citation(card), Supervision.EXTERNAL, Map.of(), Map.of())
                .inRow("", note(card, flags), Map.of());
    }

    private static String citation(SubmissionCard card) {
        List<String> authors = card.authors();
        String shown = String.join(", ", authors.subList(0, Math.min(SHOWN_AUTHORS, authors.size())));
        String others = authors.size() > SHOWN_AUTHORS ? " and " + (authors.size() - SHOWN_AUTHORS) + " more" : "";
        return shown + others + ". " + card.code() + ". License: " + card.license();
    }

    private static String note(SubmissionCard card, List<Flag> flags) {
        StringBuilder note = new StringBuilder("A submission: its codes were made elsewhere for a task that was handed"
                + " out, and are measured as all others; nothing was trained for them here.");
        String learnedFrom = card.learnedFrom();
        note.append(
                learnedFrom == null
                        ? " Its authors name nothing else that it was learned from."
                        : " Its authors say that it was also learned from: " + sentence(learnedFrom));
        flags.forEach(flag -> note.append(" Flagged: ").append(flag.sentence()).append('.'));
        String remarks = card.remarks();
        if (remarks != null) {
            note.append(" Its authors remark: ").append(sentence(remarks));
        }
        return note.toString();
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
