package io.github.linfhash.examples;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.AdviceRequest;
import io.github.linfhash.advisor.advice.Targets;
import io.github.linfhash.advisor.export.AdviceSentences;
import io.github.linfhash.core.features.FeatureMatrix;

/** Which quantizer, and how many bytes, some vectors need. */
public final class WhichQuantizer {
    private WhichQuantizer() {}

    /** The bytes of a code, model included, that reach a recall of 0.95, and the sentence that 'linfhash advise' prints. */
    public static String of(FeatureMatrix vectors, FeatureMatrix queries) {
        Advice advice = Advice.of(AdviceRequest.of(vectors).withQueries(queries));
        Targets.Choice choice = advice.target(0.95).nearest();
        double bytes = choice.quantizer().bytesAt(advice.sample().givenRows());
        return bytes + " bytes. " + new AdviceSentences(advice).target(0.95);
    }
}
