/** The LISTA encoder with soft-threshold neurons (SNNH). */
@NullMarked
package io.github.linfhash.encoders.lista;

import org.jspecify.annotations.NullMarked;
