package io.github.linfhash.codes;

/**
 * A loss, a weight or a value to be binarized is NaN or infinite.
 *
 * <p>Such a run is recorded as failed, under its name, and never scored: a model of NaNs maps everything to one code
 * and would look perfect in recall.
 */
public final class NonFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NonFiniteException(String sentence) {
        super(sentence);
    }

    public NonFiniteException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
