/** Anti-sparse codes: signs of the representation of the smallest maximum norm. */
@NullMarked
package io.github.linfhash.quantizers.antisparse;

import org.jspecify.annotations.NullMarked;
