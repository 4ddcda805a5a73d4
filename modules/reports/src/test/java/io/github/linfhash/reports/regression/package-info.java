@NullMarked
package io.github.linfhash.reports.regression;

import org.jspecify.annotations.NullMarked;
