/** Runs the cells of a comparison: prepares data, trains, encodes, evaluates, keeps what is done. */
@NullMarked
package io.github.linfhash.experiment.runner;

import org.jspecify.annotations.NullMarked;
