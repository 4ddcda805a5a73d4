/** Features and labels in LIBSVM's text format. */
@NullMarked
package io.github.linfhash.protocols.vectors.libsvm;

import org.jspecify.annotations.NullMarked;
