/** What the program runs on, and what of it decides the bits of results. */
@NullMarked
package io.github.linfhash.cli.doctor;

import org.jspecify.annotations.NullMarked;
