@NullMarked
package io.github.linfhash.tasks.site;

import org.jspecify.annotations.NullMarked;
