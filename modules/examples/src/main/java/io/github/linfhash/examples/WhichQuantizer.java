package io.github.linfhash.examples;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.AdviceRequest;
import io.github.linfhash.core.features.FeatureMatrix;

/** Which quantizer, and how many bytes, some vectors need. */
public final class WhichQuantizer {
    private WhichQuantizer() {}

    /** The bytes of a code, model included, that reach a recall of 0.95, and what 'linfhash advise' says of it. */
    public static String of(FeatureMatrix vectors, FeatureMatrix queries) {
        Advice advice = Advice.of(AdviceRequest.of(vectors).withQueries(queries));
        Advice.Choice choice = advice.target(0.95).nearest();
        double bytes = choice.quantizer().bytesAt(advice.givenRows());
        return bytes + " bytes. " + advice.sentence(0.95);
    }
}
