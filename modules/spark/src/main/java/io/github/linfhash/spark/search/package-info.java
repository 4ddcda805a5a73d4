/** Search by the neighbours in parts. */
@NullMarked
package io.github.linfhash.spark.search;

import org.jspecify.annotations.NullMarked;
