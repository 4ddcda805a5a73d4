/** Pages that are made from the sources. */
@NullMarked
package io.github.linfhash.protocols.docs;

import org.jspecify.annotations.NullMarked;
