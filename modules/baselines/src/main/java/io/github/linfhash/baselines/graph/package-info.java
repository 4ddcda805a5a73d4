/** Hashing with anchor graphs (AGH), with one and with two layers. */
@NullMarked
package io.github.linfhash.baselines.graph;

import org.jspecify.annotations.NullMarked;
