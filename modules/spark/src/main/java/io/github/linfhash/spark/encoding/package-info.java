/** Encoding by a model that every executor restores for itself. */
@NullMarked
package io.github.linfhash.spark.encoding;

import org.jspecify.annotations.NullMarked;
