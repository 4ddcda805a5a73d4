/** A stand-in for NUS-WIDE's features: generated visual words, in the official files. */
@NullMarked
package io.github.linfhash.data.nuswide.synthetic;

import org.jspecify.annotations.NullMarked;
