package io.github.linfhash.testing;

import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import java.util.function.UnaryOperator;

/**
 * A registered method and the options with which its contract is checked.
 *
 * @param spec the registration
 * @param options the options, such as the defaults with fewer epochs
 * @param <O> the method's record of options
 */
public record MethodUnderTest<O extends Record>(MethodSpec<O> spec, O options) {
    /** A method with its defaults. */
    public static <O extends Record> MethodUnderTest<O> of(MethodSpec<O> spec) {
        return new MethodUnderTest<>(spec, spec.defaults());
    }

    /** A method with options made from its defaults, so that a slow method trains fast on little data. */
    public static <O extends Record> MethodUnderTest<O> of(MethodSpec<O> spec, UnaryOperator<O> reduction) {
        return new MethodUnderTest<>(spec, reduction.apply(spec.defaults()));
    }

    MethodSpec.Supervision supervision() {
        return spec.supervision(options);
    }

    HashingMethod create() {
        return spec.create(options);
    }
}
