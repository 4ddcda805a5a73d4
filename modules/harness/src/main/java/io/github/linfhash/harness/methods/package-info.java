/** All registered methods, and their options bound from protocol files. */
@NullMarked
package io.github.linfhash.harness.methods;

import org.jspecify.annotations.NullMarked;
