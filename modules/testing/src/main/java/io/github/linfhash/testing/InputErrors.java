package io.github.linfhash.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions about input errors: each must be one sentence that says what was expected and what was found. */
public final class InputErrors {
    private InputErrors() {}

    /** Asserts that the action refuses its input; what follows is about the message. */
    public static AbstractThrowableAssert<?, ? extends Throwable> assertBadInput(ThrowingCallable action) {
        return assertThatThrownBy(action).isInstanceOf(InputException.class);
    }

    /** Asserts that the action fails with one sentence that contains all the given parts. */
    public static void assertOneSentence(ThrowingCallable action, String... parts) {
        assertBadInput(action)
                .message()
                .contains(parts)
                .contains("expected", "found")
                .doesNotContain("\n")
                .doesNotEndWith(".")
                .doesNotContainPattern("\\. [A-Z]")
                .hasSizeLessThan(700);
    }
}
