package io.github.linfhash.core.method;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The numbers that an option accepts. The record's compact constructor calls {@link Ranges#check}; {@code linfhash show} prints the
 * range. A number that is not finite is always refused.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
    /** The least value. */
    double least() default Double.NEGATIVE_INFINITY;

    /** The greatest value. */
    double most() default Double.POSITIVE_INFINITY;

    /** The bound that the value exceeds. */
    double above() default Double.NEGATIVE_INFINITY;

    /** The bound that the value stays below. */
    double below() default Double.POSITIVE_INFINITY;
}
