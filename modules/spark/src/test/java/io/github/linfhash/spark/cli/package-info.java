/** The options of commands, one by one. */
@NullMarked
package io.github.linfhash.spark.cli;

import org.jspecify.annotations.NullMarked;
