/** Tests of the audit of published tables. */
@NullMarked
package io.github.linfhash.results.audit;

import org.jspecify.annotations.NullMarked;
