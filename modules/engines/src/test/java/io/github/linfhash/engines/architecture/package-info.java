/** The module's place among the others. */
@NullMarked
package io.github.linfhash.engines.architecture;

import org.jspecify.annotations.NullMarked;
