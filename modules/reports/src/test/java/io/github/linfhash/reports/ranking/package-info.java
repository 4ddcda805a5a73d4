@NullMarked
package io.github.linfhash.reports.ranking;

import org.jspecify.annotations.NullMarked;
