/** Trains models that are kept, and reads them again. */
@NullMarked
package io.github.linfhash.harness.models;

import org.jspecify.annotations.NullMarked;
