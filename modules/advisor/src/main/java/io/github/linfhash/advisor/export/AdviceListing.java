package io.github.linfhash.advisor.export;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.advisor.advice.Targets;
import io.github.linfhash.advisor.engine.QuantizeLine;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.Percent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Advice as text: the answer as a table and in sentences, the properties of the vectors, and all measurements. */
public final class AdviceListing {
    private AdviceListing() {}

    /**
     * Returns all measurements, and the advice for each target.
     *
     * @param paste what the user of an engine pastes, for the choices; null without an engine
     */
    public static String of(Advice advice, @Nullable EngineSnippet paste) {
        AdviceSentences sentences = new AdviceSentences(advice);
        StringBuilder text = new StringBuilder();
        text.append(AnswerTable.of(advice, paste).text()).append('\n');
        text.append(AnswerTable.caption(advice, paste)).append("\n\n");
        if (advice.answer().stream().anyMatch(row -> !row.rescoring().isEmpty())) {
            text.append(AnswerTable.rescoring(advice).text()).append('\n');
            text.append(AnswerTable.rescoringCaption()).append("\n\n");
        }
        for (double target : Advice.TARGETS) {
            text.append(sentences.target(target)).append('\n');
            if (paste == null) {
                text.append(commands(advice, advice.target(target)));
            }
            sentences
                    .alternatives(target)
                    .forEach(other -> text.append("  ").append(other).append('\n'));
        }
        sentences.notes().forEach(note -> text.append("Note: ").append(note).append('\n'));
        if (paste != null) {
            paste.notes().forEach(note -> text.append(note).append('\n'));
        }
        Listing vectors = new Listing("vectors", "");
        sentences.facts().forEach(vectors::add);
        text.append('\n').append(vectors.text()).append('\n');
        text.append(MeasuredTable.of(advice).text());
        text.append(MeasuredTable.legend(advice)).append("\n\n");
        sentences.unmeasured().forEach(sentence -> text.append(sentence).append('\n'));
        if (paste != null) {
            for (double target : Advice.TARGETS) {
                Targets.Target found = advice.target(target);
                text.append('\n')
                        .append(paste.heading(advice, found))
                        .append("\n\n")
                        .append(paste.lines(advice, found));
            }
        }
        return text.toString();
    }

    private static String commands(Advice advice, Targets.Target target) {
        StringBuilder text = new StringBuilder();
        command(advice, target.nearest().quantizer())
                .ifPresent(command -> text.append("  ").append(command).append('\n'));
        target.written().ifPresent(choice -> text.append(written(advice, choice)));
        return text.toString();
    }

    private static String written(Advice advice, Targets.Choice choice) {
        return AdviceSentences.format(
                "  'linfhash quantize' does not write it. Of what it writes, %s with %d bytes and %dx oversampling, recall %s:\n  %s\n",
                AdviceSentences.named(choice.quantizer()),
                choice.quantizer().bytes(),
                choice.oversampling(),
                Percent.of(choice.recall().mean()),
                command(advice, choice.quantizer()).orElseThrow());
    }

    private static Optional<String> command(Advice advice, QuantizerResult quantizer) {
        return QuantizeLine.of(
                quantizer.name(), quantizer.options(), advice.question().similarity());
    }
}
