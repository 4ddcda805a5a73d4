/** Tests of the audit of printed tables. */
@NullMarked
package io.github.linfhash.results.audit;

import org.jspecify.annotations.NullMarked;
