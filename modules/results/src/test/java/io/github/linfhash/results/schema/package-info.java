/** Tests of results.json. */
@NullMarked
package io.github.linfhash.results.schema;

import org.jspecify.annotations.NullMarked;
