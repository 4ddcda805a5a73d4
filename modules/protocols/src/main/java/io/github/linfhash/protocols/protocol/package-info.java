/** Protocol files: one YAML file holds the configuration of a comparison and documents it. */
@NullMarked
package io.github.linfhash.protocols.protocol;

import org.jspecify.annotations.NullMarked;
