/** Where the program finds its files, and what machine it runs on. */
@NullMarked
package io.github.linfhash.experiment.home;

import org.jspecify.annotations.NullMarked;
