/** results.json as records, and its strict codec. */
@NullMarked
package io.github.linfhash.results.schema;

import org.jspecify.annotations.NullMarked;
