/** The binary version of CIFAR-10. */
@NullMarked
package io.github.linfhash.protocols.cifar10;

import org.jspecify.annotations.NullMarked;
