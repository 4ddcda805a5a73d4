/** Features in the TEXMEX formats. */
@NullMarked
package io.github.linfhash.protocols.vectors.texmex;

import org.jspecify.annotations.NullMarked;
