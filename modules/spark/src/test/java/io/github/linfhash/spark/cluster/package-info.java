/** Jobs on two executors that are processes of their own. */
@NullMarked
package io.github.linfhash.spark.cluster;

import org.jspecify.annotations.NullMarked;
