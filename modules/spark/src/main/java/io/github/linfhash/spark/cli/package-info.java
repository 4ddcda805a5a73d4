/** The commands of linfhash spark. */
@NullMarked
package io.github.linfhash.spark.cli;

import org.jspecify.annotations.NullMarked;
