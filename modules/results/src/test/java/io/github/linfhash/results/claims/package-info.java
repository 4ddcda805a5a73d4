/** Tests of claims, on results whose verdicts are known by construction. */
@NullMarked
package io.github.linfhash.results.claims;

import org.jspecify.annotations.NullMarked;
