@NullMarked
package io.github.linfhash.harness.regression;

import org.jspecify.annotations.NullMarked;
