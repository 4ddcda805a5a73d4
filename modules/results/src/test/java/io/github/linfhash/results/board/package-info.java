@NullMarked
package io.github.linfhash.results.board;

import org.jspecify.annotations.NullMarked;
