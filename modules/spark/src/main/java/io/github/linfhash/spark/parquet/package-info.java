/** Features and codes in Parquet files. */
@Internal
@NullMarked
package io.github.linfhash.spark.parquet;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
