/** Tests of the audit of printed tables. */
@NullMarked
package io.github.linfhash.reports.audit;

import org.jspecify.annotations.NullMarked;
