/** Binary codes, packed sixty-four bits to a long. */
@NullMarked
package io.github.linfhash.core.codes;

import org.jspecify.annotations.NullMarked;
