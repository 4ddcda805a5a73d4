@NullMarked
package io.github.linfhash.experiment.regression;

import org.jspecify.annotations.NullMarked;
