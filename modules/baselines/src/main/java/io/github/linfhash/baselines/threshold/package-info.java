/** Parameter-sensitive hashing: bits chosen for how well they classify pairs as similar or dissimilar. */
@NullMarked
package io.github.linfhash.baselines.threshold;

import org.jspecify.annotations.NullMarked;
