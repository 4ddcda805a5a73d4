/** Tests of claims, on results whose verdicts are known by construction. */
@NullMarked
package io.github.linfhash.reports.claims;

import org.jspecify.annotations.NullMarked;
