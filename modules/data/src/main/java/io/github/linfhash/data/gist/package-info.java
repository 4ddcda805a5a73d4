/**
 * GIST (Oliva and Torralba, IJCV 2001): block means of the magnitudes of Gabor filter outputs, computed for many small
 * images at once.
 */
@Internal
@NullMarked
package io.github.linfhash.data.gist;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
