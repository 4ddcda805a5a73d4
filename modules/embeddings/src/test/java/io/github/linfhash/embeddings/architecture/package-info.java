/** The module's place among the others. */
@NullMarked
package io.github.linfhash.embeddings.architecture;

import org.jspecify.annotations.NullMarked;
