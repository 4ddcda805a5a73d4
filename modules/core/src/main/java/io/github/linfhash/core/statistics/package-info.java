/** How sure a measured mean is: intervals over seeds, and tests of differences between methods. */
@NullMarked
package io.github.linfhash.core.statistics;

import org.jspecify.annotations.NullMarked;
