/** Where the program finds its files, and what machine it runs on. */
@NullMarked
package io.github.linfhash.harness.home;

import org.jspecify.annotations.NullMarked;
