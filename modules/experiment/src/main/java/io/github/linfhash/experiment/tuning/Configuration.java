package io.github.linfhash.experiment.tuning;

import io.github.linfhash.experiment.registry.ConfiguredMethod;
import java.util.Map;

/**
 * One configuration that a search tries.
 *
 * @param trial its number, from 0; {@link #DEFAULTS} for the method's defaults, which take no part in the search
 * @param values the drawn options, by path
 * @param method the method with them
 */
record Configuration(int trial, Map<String, Object> values, ConfiguredMethod<?> method) {
    static final int DEFAULTS = -1;
}
