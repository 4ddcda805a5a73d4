/** SHA-256 of texts and arrays. */
@NullMarked
package io.github.linfhash.core.digest;

import org.jspecify.annotations.NullMarked;
