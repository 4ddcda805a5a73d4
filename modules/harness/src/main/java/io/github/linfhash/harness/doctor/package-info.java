/** What the program runs on, and what of it decides the bits of results. */
@NullMarked
package io.github.linfhash.harness.doctor;

import org.jspecify.annotations.NullMarked;
