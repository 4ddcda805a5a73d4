/** Strict reading of YAML and JSON: unknown keys, missing keys and wrong types end with one sentence. */
@NullMarked
package io.github.linfhash.io.binding;

import org.jspecify.annotations.NullMarked;
