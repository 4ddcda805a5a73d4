/** A disk whose power can fail, for the tests of what is kept. */
@NullMarked
package io.github.linfhash.testing.disk;

import org.jspecify.annotations.NullMarked;
