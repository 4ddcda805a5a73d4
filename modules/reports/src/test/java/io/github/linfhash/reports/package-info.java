/** Made-up results that several tests share. */
@NullMarked
package io.github.linfhash.reports;

import org.jspecify.annotations.NullMarked;
