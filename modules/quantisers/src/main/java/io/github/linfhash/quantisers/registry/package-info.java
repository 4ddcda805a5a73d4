/** The list of all quantisers. */
@NullMarked
package io.github.linfhash.quantisers.registry;

import org.jspecify.annotations.NullMarked;
