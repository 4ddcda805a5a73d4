/** Generated data and the contract of hashing methods, for the tests of other modules. */
@NullMarked
package io.github.linfhash.testing;

import org.jspecify.annotations.NullMarked;
