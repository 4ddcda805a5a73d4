/**
 * GIST (Oliva and Torralba, IJCV 2001): block means of the magnitudes of Gabor filter outputs, computed for many small
 * images at once.
 */
@NullMarked
package io.github.linfhash.data.gist;

import org.jspecify.annotations.NullMarked;
