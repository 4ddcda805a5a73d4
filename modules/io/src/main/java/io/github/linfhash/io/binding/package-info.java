/** Strict reading of YAML and JSON: unknown keys, missing keys and wrong types end with one sentence. */
@Internal
@NullMarked
package io.github.linfhash.io.binding;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
