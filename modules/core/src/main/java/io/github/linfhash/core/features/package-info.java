/** Feature matrices, labels, and what makes two rows relevant to each other. */
@NullMarked
package io.github.linfhash.core.features;

import org.jspecify.annotations.NullMarked;
