@NullMarked
package io.github.linfhash.tasks.ranking;

import org.jspecify.annotations.NullMarked;
