/** Features and labels in tables of comma- or tab-separated values. */
@NullMarked
package io.github.linfhash.protocols.vectors.csv;

import org.jspecify.annotations.NullMarked;
