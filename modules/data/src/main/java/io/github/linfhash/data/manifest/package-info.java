/** Manifests of data sets: which there are, where their files come from and where they lie. */
@NullMarked
package io.github.linfhash.data.manifest;

import org.jspecify.annotations.NullMarked;
