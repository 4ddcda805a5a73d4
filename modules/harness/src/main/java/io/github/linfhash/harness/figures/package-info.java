/** The paper's figure 5 and theorem 1.1 as measurements. */
@NullMarked
package io.github.linfhash.harness.figures;

import org.jspecify.annotations.NullMarked;
