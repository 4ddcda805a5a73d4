/** Tests of the builder of HTML. */
@NullMarked
package io.github.linfhash.html.builder;

import org.jspecify.annotations.NullMarked;
