package io.github.linfhash.core.method;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says where the default of an option comes from; shown by {@code linfhash show} and on the page. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Origin {
    Source value();

    /** The place, or the reason of our reading, in a few words. */
    String note();

    /** Where a default comes from. */
    enum Source {
        /** Printed in the method's publication or in the paper that we reproduce. */
        PAPER,
        /** Read in the authors' released code. */
        RELEASED_CODE,
        /** Chosen by us where the sources are silent or ambiguous. */
        OUR_READING,
        /** Found by {@code linfhash tune} on training images. */
        TUNED
    }
}
