/** The deep l-infinity encoder (Wang et al., IJCAI 2016). */
@NullMarked
package io.github.linfhash.encoders.linf;

import org.jspecify.annotations.NullMarked;
