package io.github.linfhash.core.method;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares the origin of an option's default, which {@code linfhash show} and reports show. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Origin {
    Source value();

    /**
     * Returns what the source states and where, or that it leaves the value open and why this one was chosen: short sentences that begin with
     * a capital letter and end with a full stop.
     */
    String note();

    /** The kinds of origins. */
    enum Source {
        /** Stated in the method's publication or in the paper that we reproduce. */
        PAPER,
        /** Read in the authors' released code. */
        RELEASED_CODE,
        /** Chosen by us where the sources leave it open. */
        OUR_READING,
        /** Found by {@code linfhash tune} on training images. */
        TUNED
    }
}
