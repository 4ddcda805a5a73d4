/** How this module writes and reads JSON. */
@NullMarked
package io.github.linfhash.reports.json;

import org.jspecify.annotations.NullMarked;
