/** The module's place among the others. */
@NullMarked
package io.github.linfhash.spark.architecture;

import org.jspecify.annotations.NullMarked;
