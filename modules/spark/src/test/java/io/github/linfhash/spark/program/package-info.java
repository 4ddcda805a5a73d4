/** The commands as users call them, on this machine. */
@NullMarked
package io.github.linfhash.spark.program;

import org.jspecify.annotations.NullMarked;
