/** Images in memory, as the readers leave them and the features take them. */
@NullMarked
package io.github.linfhash.data.images;

import org.jspecify.annotations.NullMarked;
