/** What data sets there are, where their files come from and where they lie. */
@NullMarked
package io.github.linfhash.protocols.dataset;

import org.jspecify.annotations.NullMarked;
