@NullMarked
package io.github.linfhash.results.regression;

import org.jspecify.annotations.NullMarked;
