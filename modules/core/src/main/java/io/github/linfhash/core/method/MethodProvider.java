package io.github.linfhash.core.method;

import java.util.List;

/**
 * Methods that the program finds by {@link java.util.ServiceLoader}: linfhash's own, and those of any jar on the class path
 * that names its provider in {@code META-INF/services/io.github.linfhash.core.method.MethodProvider}. The class needs a
 * public constructor without parameters.
 */
public interface MethodProvider {
    /** The registrations, in the order of lists and pages; names that no other provider has. */
    List<MethodSpec<?>> methods();
}
