/** A small builder of HTML in which data can never become markup. */
@Internal
@NullMarked
package io.github.linfhash.html.builder;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
