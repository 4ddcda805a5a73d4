/** The site of many results: pages that link to each other, from a folder on disk. */
@NullMarked
package io.github.linfhash.reports.site;

import org.jspecify.annotations.NullMarked;
