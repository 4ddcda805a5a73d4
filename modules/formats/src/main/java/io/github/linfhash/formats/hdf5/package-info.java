/** Matrices in HDF5 files, read without trust. */
@NullMarked
package io.github.linfhash.formats.hdf5;

import org.jspecify.annotations.NullMarked;
