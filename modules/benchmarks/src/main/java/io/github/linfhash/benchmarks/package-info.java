/** How fast the suite is, measured with JMH. */
@NullMarked
package io.github.linfhash.benchmarks;

import org.jspecify.annotations.NullMarked;
