/** Unfolded iterative thresholding: LISTA with soft thresholds (SNNH), and with hard ones (the deep l0 encoder). */
@NullMarked
package io.github.linfhash.encoders.lista;

import org.jspecify.annotations.NullMarked;
