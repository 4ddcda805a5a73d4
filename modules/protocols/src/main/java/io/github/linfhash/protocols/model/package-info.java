/** Trained models and the files that they are kept in. */
@NullMarked
package io.github.linfhash.protocols.model;

import org.jspecify.annotations.NullMarked;
