/** The list of all quantizers. */
@NullMarked
package io.github.linfhash.quantizers.registry;

import org.jspecify.annotations.NullMarked;
