@NullMarked
package io.github.linfhash.reports.site;

import org.jspecify.annotations.NullMarked;
